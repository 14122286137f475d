import { compile, Graph } from "@mesascope/graph";
import { describe, expect, it } from "vitest";
import { keyOf, parseParameters, Random, type TaskInterface } from "../core/index.ts";
import { memoryGru } from "./memory-gru.ts";
import type { Network } from "./network.ts";
import { scoredSearch } from "./scored-search.ts";

/** Two arms; observation: key (1), action (2), reward (1), start (1). */
const io: TaskInterface = {
  observation: [
    { name: "key", offset: 0, size: 1, role: "instance" },
    { name: "action", offset: 1, size: 2, role: "action" },
    { name: "reward", offset: 3, size: 1, role: "feedback" },
    { name: "start", offset: 4, size: 1, role: "start" },
  ],
  observationSize: 5,
  horizon: 4,
  outputs: 2,
};

type Step = readonly [key: number, action: -1 | 0 | 1, reward: number, start: number];
const written = ([key, action, reward, start]: Step) => [
  ...[key, action === 0 ? 1 : 0, action === 1 ? 1 : 0, reward, start],
];

/** Values of an architecture's outputs after each step of one sequence; parameters are the same at every call. */
async function outputs<P>(
  architecture: Network<P>,
  given: object,
  steps: readonly Step[],
  names = ["logits"],
) {
  const parameters = parseParameters(architecture, given);
  const graph = new Graph();
  const observations = graph.input("observations", [steps.length, 1, 5]);
  const carry = Object.fromEntries(
    Object.entries(architecture.carry(io, parameters)).map(([name, shape]) => [
      name,
      graph.input(name, [1, ...shape]),
    ]),
  );
  const random = new Random(keyOf(1));
  const built = architecture.build(graph, { observations, carry }, io, parameters, () =>
    random.uniform(),
  );
  const model = await compile(graph, { outputs: [built.logits] });
  const zeros = Object.fromEntries(
    Object.entries(architecture.carry(io, parameters)).map(([name, shape]) => [
      name,
      new Float32Array(shape.reduce((a, b) => a * b, 1)),
    ]),
  );
  const inputs = Float32Array.from(steps.flatMap(written));
  const found = await model.run(
    { observations: inputs, ...zeros },
    names.length > 1 ? { read: names.slice(1) } : {},
  );
  const rows = (name: string) => {
    const all = [...(found[name] as Float32Array)];
    const size = all.length / steps.length;
    return steps.map((_, t) => all.slice(t * size, (t + 1) * size));
  };
  return Object.fromEntries(names.map((name) => [name, rows(name)])) as Record<string, number[][]>;
}

const close = (a: readonly number[], b: readonly number[]) =>
  a.every((value, i) => Math.abs(value - b[i]!) < 1e-6);

const first: Step[] = [
  [1, -1, 0, 1],
  [1, 0, 1, 0],
];
const other: Step[] = [
  [1, -1, 0, 1],
  [1, 1, 0, 0],
];
/** The second episode, whose first step shows the last outcome of the first. */
const second = (action: 0 | 1, reward: number): Step[] => [
  [1, action, reward, 1],
  [1, 1, 0, 0],
];

describe("a recurrent unit with limited memory", () => {
  const logits = async (given: object, steps: readonly Step[]) =>
    (await outputs(memoryGru, { width: 6, ...given }, steps))["logits"]!;

  it.each([
    ["lifetime", false],
    ["episode", true],
    ["step", true],
  ])("with memory of a %s forgets the episode before: %s", async (memory, forgets) => {
    const one = await logits({ memory }, [...first, ...second(0, 1)]);
    const two = await logits({ memory }, [...other, ...second(1, 0)]);
    expect(close(one[2]!, two[2]!)).toBe(forgets);
    expect(close(one[3]!, two[3]!)).toBe(forgets);
  });

  it.each([
    ["lifetime", false],
    ["episode", false],
    ["step", true],
  ])("with memory of a %s forgets the step before: %s", async (memory, forgets) => {
    const one = await logits({ memory }, [...first, [1, 0, 1, 0]]);
    const two = await logits({ memory }, [...other, [1, 0, 1, 0]]);
    expect(close(one[2]!, two[2]!)).toBe(forgets);
  });

  it("iterates within a step as it would over steps that show the same", async () => {
    const step: Step = [1, 0, 1, 0];
    const within = await logits({ memory: "step", ticks: 3 }, [first[0]!, step]);
    const over = await logits({ memory: "lifetime" }, [step, step, step]);
    expect(close(within[1]!, over[2]!)).toBe(true);
  });
});

describe("a built-in search with a learned score", () => {
  it("keeps the last score of each action, and 0 for those not tried", async () => {
    const steps: Step[] = [
      [1, -1, 0, 1],
      [1, 1, 0, 0],
      [1, 0, 1, 0],
      [1, 1, 1, 0],
    ];
    const { logits, score } = await outputs(scoredSearch, { width: 5 }, steps, ["logits", "score"]);
    const [, lost, won, again] = score!.map(([value]) => value!);
    expect(close(logits![0]!, [0, 0])).toBe(true);
    expect(close(logits![1]!, [0, lost!])).toBe(true);
    expect(close(logits![2]!, [won!, lost!])).toBe(true);
    expect(close(logits![3]!, [won!, again!])).toBe(true);
    expect(new Set([lost, won, again]).size).toBe(3);
  });

  it("prefers nothing where the search is removed", async () => {
    const { logits } = await outputs(scoredSearch, { width: 5, search: "removed" }, first);
    for (const [a, b] of logits!) expect(a).toBe(b);
  });

  it("is refused where no action is shown", () => {
    const blind = { ...io, observation: io.observation.filter(({ role }) => role !== "action") };
    const graph = new Graph();
    const inputs = { observations: graph.input("observations", [1, 1, 5]), carry: {} };
    expect(() =>
      scoredSearch.build(graph, inputs, blind, parseParameters(scoredSearch, {}), () => 0.5),
    ).toThrow("scored-search needs a task that shows the last action");
  });
});
