import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../core/index.ts";
import { playOnce } from "../play.ts";
import { BayesPlan } from "./bayes.ts";
import { evidenceOf } from "./belief.ts";
import type { BanditParameters } from "./parameters.ts";
import { bayesSolver } from "./planner.ts";
import { banditReference, trialReward } from "./reference.ts";
import { banditRules } from "./rules.ts";

interface Case {
  readonly arms: number;
  readonly steps: number;
  readonly best: number;
  readonly others: number;
}

const filled = (parameters: Case): BanditParameters => ({ ...parameters, keyBits: 32 });

/**
 * Expected total reward of best play by expectimax over whole histories: the maximum over actions of the sum
 * over outcomes, weighted with the joint probabilities of history and best arm. No counts, no symmetry.
 */
function expectimax({ arms, steps, best, others }: Case): number {
  const search = (left: number, joint: readonly number[]): number => {
    if (left === 0) return 0;
    let most = 0;
    for (let action = 0; action < arms; action++) {
      const pays = (arm: number) => (arm === action ? best : others);
      const win = joint.map((weight, arm) => weight * pays(arm));
      const loss = joint.map((weight, arm) => weight * (1 - pays(arm)));
      const reward = win.reduce((sum, weight) => sum + weight, 0);
      most = Math.max(most, reward + search(left - 1, win) + search(left - 1, loss));
    }
    return most;
  };
  return search(steps, new Array<number>(arms).fill(1 / arms));
}

describe("BayesPlan", () => {
  const probabilities = [
    [0.9, 0.1],
    [0.7, 0.2],
    [0.55, 0.5],
    [1, 0],
    [1, 0.3],
    [0.6, 0],
    [0.5, 0.5],
    [0, 0],
    [1, 1],
  ] as const;
  const cases = probabilities.flatMap(([best, others]) =>
    [2, 3].flatMap((arms) => [1, 2, 3, 4].map((steps) => ({ arms, steps, best, others }))),
  );

  it.each(cases)("agrees with expectimax over histories: %o", (parameters) => {
    expect(new BayesPlan(filled(parameters)).expected).toBeCloseTo(expectimax(parameters), 11);
  });

  it("agrees with expectimax for any probabilities", () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        unit,
        unit,
        (arms, steps, a, b) => {
          const parameters = { arms, steps, best: Math.max(a, b), others: Math.min(a, b) };
          let plan: BayesPlan;
          try {
            plan = new BayesPlan(filled(parameters));
          } catch {
            // Likelihood ratios beyond the range of numbers are refused rather than computed wrongly.
            const { win, loss } = evidenceOf(parameters);
            return expect(steps * Math.max(win, -loss)).toBeGreaterThan(300);
          }
          expect(plan.expected).toBeCloseTo(expectimax(parameters), 9);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it("gives the noiseless closed form: 5.5 for six arms and eight steps", () => {
    // (8 + 7 + 6 + 5 + 4 + 3) / 6: the best arm is found after 0, 1, ... 5 failures, each equally likely.
    expect(new BayesPlan(filled({ arms: 6, steps: 8, best: 1, others: 0 })).expected).toBeCloseTo(
      5.5,
      12,
    );
  });

  it("stays within seconds and its state limit for the noisy form", () => {
    const plan = new BayesPlan(filled({ arms: 6, steps: 24, best: 0.9, others: 0.1 }));
    expect(plan.states).toBeLessThan(50_000);
  });

  it("refuses what would need too many states", () => {
    expect(() => new BayesPlan(filled({ arms: 30, steps: 200, best: 0.7, others: 0.1 }))).toThrow();
  });
});

describe("the planned policy", () => {
  it("earns what the plan promises, with wins and losses that do not cancel", () => {
    const parameters = filled({ arms: 4, steps: 12, best: 0.8, others: 0.35 });
    const plan = new BayesPlan(parameters);
    const random = new Random(split(keyOf(4), "bayes"));
    const n = 20_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const instance = { key: [0], arm: random.integer(4) };
      const total = playOnce(
        banditRules(parameters),
        bayesSolver(parameters, plan),
        instance,
        random,
      );
      sum += total;
      squares += total * total;
    }
    const error = Math.sqrt((squares / n - (sum / n) ** 2) / n);
    expect(Math.abs(sum / n - plan.expected)).toBeLessThan(5 * error);
  });

  it.each([
    { best: 0.9, others: 0.1 },
    { best: 1, others: 0 },
    { best: 1, others: 0.2 },
    { best: 0.6, others: 0 },
  ])("plays on when feedback is withheld: %o", (probability) => {
    const parameters = filled({ arms: 3, steps: 8, ...probability });
    const pull = bayesSolver(parameters, new BayesPlan(parameters)).begin({ key: [0], arm: 1 });
    let action = -1;
    for (let step = 0; step < 8; step++) {
      action = pull({ step, action, reward: 0 }, 0.5);
      expect([0, 1, 2]).toContain(action);
    }
  });
});

describe("banditReference", () => {
  it.each([2, 3, 4])("gives the closed form of exhaustive trial, %i arms", (arms) => {
    for (const steps of [1, 2, 3, 4, 5])
      expect(trialReward({ arms, steps })).toBeCloseTo(
        expectimax({ arms, steps, best: 1, others: 0 }),
        12,
      );
  });

  it("names exhaustive trial, the plan, or the best in simulation", () => {
    expect(banditReference(filled({ arms: 6, steps: 8, best: 1, others: 0 }))).toEqual({
      solver: "trial",
      expected: 5.5,
      exact: true,
    });
    const noisy = filled({ arms: 6, steps: 24, best: 0.9, others: 0.1 });
    expect(banditReference(noisy)).toMatchObject({ solver: "bayes", exact: true });
    const large = filled({ arms: 20, steps: 40, best: 0.7, others: 0.1 });
    const first = banditReference(large);
    expect(first.exact).toBe(false);
    expect(["thompson", "ucb1", "index"]).toContain(first.solver);
  });
});
