import { describe, expect, it } from "vitest";
import { keyOf } from "../../core/index.ts";
import { keyedBandit, makeTask } from "../../tasks/index.ts";
import { actorCritic } from "./fields.ts";
import { bodyOf, openLearner, replaceParameters } from "./learner.ts";
import { pacer } from "./pace.ts";
import { practise, practiseUntil } from "./practice.ts";
import { bitsOver, meanReward, playedBy } from "./scores.ts";

const task = makeTask(keyedBandit, { arms: 3, steps: 4, keyBits: 8 }, { diversity: 2, seed: 1 });
const learner = actorCritic("mlp", {
  ...{ width: 16, batch: 32, learningRate: 0.005, entropyStart: 0.03, entropyEnd: 0 },
});
const signal = new AbortController().signal;
const pace = pacer({ signal, report: () => {} });

const withLearner = async <T>(
  key: number,
  use: (open: Awaited<ReturnType<typeof openLearner>>) => Promise<T>,
  from?: Parameters<typeof replaceParameters>[1],
) => {
  const options = { updates: 200, key: keyOf(key), ...(from ? { from } : {}) };
  const open = await openLearner(learner, task, options);
  try {
    return await use(open);
  } finally {
    await open.learner.dispose();
  }
};

describe("a learner by itself", () => {
  it("starts with the parameters that it is given, and with its own for the rest", async () => {
    const first = await withLearner(1, async ({ learner: own }) => own.learned().parameters());
    const body = bodyOf(first);
    expect(Object.keys(first).filter((name) => !(name in body))).toEqual(
      expect.arrayContaining(["policy.weight", "value.weight"]),
    );
    const second = await withLearner(
      2,
      async ({ learner: own }) => own.learned().parameters(),
      body,
    );
    const third = await withLearner(2, async ({ learner: own }) => own.learned().parameters());
    for (const name of Object.keys(first))
      expect(second[name]).toEqual(name in body ? first[name] : third[name]);
  });

  it("plays by parameters that are put in their place", async () => {
    await withLearner(1, async ({ learner: own }) => {
      const parameters = own.learned().parameters();
      const bias = parameters["policy.bias"]!;
      replaceParameters(own, {
        "policy.bias": { shape: bias.shape, data: Float32Array.of(0, 50, 0) },
      });
      const { actions } = await playedBy(own, task.rules, task.training.all!, keyOf(3));
      expect([...actions]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    });
  });
});

describe("practice", () => {
  it("goes on until the score is enough, and tells how it came there", async () => {
    await withLearner(1, async (open) => {
      const bandits = task.training.draw(keyOf(4), 64);
      const progress = await practiseUntil(open, task, {
        ...{ updates: 200, key: keyOf(5), pace, every: 10, enough: 3.6 },
        score: async () => meanReward(await playedBy(open.learner, task.rules, bandits, keyOf(6))),
      });
      expect(progress.reached).toBe(true);
      expect(progress.scores).toHaveLength(1 + progress.updates / 10);
      expect(progress.scores.at(-1)).toBeGreaterThanOrEqual(3.6);
      expect(Math.max(...progress.scores.slice(0, -1))).toBeLessThan(3.6);
    });
  }, 30_000);

  it("makes no update where the score is enough from the start, and all where it never is", async () => {
    await withLearner(1, async (open) => {
      const rest = { key: keyOf(5), pace, every: 4, score: async () => 1 };
      expect(await practiseUntil(open, task, { updates: 6, enough: 1, ...rest })).toEqual({
        ...{ updates: 0, reached: true, scores: [1] },
      });
      expect(await practiseUntil(open, task, { updates: 6, enough: 2, ...rest })).toEqual({
        ...{ updates: 6, reached: false, scores: [1, 1, 1] },
      });
      expect(open.learner.updates).toBe(6);
    });
  });

  it("stops when it is told to", async () => {
    const stopped = pacer({ signal: AbortSignal.abort(new Error("enough")), report: () => {} });
    await withLearner(1, async (open) => {
      await expect(
        practise(open, task, { updates: 100_000, key: keyOf(1), pace: stopped }),
      ).rejects.toThrow("enough");
    });
  });
});

describe("scores", () => {
  const episodes = {
    ...{ batch: 2, steps: 3, actions: new Int32Array(6), read: {} },
    rewards: Float32Array.of(0, 1, 1, 0, 0, 1),
  };

  it("are means over episodes, of all steps or of some", () => {
    expect(meanReward(episodes)).toBe(1.5);
    expect(meanReward(episodes, 1, 2)).toBe(0.5);
  });

  it("are worth T KL(J / T || 1 / A) bits on a bandit", () => {
    // The closed form of the rate of a binomial: 8 steps, 6 arms, 5.5 rewards.
    const [p, q] = [5.5 / 8, 1 / 6];
    const rate = 8 * (p * Math.log2(p / q) + (1 - p) * Math.log2((1 - p) / (1 - q)));
    const chance = keyedBandit.chance(
      { arms: 6, steps: 8, keyBits: 8, best: 1, others: 0 },
      { key: [0], arm: 0 },
    );
    expect(bitsOver(5.5, chance)).toBeCloseTo(rate, 9);
    expect(bitsOver(9, chance)).toBeCloseTo(8 * Math.log2(6), 9);
  });
});
