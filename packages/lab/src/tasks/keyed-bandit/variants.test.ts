import { describe, expect, it } from "vitest";
import { keyOf } from "../../core/index.ts";
import { playEpisodes } from "../episodes.ts";
import { solverPolicy } from "../subjects.ts";
import { banditRules } from "./rules.ts";
import { oracleSolver, trialSolver } from "./solvers.ts";
import { negatedRules, partlyShown, surprisingRules } from "./variants.ts";

const parameters = { arms: 3, steps: 6, keyBits: 4, best: 1, others: 0 };
const before = { key: [0b0101], arm: 0 };
const after = { key: [0b1010], arm: 2 };

const seenBy = <I, S>(
  rules: { observationSize: number; observe(i: I, s: S, out: Float32Array, at: number): void },
  instance: I,
  state: S,
) => {
  const out = new Float32Array(rules.observationSize);
  rules.observe(instance, state, out, 0);
  return [...out];
};

describe("a bandit with a surprise", () => {
  const rules = surprisingRules(parameters);

  it("pays by the first bandit before the change and by the second after it, and shows its key", async () => {
    const stays = { ...trialSolver(parameters), begin: () => () => 0 };
    const { rewards } = await playEpisodes(
      rules,
      [{ before, after, change: 2 }],
      solverPolicy(stays) as never,
      { key: keyOf(1) },
    );
    expect([...rewards]).toEqual([1, 1, 0, 0, 0, 0]);
    const state = { step: 2, action: 0, reward: 1 };
    expect(seenBy(rules, { before, after, change: 3 }, state).slice(0, 4)).toEqual([1, -1, 1, -1]);
    expect(seenBy(rules, { before, after, change: 2 }, state).slice(0, 4)).toEqual([-1, 1, -1, 1]);
  });

  it("is found again by exhaustive trial within as many steps as there are arms", async () => {
    const instances = Array.from({ length: 50 }, () => ({ before, after, change: 3 }));
    const { rewards, steps } = await playEpisodes(
      rules,
      instances,
      solverPolicy(trialSolver(parameters)) as never,
      { key: keyOf(2) },
    );
    instances.forEach((_, i) => {
      expect(rewards[i * steps + steps - 1]).toBe(1);
    });
  });
});

describe("a negated bandit", () => {
  it("shows a 1 where nothing is paid, but not before the first step, and pays as before", () => {
    const rules = negatedRules(parameters);
    const feedback = (state: { step: number; action: number; reward: number }) =>
      seenBy(rules, before, state).at(-1);
    expect(feedback({ step: 0, action: -1, reward: 0 })).toBe(0);
    expect(feedback({ step: 1, action: 1, reward: 0 })).toBe(1);
    expect(feedback({ step: 1, action: 0, reward: 1 })).toBe(0);
    const next = rules.transition(before, rules.initial(before), 0, 0.5);
    expect(rules.reward(next)).toBe(1);
  });
});

describe("a bandit partly shown", () => {
  it("has only the fields that are shown, in their order", () => {
    const state = { step: 1, action: 1, reward: 1 };
    const whole = banditRules(parameters);
    const named = partlyShown(whole, ({ role }) => role === "instance");
    expect(named.observation).toEqual([{ name: "key", offset: 0, size: 4, role: "instance" }]);
    expect(seenBy(named, before, state)).toEqual([1, -1, 1, -1]);
    const unnamed = partlyShown(whole, ({ role }) => role !== "instance");
    expect(unnamed.observationSize).toBe(4);
    expect(seenBy(unnamed, before, state)).toEqual([0, 1, 0, 1]);
  });

  it("is worth as much to one who needs no more", async () => {
    const unnamed = partlyShown(banditRules(parameters), () => false);
    const { rewards } = await playEpisodes(
      unnamed,
      [before],
      solverPolicy(oracleSolver()) as never,
      {
        key: keyOf(3),
      },
    );
    expect([...rewards]).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe("the variants", () => {
  it("do not say what pays, but where only less is shown", () => {
    const changed = [surprisingRules(parameters), negatedRules(parameters)];
    expect(changed.map(({ pays }) => pays)).toEqual([undefined, undefined]);
    const whole = banditRules(parameters);
    expect(partlyShown(whole, () => false).pays).toBe(whole.pays);
  });
});
