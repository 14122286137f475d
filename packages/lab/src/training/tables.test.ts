import { describe, expect, it } from "vitest";
import { type EpisodicTask, keyOf, type LearnedPolicy } from "../core/index.ts";
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
) {
  const optimizer = baseOptimizer({
    architecture: "table",
    architectureParameters: {},
    algorithm,
    algorithmParameters: { batch: 32 },
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
  ["keyed-regression", {}],
  ["maze-path", { rows: 2, cols: 2 }],
] as const)("a table of mean targets on %s", (family, parameters) => {
  it("predicts better than one that has learned nothing", async () => {
    const task = makeSupervisedTask(family, parameters, two);
    const instances = task.training.draw(keyOf(7), 200);
    const examples = drawExamples(task.rules, instances, keyOf(8));
    const after = await learned(task, "lookup");
    if (after.kind !== "supervised") throw new Error("it does not predict");
    const { outputs } = await after.subject().predict(examples);
    const chance = task.predictors.find(({ id }) => id === task.references.chance)!;
    const mean = (scores: Float64Array) => scores.reduce((a, b) => a + b, 0) / scores.length;
    expect(mean(task.rules.score(outputs, examples))).toBeGreaterThan(
      mean(task.rules.score(chance.predict(examples, []), examples)),
    );
  });
});
