import { describe, expect, it } from "vitest";
import { parseParameters } from "../../core/index.ts";
import { advisedKeyedBandit as family } from "./index.ts";
import { sought } from "./searcher.ts";
import type { AdvisedBanditState } from "./state.ts";

const setUp = (given: object) => {
  const parameters = parseParameters(family, given);
  const solver = family.solvers(parameters).find(({ id }) => id === "obedient")!;
  return { parameters, rules: family.rules(parameters), solver };
};

describe("advised keyed bandit", () => {
  it("pays exhaustive trial to whoever does as a reliable searcher says: 5.5, by every arm and start", () => {
    const { rules, solver } = setUp({ arms: 6, steps: 8 });
    let sum = 0;
    for (let arm = 0; arm < 6; arm++)
      for (let start = 0; start < 6; start++) {
        const instance = { key: [0], arm };
        const play = solver.begin(instance);
        let state = rules.initial(instance);
        for (let step = 0; step < 8; step++) {
          state = rules.transition(instance, state, play(state, (start + 0.5) / 6), 0.999);
          sum += rules.reward(state);
        }
      }
    // (8 + 7 + 6 + 5 + 4 + 3) / 6: the arm is found after 0 to 5 failures, each equally often.
    expect(sum / 36).toBe(5.5);
  });

  it("never advises an arm that failed, whatever was pulled: all sequences of three pulls of four arms", () => {
    const { rules } = setUp({ arms: 4, steps: 4 });
    for (let sequence = 0; sequence < 64; sequence++)
      for (let arm = 0; arm < 4; arm++) {
        const instance = { key: [0], arm };
        const pulls = [sequence & 3, (sequence >> 2) & 3, (sequence >> 4) & 3];
        let state = rules.initial(instance);
        expect(state.advice).toBe(-1);
        pulls.forEach((action, i) => {
          state = rules.transition(instance, state, action, 0.5);
          const before = pulls.slice(0, i + 1);
          if (before.includes(arm)) expect(state.advice).toBe(arm);
          else expect(before).not.toContain(state.advice);
        });
      }
  });

  it("advises each arm equally often where it is not reliable", () => {
    const { rules } = setUp({ arms: 5, reliability: 0.25 });
    const instance = { key: [0], arm: 3 };
    const counts = [0, 0, 0, 0, 0];
    // An even grid of noise: a quarter of it gives the searcher's advice, which is to stay with the arm that paid.
    for (let i = 0; i < 2000; i++)
      counts[rules.transition(instance, rules.initial(instance), 3, (i + 0.5) / 2000).advice]! += 1;
    expect(counts).toEqual([300, 300, 300, 500 + 300, 300]);
  });

  it("shows nothing where the searcher is removed, and hides all that tells of rewards", () => {
    const { rules } = setUp({ arms: 3, keyBits: 8, searcher: "removed" });
    const instance = { key: [9], arm: 1 };
    const seen = new Float32Array(rules.observationSize).fill(9);
    rules.observe(instance, rules.transition(instance, rules.initial(instance), 1, 0.1), seen, 0);
    expect([...seen.subarray(-4)]).toEqual([1, 0, 0, 0]);
    const state: AdvisedBanditState = {
      step: 1,
      action: 1,
      reward: 1,
      tried: 2,
      found: 1,
      advice: 1,
    };
    expect(rules.conceal(state)).toMatchObject({ action: 1, reward: 0, advice: -1 });
  });

  it("answers also where every arm failed, as with another instance's feedback", () => {
    expect(sought(3, { action: 2, tried: 7, found: -1 })).toBe(0);
  });

  it("refuses a reliability that is no probability", () => {
    expect(() => setUp({ reliability: 1.5 })).toThrow("reliability");
  });
});
