import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { EpisodicFamily, EpisodicRules } from "../core/index.ts";
import {
  type BanditInstance,
  type BanditParameters,
  type BanditState,
  keyedBandit,
  taskConformance,
  taskFamilies,
} from "./index.ts";

/** Beside its forms, parameters of each family that are small enough to enumerate or reach rare branches. */
const further: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  "keyed-bandit": [
    { arms: 3, steps: 4, keyBits: 8, best: 0.8, others: 0.3 },
    { arms: 2, steps: 3, keyBits: 1, best: 1, others: 0 },
    { arms: 4, steps: 6, keyBits: 45, best: 0.7, others: 0 },
    { arms: 4, steps: 6, keyBits: 12, best: 1, others: 0.4 },
    { arms: 5, steps: 1, keyBits: 33, best: 0.5, others: 0.5 },
    { arms: 20, steps: 30, keyBits: 64, best: 0.7, others: 0.1 },
  ],
  "repeated-keyed-bandit": [
    { arms: 3, steps: 2, episodes: 3, keyBits: 8, noise: 0.2 },
    { arms: 2, steps: 3, episodes: 1, keyBits: 1 },
  ],
  "advised-keyed-bandit": [
    { arms: 3, steps: 4, keyBits: 8, reliability: 0 },
    { arms: 30, steps: 40, keyBits: 45, reliability: 0.3 },
    { arms: 2, steps: 3, keyBits: 1 },
  ],
  "maze-walk": [
    { rows: 2, cols: 3, generator: "wilson" },
    { rows: 3, cols: 3, generator: "depth-first", start: "dead-ends", goal: "dead-ends" },
    { rows: 3, cols: 3, generator: "percolation", identity: "symmetry", steps: 6 },
    { rows: 4, cols: 4, generator: "rooms", room: 2, start: "corner", goal: "corner", price: 0 },
    { rows: 2, cols: 2, generator: "kruskal", costs: 3, identity: "symmetry" },
    { rows: 4, cols: 3, generator: "kruskal", goal: "dead-ends", view: "partial", radius: 0 },
    {
      rows: 3,
      cols: 6,
      generator: "percolation",
      share: 0.3,
      costs: 4,
      view: "partial",
      price: 0.2,
    },
  ],
};

for (const family of taskFamilies.all) {
  if (family.kind !== "episodic") continue;
  describe(`conformance of ${family.id}`, () => {
    const sets = [...Object.values(family.forms), ...(further[family.id] ?? [])];
    for (const check of taskConformance(family, sets))
      if (check.skip) it.skip(`${check.name} (${check.parameters}): ${check.skip}`);
      else it(`${check.name} (${check.parameters})`, () => check.run());
  });
}

type Bandit = EpisodicFamily<BanditParameters, BanditInstance, BanditState>;
type Rules = EpisodicRules<BanditInstance, BanditState>;

/** A family whose rules are the bandit's but for what `change` gives. */
function withRules(change: (rules: Rules) => Partial<Rules>): Partial<Bandit> {
  return {
    rules: (parameters) => {
      const rules = keyedBandit.rules(parameters);
      return { ...rules, ...change(rules) };
    },
  };
}

const lenient = z.looseObject({ arms: z.number() });
const reference = (change: Partial<ReturnType<Bandit["reference"]>>): Partial<Bandit> => ({
  reference: (parameters) => ({ ...keyedBandit.reference(parameters), ...change }),
});
let calls = 0;

