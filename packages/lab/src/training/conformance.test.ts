import { describe, expect, it } from "vitest";
import { architectures } from "../architectures/index.ts";
import {
  type BaseOptimizer,
  type EpisodicTask,
  keyOf,
  type LearnedPolicy,
  type NamedArrays,
  type Spent,
  split,
  type TrainingEvent,
} from "../core/index.ts";
import { optimizerAlgorithms, returnsToGo } from "../optimizers/index.ts";
import { makeEpisodicTask, subjectOf } from "../tasks/index.ts";
import { baseOptimizer } from "./index.ts";

const pairs = architectures.all.flatMap((architecture) =>
  optimizerAlgorithms.all
    .filter(({ searches, learns }) => searches === architecture.kind && learns === "episodic")
    .filter(() => architecture.kind === "table" || architecture.only !== "supervised")
    .map((algorithm) => ({
      architecture: architecture.id,
      algorithm: algorithm.id,
      kind: architecture.kind,
    })),
);

const easy = makeEpisodicTask(
  "keyed-bandit",
  { arms: 3, steps: 4, keyBits: 8 },
  { diversity: 2, seed: 1 },
);

function learner(pair: (typeof pairs)[number], updates: number): BaseOptimizer {
  return baseOptimizer({
    architecture: pair.architecture,
    architectureParameters: pair.kind === "network" ? { width: 16 } : {},
    algorithm: pair.algorithm,
    algorithmParameters: { batch: 32 },
    budget: { updates },
  });
}

interface Trained {
  readonly spent: Spent;
  readonly parameters: NamedArrays;
  readonly snapshot: NamedArrays;
  readonly score: number;
  readonly onnx: Uint8Array | undefined;
}

async function score(
  task: EpisodicTask,
  event: Extract<TrainingEvent, { type: "checkpoint" }>,
): Promise<number> {
  const subject = subjectOf(task.rules, (event.learned as LearnedPolicy).policy());
  const instances = task.training.draw(keyOf(7), 200);
  const { rewards } = await subject.run(instances, { key: split(keyOf(7), "score") });
  return rewards.reduce((sum, reward) => sum + reward, 0) / 200;
}

async function train(
  pair: (typeof pairs)[number],
  updates: number,
  options: Parameters<BaseOptimizer["train"]>[2] = {},
) {
  let last: Trained | undefined;
  for await (const event of learner(pair, updates).train(easy, 3, options))
    if (event.type === "checkpoint")
      last = {
        spent: event.spent,
        parameters: structuredClone(event.learned.parameters()),
        snapshot: structuredClone(event.snapshot()),
        score: await score(easy, event),
        onnx: event.learned.onnx(),
      };
  return last!;
}

describe.each(pairs)("$architecture searched by $algorithm", (pair) => {
  it("learns two instances by heart: optimum 4, chance 4/3", async () => {
    const { score: reached, spent } = await train(pair, 300);
    expect(reached).toBeGreaterThan(3.5);
    expect(spent).toMatchObject({ updates: 300, samples: 300 * 32 * 4 });
  }, 60_000);

  it("gives the same bits for the same seed, also when it stops and goes on", async () => {
    const whole = await train(pair, 40);
    expect((await train(pair, 40)).parameters).toEqual(whole.parameters);
    const control = new AbortController();
    let stopped: { snapshot: NamedArrays; spent: Spent } | undefined;
    for await (const event of learner(pair, 40).train(easy, 3, { signal: control.signal })) {
      if (event.type === "update" && event.spent.updates === 17) control.abort();
      if (event.type === "checkpoint")
        stopped = { snapshot: structuredClone(event.snapshot()), spent: event.spent };
    }
    expect(stopped!.spent.updates).toBe(17);
    const resumed = await train(pair, 40, { resume: stopped! });
    expect(resumed.parameters).toEqual(whole.parameters);
    expect(resumed.spent).toEqual(whole.spent);
  }, 60_000);

  it("keeps a policy that is read at its hooks without changing what it does", async () => {
    for await (const event of learner(pair, 2).train(easy, 3)) {
      if (event.type !== "checkpoint") continue;
      const policy = (event.learned as LearnedPolicy).policy();
      const subject = subjectOf(easy.rules, policy);
      const instances = easy.training.draw(keyOf(1), 40);
      const plain = await subject.run(instances, { key: keyOf(2) });
      const read = await subject.run(instances, { key: keyOf(2), read: subject.hooks });
      expect(read.actions).toEqual(plain.actions);
      for (const hook of subject.hooks) {
        expect(read.read[hook]).toHaveLength(easy.rules.horizon);
        expect(read.read[hook]![0]!.length % 40).toBe(0);
      }
      expect(event.learned.onnx() === undefined).toBe(pair.kind === "table");
    }
  });
});

describe("pairing", () => {
  it("refuses an algorithm that searches something else", () => {
    const description = {
      architectureParameters: {},
      algorithmParameters: {},
      budget: { updates: 1 },
    };
    expect(() =>
      baseOptimizer({ ...description, architecture: "gru", algorithm: "q-learning" }),
    ).toThrow("algorithm 'q-learning' searches a table, but architecture 'gru' is a network");
    expect(() =>
      baseOptimizer({ ...description, architecture: "transformer", algorithm: "actor-critic" }),
    ).toThrow(
      "architecture 'transformer' fits supervised tasks only, but algorithm 'actor-critic' learns episodic ones",
    );
  });
});

describe("returns", () => {
  it("are discounted sums of what is to come, by hand", () => {
    const experience = {
      steps: 3,
      batch: 1,
      observations: new Float32Array(3),
      actions: new Int32Array(3),
      rewards: Float32Array.of(1, 0, 4),
      mask: Float32Array.of(1, 1, 1),
    };
    expect([...returnsToGo(experience, 0.5)]).toEqual([2, 2, 4]);
    expect([...returnsToGo({ ...experience, mask: Float32Array.of(1, 0, 0) }, 0.5)]).toEqual([
      1, 0, 0,
    ]);
  });
});
