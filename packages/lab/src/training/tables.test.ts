import { describe, expect, it } from "vitest";
import { architectures } from "../architectures/index.ts";
import { type EpisodicTask, keyOf, type LearnedPolicy } from "../core/index.ts";
import { optimizerAlgorithms } from "../optimizers/index.ts";
import { drawExamples, makeEpisodicTask, makeSupervisedTask, subjectOf } from "../tasks/index.ts";
import { baseOptimizer } from "./index.ts";

const two = { diversity: 2, seed: 1 } as const;

const acting = [
  // Optimum 4, chance 4/3.
  ["keyed-bandit", { arms: 3, steps: 4, keyBits: 8 }, 3.5],
  // The better arm pays with probability 0.8: optimum 0.8 times 4, chance half of what both arms pay.
  ["keyed-bandit", { arms: 2, steps: 4, keyBits: 8, best: 0.8, others: 0.2 }, 2.6],
  // Optimum 1 less at most 0.05 for steps; chance is below 0.5.
  ["maze-walk", { rows: 2, cols: 2, steps: 5 }, 0.8],
] as const;

async function learned(
  task: Parameters<ReturnType<typeof baseOptimizer>["train"]>[0],
  algorithm: string,
  own: object = {},
) {
  const optimizer = baseOptimizer({
    architecture: "table",
    architectureParameters: {},
    algorithm,
    algorithmParameters: { batch: 32, ...own },
    budget: { updates: 200 },
  });
  for await (const event of optimizer.train(task, 3))
    if (event.type === "checkpoint") return event.learned;
  throw new Error("no checkpoint");
}

describe.each(["q-learning", "value-table"])("%s learns by heart", (algorithm) => {
  it.each(acting)("two instances of %s, %o", async (family, parameters, enough) => {
    const task: EpisodicTask = makeEpisodicTask(family, parameters, two);
    const { policy } = (await learned(task, algorithm)) as LearnedPolicy;
    const subject = subjectOf(task.rules, policy());
    const { rewards } = await subject.run(task.training.draw(keyOf(7), 400), { key: keyOf(8) });
    expect(rewards.reduce((sum, reward) => sum + reward, 0) / 400).toBeGreaterThan(enough);
  });
});

describe.each([
  ["keyed-regression", {}, {}],
  ["maze-path", { rows: 2, cols: 2 }, {}],
  // Most of an urn's sequences are met once, and what came next there is no certainty.
  ["balls-and-urns", { colours: 3, draws: 8 }, { strength: 4 }],
] as const)("a table of mean targets on %s", (family, parameters, own) => {
  it("predicts better than one that has learned nothing", async () => {
    const task = makeSupervisedTask(family, parameters, two);
    const instances = task.training.draw(keyOf(7), 200);
    const examples = drawExamples(task.rules, instances, keyOf(8));
    const after = await learned(task, "lookup", own);
    if (after.kind !== "supervised") throw new Error("it does not predict");
    const { outputs } = await after.subject().predict(examples);
    const chance = task.predictors.find(({ id }) => id === task.references.chance)!;
    const mean = (scores: Float64Array) => scores.reduce((a, b) => a + b, 0) / scores.length;
    expect(mean(task.rules.score(outputs, examples))).toBeGreaterThan(
      mean(task.rules.score(chance.predict(examples, []), examples)),
    );
  });
});

it.each([
  // Targets 4 and 6 for one input and 0 for another; their mean is 10 / 3.
  [undefined, 5, 0],
  [1, (10 + 10 / 3) / 3, 5 / 3],
  [1000, (10 + 10_000 / 3) / 1002, 10_000 / 3 / 1001],
])("a row counts beside %s examples of the mean of all, by hand", async (strength, one, other) => {
  const io = { observation: [], observationSize: 1, horizon: 1, outputs: 1 };
  const learner = await optimizerAlgorithms.get("lookup").create({
    ...{
      architecture: architectures.get("table"),
      architectureParameters: {},
      io,
      loss: "squared-error",
    },
    ...{ parameters: { batch: 3, strength }, budget: { updates: 1 }, key: keyOf(0) },
  });
  if (learner.kind !== "supervised") throw new Error("it does not predict");
  const examples = {
    ...{ steps: 1, batch: 3, inputs: Float32Array.of(1, 1, 2) },
    ...{ targets: Float32Array.of(4, 6, 0), weights: Float32Array.of(1, 1, 1) },
  };
  await learner.update(examples);
  const algorithm = learner.learned();
  if (algorithm.kind !== "supervised") throw new Error("it does not predict");
  const { outputs } = await algorithm.subject().predict(examples);
  expect(outputs[0]).toBeCloseTo(one, 5);
  expect(outputs[2]).toBeCloseTo(other, 5);
});
