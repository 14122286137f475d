import { compile } from "@mesascope/graph";
import { describe, expect, it } from "vitest";
import { architectures } from "../architectures/index.ts";
import {
  InputError,
  keyOf,
  type LearnedAlgorithm,
  type NamedArrays,
  type Spent,
  split,
  type Task,
} from "../core/index.ts";
import { layoutOf, stackGraph, stackVectors, stepGraph } from "../optimizers/index.ts";
import { drawExamples, makeEpisodicTask, makeSupervisedTask, subjectOf } from "../tasks/index.ts";
import { baseOptimizer } from "./index.ts";

const bandit = makeEpisodicTask(
  "keyed-bandit",
  { arms: 3, steps: 4, keyBits: 8 },
  { diversity: 2, seed: 1 },
);
const regression = makeSupervisedTask("keyed-regression", {}, { diversity: 2, seed: 1 });

const ids = ["cma-es", "evolution-strategy", "genetic", "random-search"] as const;

const learner = (algorithm: string, updates: number, parameters: object = {}, width = 8) =>
  baseOptimizer({
    architecture: "gru",
    architectureParameters: { width },
    algorithm,
    algorithmParameters: { population: 16, batch: 16, ...parameters },
    budget: { updates },
  });

type Options = Parameters<ReturnType<typeof learner>["train"]>[2];

/** What stands at the last checkpoint; `look` sees the learned algorithm while it is valid. */
async function train<T>(
  task: Task,
  optimizer: ReturnType<typeof learner>,
  options: Options = {},
  look: (learned: LearnedAlgorithm) => Promise<T> = async () => undefined as T,
) {
  let last: { spent: Spent; parameters: NamedArrays; snapshot: NamedArrays; seen: T } | undefined;
  for await (const event of optimizer.train(task, 3, options))
    if (event.type === "checkpoint")
      last = {
        spent: event.spent,
        parameters: structuredClone(event.learned.parameters()),
        snapshot: structuredClone(event.snapshot()),
        seen: await look(event.learned),
      };
  return last!;
}

/** Mean total reward over 200 episodes on training instances. */
async function score(learned: LearnedAlgorithm): Promise<number> {
  if (learned.kind !== "episodic") throw new Error("it does not act");
  const subject = subjectOf(bandit.rules, learned.policy());
  const { rewards } = await subject.run(bandit.training.draw(keyOf(7), 200), { key: keyOf(8) });
  return rewards.reduce((sum, reward) => sum + reward, 0) / 200;
}

/** Mean score over 256 examples of the training instances. */
async function fit(learned: LearnedAlgorithm): Promise<number> {
  if (learned.kind !== "supervised") throw new Error("it does not predict");
  const instances = regression.training.draw(keyOf(7), 256);
  const examples = drawExamples(regression.rules, instances, split(keyOf(7), "examples"));
  const { outputs } = await learned.subject().predict(examples);
  return regression.rules.score(outputs, examples).reduce((a, b) => a + b, 0) / 256;
}

describe.each(ids)("%s", (id) => {
  // Optimum 4, chance 4/3. Nothing leads random search to both instances at once.
  const enough = id === "random-search" ? 1.8 : 3.5;

  it("learns two bandits by heart, and counts what it evaluated", async () => {
    const { seen, spent } = await train(bandit, learner(id, 200), {}, score);
    expect(seen).toBeGreaterThan(enough);
    expect(spent).toMatchObject({ updates: 200, candidates: 200 * 16, samples: 200 * 16 * 16 * 4 });
  }, 60_000);

  it("learns from a loss, all candidates on the same examples", async () => {
    const before = await train(regression, learner(id, 1), {}, fit);
    const after = await train(regression, learner(id, 150), {}, fit);
    expect(after.seen).toBeGreaterThan(before.seen);
    expect(after.spent).toMatchObject({
      candidates: 150 * 16,
      samples: 150 * 16 * regression.rules.horizon,
    });
  }, 60_000);

  it.each([bandit, regression])(
    "gives the same bits for the same seed, also when it stops and goes on",
    async (task) => {
      const whole = await train(task, learner(id, 12));
      const control = new AbortController();
      let stopped: { snapshot: NamedArrays; spent: Spent } | undefined;
      for await (const event of learner(id, 12).train(task, 3, { signal: control.signal })) {
        if (event.type === "update" && event.spent.updates === 5) control.abort();
        if (event.type === "checkpoint")
          stopped = { snapshot: structuredClone(event.snapshot()), spent: event.spent };
      }
      expect(stopped!.spent).toMatchObject({ updates: 5, candidates: 80 });
      const resumed = await train(task, learner(id, 12), { resume: stopped! });
      expect(resumed.parameters).toEqual(whole.parameters);
      expect(resumed.snapshot).toEqual(whole.snapshot);
      expect(resumed.spent).toEqual(whole.spent);
    },
    60_000,
  );
});

