import { describe, expect, it } from "vitest";
import {
  type BatchPolicy,
  type DecisionBatch,
  type EpisodicRules,
  InputError,
  keyOf,
} from "../core/index.ts";
import {
  type BanditInstance,
  type BanditState,
  collectRollout,
  keyedBandit,
  makeTask,
  playEpisodes,
  solverPolicy,
  solverSubject,
  subjectOf,
} from "./index.ts";

const task = makeTask(keyedBandit, keyedBandit.forms.noisy, { diversity: "fresh", seed: 1 });
const instances = task.heldOut.draw(keyOf(2), 50);
const { rules } = task;
const solver = (id: string) => task.solvers.find((candidate) => candidate.id === id)!;

/** A policy that pulls arms in turn and keeps what it was shown. */
function watching(): BatchPolicy<BanditInstance, BanditState> & {
  shown: { states: BanditState[]; observations: number[] }[];
} {
  const shown: { states: BanditState[]; observations: number[] }[] = [];
  return {
    hooks: ["layer"],
    shown,
    begin: () => void shown.splice(0),
    async decide(batch: DecisionBatch<BanditState>) {
      shown.push({ states: [...batch.states], observations: [...batch.observations()] });
      return {
        actions: new Int32Array(batch.size).fill(batch.step % rules.actions),
        read: { layer: new Float32Array(batch.size).fill(batch.step) },
      };
    },
  };
}

/** Ends an episode when action 1 is taken; the reward is the number of the step. */
const shortRules: EpisodicRules<number, { step: number; over: boolean }> = {
  observation: [{ name: "step", offset: 0, size: 1, role: "state" }],
  observationSize: 1,
  actions: 2,
  horizon: 4,
  initial: (length) => ({ step: 0, over: length === 0 }),
  transition: (_, state, action) => ({ step: state.step + 1, over: action === 1 }),
  observe(_, state, out, offset) {
    out[offset] = state.step;
  },
  reward: ({ step }) => step,
  terminated: ({ step, over }) => over || step >= 4,
  conceal: (state) => state,
};

/** Ends the episode of each instance after as many steps as the instance says. */
const stopping: BatchPolicy<number, { step: number }> = {
  hooks: [],
  begin(lengths) {
    (this as { lengths?: readonly number[] }).lengths = lengths;
  },
  async decide({ step, size }) {
    const { lengths } = this as unknown as { lengths: readonly number[] };
    return {
      actions: Int32Array.from({ length: size }, (_, i) => (step + 1 >= lengths[i]! ? 1 : 0)),
    };
  },
};

describe("playEpisodes", () => {
  it("gives the same episodes for the same key and others for another", async () => {
    const play = (seed: number) =>
      playEpisodes(rules, instances, solverPolicy(solver("thompson")), { key: keyOf(seed) });
    expect(await play(1)).toEqual(await play(1));
    expect((await play(2)).actions).not.toEqual((await play(1)).actions);
  });

  it("rewards what was done: states shown next hold the action and the reward", async () => {
    const policy = watching();
    const { actions, rewards, steps } = await playEpisodes(rules, instances, policy, {
      key: keyOf(1),
    });
    for (let step = 1; step < steps; step++)
      policy.shown[step]!.states.forEach((state, i) => {
        expect(state.action).toBe(actions[i * steps + step - 1]);
        expect(state.reward).toBe(rewards[i * steps + step - 1]);
      });
  });

  it("withholds feedback without touching scores", async () => {
    const [given, removed] = [watching(), watching()];
    const key = keyOf(3);
    const a = await playEpisodes(rules, instances, given, { key });
    const b = await playEpisodes(rules, instances, removed, { key, feedback: { kind: "removed" } });
    expect(b.rewards).toEqual(a.rewards);
    expect(a.rewards.some((reward) => reward > 0)).toBe(true);
    const size = rules.observationSize;
    for (const { observations, states } of removed.shown) {
      expect(states.every(({ reward }) => reward === 0)).toBe(true);
      expect(instances.every((_, i) => observations[i * size + size - 1] === 0)).toBe(true);
    }
  });

  it("swaps feedback: shown are the other instance's rewards under one's own key", async () => {
    const [own, other, swapped] = [watching(), watching(), watching()];
    const key = keyOf(4);
    const answers = task.heldOut.draw(keyOf(9), instances.length);
    const a = await playEpisodes(rules, instances, own, { key });
    await playEpisodes(rules, answers, other, { key });
    const c = await playEpisodes(rules, instances, swapped, {
      key,
      feedback: { kind: "swapped", answers },
    });
    expect(c.rewards).toEqual(a.rewards);
    const { keyBits } = keyedBandit.forms.noisy as { keyBits: number };
    swapped.shown.forEach(({ states, observations }, step) => {
      expect(states).toEqual(other.shown[step]!.states);
      expect(observations.slice(0, keyBits)).toEqual(
        own.shown[step]!.observations.slice(0, keyBits),
      );
    });
    await expect(
      playEpisodes(rules, instances, own, {
        key,
        feedback: { kind: "swapped", answers: answers.slice(1) },
      }),
    ).rejects.toThrow("49 swapped answers for 50 instances");
  });

  it("gives an episode the same noise whatever the others do", async () => {
    const key = keyOf(5);
    const long = await playEpisodes(shortRules, [4, 4, 4], stopping, { key });
    const mixed = await playEpisodes(shortRules, [1, 4, 2], stopping, { key });
    expect(mixed.rewards.slice(4, 8)).toEqual(long.rewards.slice(4, 8));
    expect([...mixed.actions]).toEqual([1, -1, -1, -1, 0, 0, 0, 1, 0, 1, -1, -1]);
    expect([...mixed.rewards]).toEqual([1, 0, 0, 0, 1, 2, 3, 4, 1, 2, 0, 0]);
  });

  it("stops when every episode has ended, at once if they end at the start", async () => {
    const { rewards } = await playEpisodes(shortRules, [0, 0], stopping, { key: keyOf(5) });
    expect(rewards.every((reward) => reward === 0)).toBe(true);
  });

  it("refuses what is no action", async () => {
    const wild: BatchPolicy<BanditInstance, BanditState> = {
      hooks: [],
      begin() {},
      decide: async ({ size }) => ({ actions: new Int32Array(size).fill(6) }),
    };
    await expect(playEpisodes(rules, instances, wild, { key: keyOf(1) })).rejects.toThrow(
      "the policy answered 6, which is none of 6 actions",
    );
  });

  it("collects what is read, one array a step", async () => {
    const { read } = await playEpisodes(rules, instances, watching(), {
      key: keyOf(1),
      read: ["layer"],
    });
    expect(read.layer!.map((values) => values[0])).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });
});

