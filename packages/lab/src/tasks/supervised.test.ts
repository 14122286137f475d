import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ReferencePredictor, SupervisedFamily, SupervisedRules } from "../core/index.ts";
import {
  type KeyedRegressionInstance as Instance,
  keyedRegression,
  supervisedConformance,
  taskFamilies,
} from "./index.ts";

/** Beside its forms, parameters of each family that are small or at an edge. */
const further: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  "in-context-regression": [
    { dimension: 1, examples: 2, noise: 0.01 },
    { dimension: 2, examples: 5, noise: 4 },
  ],
  "keyed-regression": [
    { dimension: 1, examples: 3, keyBits: 8 },
    { dimension: 3, examples: 4, keyBits: 45 },
    { dimension: 2, examples: 4, keyBits: 64 },
  ],
  "balls-and-urns": [
    { colours: 2, draws: 5 },
    { colours: 20, draws: 40 },
  ],
};

for (const family of taskFamilies.all.filter(({ kind }) => kind === "supervised"))
  describe(`conformance of ${family.id}`, () => {
    if (family.kind !== "supervised") return;
    const sets = [...Object.values(family.forms), ...(further[family.id] ?? [])];
    for (const check of supervisedConformance(family, sets))
      if (check.skip) it.skip(`${check.name} (${check.parameters}): ${check.skip}`);
      else it(`${check.name} (${check.parameters})`, () => check.run());
  });

type Family = typeof keyedRegression;
type Parameters = Family extends SupervisedFamily<infer P, Instance> ? P : never;
type Rules = SupervisedRules<Instance>;
type Predictor = ReferencePredictor<Instance>;

/** The family with rules that are its own but for what `change` gives. */
const withRules = (change: (rules: Rules) => Partial<Rules>): Partial<Family> => ({
  rules: (parameters) => {
    const rules = keyedRegression.rules(parameters);
    return { ...rules, ...change(rules) };
  },
});

/** The family with predictor `id` changed. */
const withPredictor = (
  id: string,
  change: (predictor: Predictor) => Partial<Predictor>,
): Partial<Family> => ({
  predictors: (parameters) =>
    keyedRegression
      .predictors(parameters)
      .map((predictor) =>
        predictor.id === id ? { ...predictor, ...change(predictor) } : predictor,
      ),
});

const withReferences = (change: Partial<ReturnType<Family["references"]>>): Partial<Family> => ({
  references: (parameters) => ({ ...keyedRegression.references(parameters), ...change }),
});

const example =
  (change: (rules: Rules, ...args: globalThis.Parameters<Rules["example"]>) => void) =>
  (rules: Rules): Partial<Rules> => ({ example: (...args) => change(rules, ...args) });

let calls = 0;

/** What is broken, and the check that must notice. */
const mutations: readonly [string, string, Partial<Family>][] = [
  ["a form with an unknown key", "forms parse", { forms: { odd: { dimensions: 3 } } as never }],
  [
    "a default that grows",
    "parsing settles",
    {
      parameters: keyedRegression.parameters.transform((p) => ({
        ...p,
        examples: p.examples + 1,
      })) as unknown as z.ZodType<Parameters>,
    },
  ],
  [
    "a schema that ignores unknown keys",
    "unknown parameters are refused",
    { parameters: z.looseObject({ keyBits: z.number() }) as unknown as z.ZodType<Parameters> },
  ],
  [
    "one instance for every stream",
    "sampling is pure",
    { sample: () => ({ key: [1], weights: [1, 2] }) },
  ],
  ["words that change", "canonical form is stable", { words: () => [calls++] }],
  ["one identity for all", "canonical form distinguishes", { identity: () => [1] }],
  ["a count too high", "enumeration is complete", { count: (p) => 2 ** p.keyBits + 1 }],
  [
    "an identity that changes between drawing and using",
    "parts are disjoint",
    { identity: (_, { key }) => [(2 * key[0]! + calls++) & 255] },
  ],
  [
    "examples that roll their own dice",
    "examples are deterministic",
    withRules(
      example((rules, instance, random, batch, index) => {
        rules.example(instance, random, batch, index);
        batch.inputs[0] = calls++;
      }),
    ),
  ],
  [
    "fields that overlap",
    "examples are laid out",
    withRules((rules) => ({
      observation: rules.observation.map((f) => ({ ...f, offset: Math.max(0, f.offset - 1) })),
    })),
  ],
  [
    "examples that count nowhere",
    "examples are laid out",
    withRules(
      example((rules, instance, random, batch, index) => {
        rules.example(instance, random, batch, index);
        batch.weights.fill(0);
      }),
    ),
  ],
  [
    "an example that writes into the one after it",
    "examples keep to their place",
    withRules(
      example((rules, instance, random, batch, index) => {
        rules.example(instance, random, batch, index);
        rules.example(instance, random, batch, (index + 1) % batch.batch);
      }),
    ),
  ],
  [
    "targets that are no probabilities",
    "targets fit the loss",
    withRules(() => ({ loss: "cross-entropy" })),
  ],
  [
    "a score that rewards large outputs",
    "score is maximal at the targets",
    withRules(() => ({
      score: (outputs, { batch, steps }) =>
        Float64Array.from({ length: batch }, (_, i) => outputs[(steps - 1) * batch + i]!),
    })),
  ],
  [
    "a predictor that divides by nothing",
    "predictors are finite",
    withPredictor("zero", ({ predict }) => ({ predict: (b, k) => predict(b, k).fill(Number.NaN) })),
  ],
  [
    "a predictor that tells the targets",
    "predictors play fairly",
    withPredictor("ridge", () => ({ predict: ({ targets }) => targets.slice() })),
  ],
  [
    "a predictor that looks ahead",
    "predictors play fairly",
    withPredictor("ridge", () => ({
      predict: ({ inputs, targets }) => targets.map(() => inputs.at(-1)!),
    })),
  ],
  ["a best that is beaten", "best beats chance", withReferences({ best: "zero" })],
  ["a chance that is not there", "best beats chance", withReferences({ chance: "nobody" })],
  [
    "a memorizer that remembers nothing",
    "memorizer wins where it was made",
    withReferences({ memorizer: "zero" }),
  ],
];

describe("a broken family fails the check that is named", () => {
  const small = { dimension: 2, examples: 4, keyBits: 8 };
  it.each(mutations)("%s: %s", (_, name, change) => {
    const checks = supervisedConformance({ ...keyedRegression, ...change }, [small]);
    const check = checks.find((candidate) => candidate.name === name);
    expect(check).toBeDefined();
    expect(check!.skip).toBeUndefined();
    expect(() => check!.run()).toThrow();
  });

  it("covers every check", () => {
    const names = supervisedConformance(keyedRegression, [small]).map(({ name }) => name);
    expect(new Set(mutations.map(([, name]) => name))).toEqual(new Set(names));
  });
});
