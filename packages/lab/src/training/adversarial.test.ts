import { describe, expect, it } from "vitest";
import { architectures } from "../architectures/index.ts";
import {
  keyOf,
  type LearnedPredictor,
  type NamedArrays,
  parseParameters,
  type Spent,
} from "../core/index.ts";
import { optimizerAlgorithms } from "../optimizers/index.ts";
import { drawExamples, makeSupervisedTask } from "../tasks/index.ts";
import { interfaceOf } from "./base-optimizer.ts";
import { baseOptimizer } from "./index.ts";

const task = makeSupervisedTask("maze-path", { rows: 2, cols: 2 }, { diversity: 2, seed: 1 });

const learner = (updates: number) =>
  baseOptimizer({
    architecture: "recurrent-conv",
    architectureParameters: { width: 8, ticks: 3 },
    algorithm: "adversarial",
    algorithmParameters: { batch: 8, judgeWidth: 8, judgeTicks: 2 },
    budget: { updates },
  });

type Options = Parameters<ReturnType<typeof learner>["train"]>[2];

async function train(updates: number, options: Options = {}) {
  let kept: { snapshot: NamedArrays; spent: Spent; solved: number } | undefined;
  for await (const event of learner(updates).train(task, 3, options)) {
    if (event.type !== "checkpoint") continue;
    const examples = drawExamples(task.rules, task.training.draw(keyOf(7), 20), keyOf(8));
    const { outputs } = await (event.learned as LearnedPredictor).subject().predict(examples);
    const scores = task.rules.score(outputs, examples);
    kept = {
      snapshot: structuredClone(event.snapshot()),
      spent: event.spent,
      solved: scores.reduce((a, b) => a + b, 0) / 20,
    };
  }
  return kept!;
}

describe("adversarial training", () => {
  it("learns two mazes from judgements alone", async () => {
    expect((await train(400)).solved).toBe(1);
  }, 60_000);

  it("gives the same bits for the same seed, also when it stops and goes on", async () => {
    const whole = await train(12);
    expect((await train(12)).snapshot).toEqual(whole.snapshot);
    const control = new AbortController();
    let stopped: { snapshot: NamedArrays; spent: Spent } | undefined;
    for await (const event of learner(12).train(task, 3, { signal: control.signal })) {
      if (event.type === "update" && event.spent.updates === 5) control.abort();
      if (event.type === "checkpoint")
        stopped = { snapshot: structuredClone(event.snapshot()), spent: event.spent };
    }
    expect(stopped!.spent.updates).toBe(5);
    expect((await train(12, { resume: stopped! })).snapshot).toEqual(whole.snapshot);
  }, 60_000);

  const create = (architecture: string, of = task) => {
    const chosen = architectures.get(architecture);
    const algorithm = optimizerAlgorithms.get("adversarial");
    return algorithm.create({
      architecture: chosen,
      architectureParameters: parseParameters(chosen, {}),
      parameters: parseParameters(algorithm, { batch: 4, judgeWidth: 4, judgeTicks: 1 }),
      io: interfaceOf(of),
      loss: of.rules.loss,
      budget: { updates: 2 },
      key: keyOf(5),
    });
  };

  it("shows targets to the discriminator and never to the generator", async () => {
    const examples = drawExamples(task.rules, task.training.draw(keyOf(1), 4), keyOf(2));
    const updated = async (targets: Float32Array) => {
      const one = await create("recurrent-conv");
      if (one.kind !== "supervised") throw new Error("it learns from examples");
      await one.update({ ...examples, targets });
      const state = structuredClone(one.snapshot());
      await one.dispose();
      return state;
    };
    const [right, inverse] = [
      await updated(examples.targets),
      await updated(examples.targets.map((target) => 1 - target)),
    ];
    const changed = Object.keys(right).filter(
      (name) =>
        name.startsWith("parameter/") &&
        right[name]!.data.some((value, i) => value !== inverse[name]!.data[i]),
    );
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every((name) => name.startsWith("parameter/discriminator."))).toBe(true);
  });

  it("says what it cannot learn, and with what", async () => {
    await expect(create("mlp")).rejects.toThrow(
      "algorithm 'adversarial' trains what sees pictures, not architecture 'mlp'",
    );
    const urns = makeSupervisedTask("balls-and-urns", {}, { diversity: 1, seed: 1 });
    await expect(create("gru", urns)).rejects.toThrow(
      "algorithm 'adversarial' learns tasks that answer a picture with zeros and ones, one for each pixel",
    );
    expect(() => parseParameters(optimizerAlgorithms.get("adversarial"), { judgeTick: 3 })).toThrow(
      "unknown parameter 'judgeTick'",
    );
  });
});