describe("collectRollout", () => {
  it("records the episodes that playEpisodes plays, step by step", async () => {
    const policy = watching();
    const key = keyOf(6);
    const rollout = await collectRollout(rules, instances, policy, key);
    const { actions, rewards, steps, batch } = await playEpisodes(rules, instances, watching(), {
      key,
    });
    for (let step = 0; step < steps; step++)
      for (let i = 0; i < batch; i++) {
        expect(rollout.actions[step * batch + i]).toBe(actions[i * steps + step]);
        expect(rollout.rewards[step * batch + i]).toBe(rewards[i * steps + step]);
      }
    expect([...rollout.observations]).toEqual(
      policy.shown.flatMap(({ observations }) => observations),
    );
    expect(rollout.mask.every((mask) => mask === 1)).toBe(true);
  });

  it("masks what comes after an episode's end, in a reused batch too", async () => {
    const first = await collectRollout(shortRules, [4, 4, 4], stopping, keyOf(1));
    const again = await collectRollout(shortRules, [1, 3, 2], stopping, keyOf(1), first);
    expect(again).toBe(first);
    expect([...again.mask]).toEqual([1, 1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0]);
    expect([...again.actions]).toEqual([1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0]);
    expect([...again.rewards]).toEqual([1, 1, 1, 0, 2, 2, 0, 3, 0, 0, 0, 0]);
    expect(again).toEqual(await collectRollout(shortRules, [1, 3, 2], stopping, keyOf(1)));
  });
});

describe("subjects", () => {
  it("play runs that are asked for at once one after another", async () => {
    const subject = solverSubject(task, "thompson");
    const alone = await subject.run(instances, { key: keyOf(1) });
    const [first, second] = await Promise.all([
      subject.run(instances, { key: keyOf(1) }),
      subject.run(instances.slice(0, 10), { key: keyOf(2) }),
    ]);
    expect(first).toEqual(alone);
    expect(second.batch).toBe(10);
  });

  it("go on after a run that failed", async () => {
    const subject = solverSubject(task, "trial");
    const failed = subject.run(instances, {
      key: keyOf(1),
      feedback: { kind: "swapped", answers: [] },
    });
    const next = subject.run(instances, { key: keyOf(1) });
    await expect(failed).rejects.toThrow("0 swapped answers");
    expect((await next).batch).toBe(50);
  });

  it("refuse hook points and ticks that they do not have", async () => {
    const subject = subjectOf(rules, watching());
    const key = keyOf(1);
    await expect(subject.run(instances, { key, read: ["layers"] })).rejects.toThrow(
      "unknown hook point 'layers'; did you mean 'layer'?",
    );
    await expect(subject.run(instances, { key, ticks: 3 })).rejects.toThrow(InputError);
    expect(() => solverSubject(task, "bays")).toThrow(
      "unknown solver 'bays'; did you mean 'bayes'?",
    );
  });
});