/** What is broken, and the check that must notice. */
const mutations: readonly [string, string, Partial<Bandit>][] = [
  ["a form with an unknown key", "forms parse", { forms: { odd: { arm: 3 } } }],
  [
    "a default that grows",
    "parsing settles",
    {
      parameters: keyedBandit.parameters.transform((p) => ({
        ...p,
        steps: p.steps + 1,
      })) as unknown as z.ZodType<BanditParameters>,
    },
  ],
  [
    "a schema that ignores unknown keys",
    "unknown parameters are refused",
    { parameters: lenient as unknown as z.ZodType<BanditParameters> },
  ],
  [
    "instances that depend on a counter",
    "sampling is pure",
    { sample: (_, random) => ({ key: [calls++], arm: random.integer(6) }) },
  ],
  ["one instance for every stream", "sampling is pure", { sample: () => ({ key: [1], arm: 2 }) }],
  [
    "words that change",
    "canonical form is stable",
    { words: (_, { key, arm }) => [...key, arm, calls++] },
  ],
  ["words that are no words", "canonical form is stable", { words: (_, i) => [i.arm / 3] }],
  [
    "words without the arm",
    "canonical form distinguishes",
    { words: (_, { key }) => [key[0]! & 7] },
  ],
  ["one identity for all", "canonical form distinguishes", { identity: () => [1] }],
  [
    "an enumeration with a key twice",
    "enumeration is complete",
    {
      *enumerate(parameters, key) {
        for (const { key: words, arm } of keyedBandit.enumerate(parameters, key))
          yield { key: [words[0]! & ~1], arm };
      },
    },
  ],
  ["a count too high", "enumeration is complete", { count: (p) => 2 ** p.keyBits + 1 }],
  [
    "an identity that changes between drawing and using",
    "parts are disjoint",
    { identity: (_, { key }) => [key[0]! ^ calls++] },
  ],
  [
    "transitions that roll their own dice",
    "rules are pure",
    withRules((rules) => ({
      transition: (i, s, a) => rules.transition(i, s, a, (calls++ % 2) * 0.999),
    })),
  ],
  [
    "transitions that leave notes on the instance",
    "rules are pure",
    withRules((rules) => ({
      transition: (instance, state, action, noise) =>
        rules.transition(Object.assign(instance, { pulls: calls++ }), state, action, noise),
    })),
  ],
  [
    "fields that overlap",
    "observation is laid out",
    withRules((rules) => ({
      observation: rules.observation.map((f) => ({ ...f, offset: Math.max(0, f.offset - 1) })),
    })),
  ],
  [
    "a float that is not written",
    "observation is laid out",
    withRules((rules) => ({
      observe(instance, state, out, offset) {
        const last = offset + rules.observationSize - 1;
        const before = out[last]!;
        rules.observe(instance, state, out, offset);
        out[last] = before;
      },
    })),
  ],
  ["an episode without end", "episodes end", withRules(() => ({ terminated: () => false }))],
  ["a reward that shows", "conceal hides reward", withRules(() => ({ conceal: (s) => s }))],
  [
    "a conceal that hides the action too",
    "conceal hides reward",
    withRules(() => ({ conceal: (s) => ({ ...s, action: -1, reward: 0 }) })),
  ],
  [
    "an action that pays other than it is said to",
    "paying is all there is",
    withRules((rules) => ({ pays: (i, action) => 1 - rules.pays!(i, action) })),
  ],
  [
    "feedback of what is paid elsewhere",
    "paying is all there is",
    withRules((rules) => ({
      observe(instance, state, out, offset) {
        rules.observe(instance, { ...state, reward: 1 - state.reward }, out, offset);
      },
    })),
  ],
  [
    "probabilities that sum to more than one",
    "chance is a distribution",
    {
      chance: (parameters, instance) => {
        const { values, probabilities } = keyedBandit.chance(parameters, instance);
        return { values, probabilities: probabilities.map((p) => p * 1.01) };
      },
    },
  ],
  [
    "the chance of one arm more",
    "chance matches play",
    { chance: (p, instance) => keyedBandit.chance({ ...p, arms: p.arms + 1 }, instance) },
  ],
  [
    "rewards outside of what chance knows",
    "chance matches play",
    withRules((rules) => ({ reward: (state) => rules.reward(state) / 2 })),
  ],
  ["a reference that claims too much", "reference is earned", reference({ expected: 3 })],
  ["a reference above the optimum", "reference is earned", reference({ expected: 100 })],
  ["a reference that is not there", "reference is earned", reference({ solver: "nobody" })],
  ["an optimum that is beaten", "solvers are legal", { optimum: () => 1 }],
  [
    "a solver that plays an action too many",
    "solvers are legal",
    {
      solvers: ({ arms }) => [
        {
          id: "wild",
          title: "",
          knows: "observations",
          description: "",
          begin: () => () => arms,
        },
      ],
    },
  ],
];

describe("a broken family fails the check that is named", () => {
  const small = { arms: 3, steps: 4, keyBits: 8, best: 0.8, others: 0.3 };
  it.each(mutations)("%s: %s", (_, name, change) => {
    const checks = taskConformance({ ...keyedBandit, ...change }, [small]);
    const check = checks.find((candidate) => candidate.name === name);
    expect(check).toBeDefined();
    expect(check!.skip).toBeUndefined();
    expect(() => check!.run()).toThrow();
  });

  it("covers every check", () => {
    const names = taskConformance(keyedBandit, [small]).map(({ name }) => name);
    expect(new Set(mutations.map(([, name]) => name))).toEqual(new Set(names));
  });
});