describe("bad input", () => {
  it.each([
    ["evolution-strategy", { population: 15 }, "population: must be even"],
    ["genetic", { population: 8, elite: 8 }, "elite: must be less than the population"],
    ["cma-es", { covariance: "diagonal" }, "covariance: "],
    ["cma-es", { populaton: 8 }, "did you mean 'population'?"],
  ])("%s refuses %o", (id, parameters, message) => {
    expect(() => learner(id, 1, parameters)).toThrow(message);
  });

  it("refuses a full covariance of too many parameters in one sentence", async () => {
    const optimizer = learner("cma-es", 1, { covariance: "full" }, 64);
    const run = train(bandit, optimizer);
    await expect(run).rejects.toThrow(InputError);
    await expect(run).rejects.toThrow("too large: ask for 'separable'");
  });
});

const acting = architectures.all.flatMap((architecture) =>
  architecture.kind === "network" && architecture.only !== "supervised" ? [architecture] : [],
);
const sized: Readonly<Record<string, object>> = {
  conv: { width: 4, blocks: 2 },
  "cell-transformer": { width: 8, layers: 1, heads: 2 },
  "recurrent-conv": { width: 4, ticks: 2 },
  "value-iteration": { width: 4, ticks: 2 },
  "conv-lstm": { width: 4, ticks: 2 },
  "ponder-conv": { width: 4, ticks: 2 },
};
const maze = makeEpisodicTask("maze-walk", { rows: 2, cols: 2 }, { diversity: 2, seed: 1 });

describe.each(acting)("$id in a population", (architecture) => {
  it("computes for each candidate what it computes alone", async () => {
    const { rules } = architecture.sees ? maze : bandit;
    const io = { ...rules, outputs: rules.actions };
    const parameters = architecture.parameters.parse(sized[architecture.id] ?? {});
    const context = { architecture, architectureParameters: parameters, io };
    const one = stepGraph(context, 3);
    const logits = one.outputs[0]!;
    const layout = layoutOf([logits]);
    const candidates = [1, 2].map((seed) =>
      Float64Array.from({ length: layout.size }, (_, i) => Math.sin(seed + i)),
    );
    const stacked = stackGraph(new Map([["logits", [logits, 1] as const]]), {
      ...{ layout, population: 2 },
      axis: (name) => (name === "observations" ? 1 : 0),
    });
    const feeds = (rows: number) =>
      Object.fromEntries(
        [...one.graph.inputs]
          .filter(([name]) => stacked.graph.inputs.has(name))
          .map(([name, { shape }]) => {
            const size = (shape.reduce((a, b) => a * b, 1) / 3) * rows;
            return [name, Float32Array.from({ length: size }, (_, i) => Math.cos(i))];
          }),
      );
    const all = feeds(6);
    const model = await compile(stacked.graph, { outputs: stacked.outputs });
    const together = await model.run({ ...all, population: stackVectors(candidates) });
    for (const [c, vector] of candidates.entries()) {
      const values = Object.fromEntries(
        layout.stretches.map(({ name, offset, size }) => [
          name,
          Float32Array.from(vector.subarray(offset, offset + size)),
        ]),
      );
      const alone = await compile(one.graph, { outputs: [logits], parameters: values });
      const own = Object.fromEntries(
        Object.entries(all).map(([name, data]) => {
          const half = data.length / 2;
          return [name, data.slice(c * half, (c + 1) * half)];
        }),
      );
      const { logits: expected } = await alone.run(own);
      expect(together["logits"]!.slice(c * 3 * io.outputs, (c + 1) * 3 * io.outputs)).toEqual(
        expected,
      );
    }
  }, 30_000);
});
