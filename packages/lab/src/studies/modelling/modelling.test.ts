import { describe, expect, it } from "vitest";
import { keyOf } from "../../core/index.ts";
import { keyedBandit, makeTask } from "../../tasks/index.ts";
import { actorCritic, openLearner } from "../phases/index.ts";
import { sequenceEntropies } from "./entropy.ts";
import { probeRuledOut } from "./probe.ts";
import { searchersEpisodes, toPredict, withOthersRewards } from "./sequences.ts";

const task = makeTask(
  keyedBandit,
  { arms: 6, steps: 8, keyBits: 16 },
  { diversity: "fresh", seed: 1 },
);

describe("sequences of searchers", () => {
  it("have the entropies of exhaustive trial, by hand", async () => {
    const own = await searchersEpisodes(task, 8192, keyOf(1));
    const { actions, rewards, mutual } = sequenceEntropies(own);
    // Six first arms and six numbers of failures, all equally likely: 36 sequences; rewards tell the failures, and so
    // do the actions. The plug-in estimate is too small by 35 / (2 n ln 2), 0.003 bits.
    expect(actions).toBeCloseTo(Math.log2(36), 1);
    expect(rewards).toBeCloseTo(Math.log2(6), 1);
    expect(mutual).toBeCloseTo(Math.log2(6), 1);
  });

  it("lose nothing but what actions and rewards have to do with each other when rewards are another's", async () => {
    const own = await searchersEpisodes(task, 8192, keyOf(2));
    const before = sequenceEntropies(own);
    const after = sequenceEntropies(withOthersRewards(task.rules, own));
    expect(after.actions).toBeCloseTo(before.actions, 12);
    expect(after.rewards).toBeCloseTo(before.rewards, 12);
    // Independent; plug-in mutual information is too large by 35 x 5 / (2 n ln 2), 0.015 bits.
    expect(after.mutual).toBeLessThan(0.03);
  });

  it("show the reward that they count, each at the step after", async () => {
    const other = withOthersRewards(task.rules, await searchersEpisodes(task, 16, keyOf(3)));
    const { observationSize } = task.rules;
    for (let t = 1; t < other.steps; t++)
      for (let i = 0; i < other.batch; i++)
        expect(other.observations[(t * other.batch + i + 1) * observationSize - 1]).toBe(
          other.rewards[(t - 1) * other.batch + i],
        );
  });

  it("are predicted by action or by outcome", async () => {
    const own = await searchersEpisodes(task, 4, keyOf(4));
    expect(toPredict(own, "actions").advice).toEqual(own.actions);
    expect([...toPredict(own, "outcomes").advice!]).toEqual([...own.rewards]);
  });
});

describe("the probe of what is ruled out", () => {
  it("finds more in a state, even an untrained one, than in one observation", async () => {
    const options = { width: 32, batch: 64, learningRate: 0.01, entropyStart: 0, entropyEnd: 0 };
    const { learner } = await openLearner(actorCritic("gru", options), task, {
      ...{ updates: 1, key: keyOf(5) },
    });
    const bandits = task.validation.draw(keyOf(6), 256);
    const found = await probeRuledOut(learner, task.rules, bandits, keyOf(7));
    await learner.dispose();
    // An untrained recurrent network still echoes what it saw (Jaeger 2001, echo states).
    expect(found.probe).toBeGreaterThan(found.observation);
    expect(found.probe).toBeLessThan(1);
    // The last pull alone tells which arm was just ruled out, so it is better than guessing.
    expect(found.observation).toBeGreaterThan(0.5);
  }, 20_000);
});
