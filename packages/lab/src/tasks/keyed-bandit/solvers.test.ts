import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../core/index.ts";
import { playOnce } from "../play.ts";
import { BayesPlan } from "./bayes.ts";
import { Belief, pickLargest } from "./belief.ts";
import { banditChance } from "./chance.ts";
import type { BanditParameters } from "./parameters.ts";
import { banditSolvers } from "./reference.ts";
import { banditRules } from "./rules.ts";
import { indexSolver, thompsonSolver, trialSolver, ucbSolver } from "./solvers.ts";

const noisy: BanditParameters = { arms: 3, steps: 6, keyBits: 8, best: 0.8, others: 0.3 };

/** Posterior by Bayes' rule on the whole history, one likelihood at a time. */
function bayesRule(history: readonly (readonly [number, number])[], parameters: BanditParameters) {
  const joint = Array.from({ length: parameters.arms }, (_, best) =>
    history.reduce((product, [action, reward]) => {
      const pays = action === best ? parameters.best : parameters.others;
      return product * (reward ? pays : 1 - pays);
    }, 1),
  );
  const sum = joint.reduce((a, b) => a + b, 0);
  return joint.map((weight) => weight / sum);
}

describe("Belief", () => {
  it.each([noisy, { ...noisy, best: 1, others: 0.3 }, { ...noisy, best: 0.7, others: 0 }])(
    "gives the posterior of Bayes' rule: %o",
    (parameters) => {
      const random = new Random(split(keyOf(1), "histories"));
      for (let trial = 0; trial < 200; trial++) {
        const best = random.integer(3);
        const belief = new Belief(parameters);
        const history: [number, number][] = [];
        belief.see({ step: 0, action: -1, reward: 0 });
        for (let step = 1; step <= 6; step++) {
          const action = random.integer(3);
          const pays = action === best ? parameters.best : parameters.others;
          const reward = random.uniform() < pays ? 1 : 0;
          history.push([action, reward]);
          belief.see({ step, action, reward });
          const expected = bayesRule(history, parameters);
          belief.posterior().forEach((p, arm) => void expect(p).toBeCloseTo(expected[arm]!, 12));
        }
      }
    },
  );

  it("starts again where the rules exclude every arm", () => {
    const belief = new Belief({ ...noisy, best: 1, others: 0 });
    for (const action of [0, 1, 2]) belief.see({ step: action + 1, action, reward: 0 });
    expect([...belief.posterior()]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });
});

describe("pickLargest", () => {
  it("picks evenly among equals", () => {
    expect([0, 0.3, 0.5, 0.99].map((noise) => pickLargest([2, 1, 2], noise))).toEqual([0, 0, 2, 2]);
  });
});

describe("banditChance", () => {
  it.each([
    { arms: 2, steps: 3, best: 0.8, others: 0.3 },
    { arms: 3, steps: 3, best: 0.9, others: 0.1 },
    { arms: 3, steps: 4, best: 1, others: 0 },
  ])("agrees with the enumeration of all actions and outcomes: %o", (small) => {
    const parameters = { ...small, keyBits: 4 };
    const expected = new Array<number>(small.steps + 1).fill(0);
    const walk = (step: number, total: number, probability: number): void => {
      if (step === small.steps) {
        expected[total]! += probability;
        return;
      }
      for (let action = 0; action < small.arms; action++) {
        const pays = action === 1 ? small.best : small.others;
        walk(step + 1, total + 1, (probability * pays) / small.arms);
        walk(step + 1, total, (probability * (1 - pays)) / small.arms);
      }
    };
    walk(0, 0, 1);
    const { values, probabilities } = banditChance(parameters);
    expect([...values]).toEqual(expected.map((_, total) => total));
    probabilities.forEach((p, total) => void expect(p).toBeCloseTo(expected[total]!, 12));
  });
});

describe("solvers", () => {
  it("trial stays after a reward and goes on after none", () => {
    const pull = trialSolver(noisy).begin({ key: [0], arm: 0 });
    expect(pull({ step: 0, action: -1, reward: 0 }, 0.99)).toBe(2);
    expect(pull({ step: 1, action: 2, reward: 0 }, 0.5)).toBe(0);
    expect(pull({ step: 2, action: 0, reward: 1 }, 0.5)).toBe(0);
  });

  it("trial earns 5.5 on average over the arms, six arms and eight steps, whatever the start", () => {
    const parameters = { arms: 6, steps: 8, keyBits: 8, best: 1, others: 0 };
    const rules = banditRules(parameters);
    for (let start = 0; start < 6; start++) {
      const fixed = {
        begin: () => {
          const pull = trialSolver(parameters).begin({ key: [0], arm: 0 });
          return (state: Parameters<typeof pull>[0]) => pull(state, start / 6 + 0.01);
        },
      };
      const totals = [0, 1, 2, 3, 4, 5].map((arm) =>
        playOnce(rules, fixed, { key: [0], arm }, new Random(keyOf(0))),
      );
      expect(totals.reduce((a, b) => a + b) / 6).toBe(5.5);
    }
  });

  it("Thompson sampling pulls arms with their posterior probabilities", () => {
    const counts = [0, 0, 0];
    for (let i = 0; i < 1000; i++) {
      const pull = thompsonSolver(noisy).begin({ key: [0], arm: 0 });
      counts[pull({ step: 1, action: 0, reward: 1 }, (i + 0.5) / 1000)]! += 1;
    }
    // Likelihoods 0.8, 0.3, 0.3, so 8/14, 3/14, 3/14, on an even grid of noise.
    [8 / 14, 3 / 14, 3 / 14].forEach((p, arm) => {
      expect(Math.abs(counts[arm]! / 1000 - p)).toBeLessThanOrEqual(0.002);
    });
  });

  it("UCB1 tries every arm, then follows its bound", () => {
    const pull = ucbSolver(noisy).begin({ key: [0], arm: 0 });
    const order = [pull({ step: 0, action: -1, reward: 0 }, 0)];
    order.push(pull({ step: 1, action: order[0]!, reward: 1 }, 0));
    order.push(pull({ step: 2, action: order[1]!, reward: 0 }, 0));
    expect([...order].sort()).toEqual([0, 1, 2]);
    // Means 1, 0, 0 after a pull each: the bonus sqrt(2 ln 3) is common to all.
    expect(pull({ step: 3, action: order[2]!, reward: 0 }, 0)).toBe(order[0]);
    // Then 1/2 + sqrt(2 ln 4 / 2) = 1.677 against sqrt(2 ln 4) = 1.665; one more failure turns it.
    expect(pull({ step: 4, action: order[0]!, reward: 0 }, 0)).toBe(order[0]);
    expect(pull({ step: 5, action: order[0]!, reward: 0 }, 0)).not.toBe(order[0]);
  });

  it("the index is the mean and what one observation is worth for the steps left", () => {
    const random = new Random(split(keyOf(3), "index"));
    const largest = (history: readonly (readonly [number, number])[]) =>
      Math.max(...bayesRule(history, noisy).map(mean));
    const mean = (p: number) => noisy.others + (noisy.best - noisy.others) * p;
    for (let trial = 0; trial < 100; trial++) {
      const pull = indexSolver(noisy).begin({ key: [0], arm: 0 });
      const history: [number, number][] = [];
      let state = { step: 0, action: -1, reward: 0 };
      for (let step = 0; step < noisy.steps; step++) {
        const indices = bayesRule(history, noisy).map((p, arm) => {
          const after =
            mean(p) * largest([...history, [arm, 1]]) +
            (1 - mean(p)) * largest([...history, [arm, 0]]);
          return mean(p) + (noisy.steps - step - 1) * (after - largest(history));
        });
        const action = pull(state, random.uniform());
        expect(indices[action]).toBeCloseTo(Math.max(...indices), 9);
        // Any arm may have been pulled: the solver goes by what it is shown.
        state = { step: step + 1, action: random.integer(3), reward: random.integer(2) };
        history.push([state.action, state.reward]);
      }
    }
  });

  it("play by what they observe alone, unless they say otherwise", () => {
    const rules = banditRules(noisy);
    for (const solver of banditSolvers(noisy).filter(({ knows }) => knows === "observations")) {
      const random = new Random(split(keyOf(2), solver.id));
      const players = [
        { key: [1], arm: 0 },
        { key: [2], arm: 2 },
      ].map((instance) => solver.begin(instance));
      let state = rules.initial({ key: [1], arm: 0 });
      for (let step = 0; step < 6; step++) {
        const noise = random.uniform();
        const [a, b] = players.map((decide) => decide(state, noise));
        expect(a).toBe(b);
        state = rules.transition({ key: [1], arm: 0 }, state, a!, random.uniform());
      }
    }
  });

  it("greedy play is optimal with p = 1 - q (Feldman 1962; Rodman 1978 for many arms)", () => {
    const greedy = (left: number, joint: readonly number[]): number => {
      if (left === 0) return 0;
      const action = joint.indexOf(Math.max(...joint));
      const win = joint.map((weight, arm) => weight * (arm === action ? 0.8 : 0.2));
      const loss = joint.map((weight, arm) => weight * (arm === action ? 0.2 : 0.8));
      return win.reduce((a, b) => a + b) + greedy(left - 1, win) + greedy(left - 1, loss);
    };
    for (const steps of [1, 5, 10]) {
      const plan = new BayesPlan({ arms: 4, steps, keyBits: 8, best: 0.8, others: 0.2 });
      expect(plan.expected).toBeCloseTo(greedy(steps, [1 / 4, 1 / 4, 1 / 4, 1 / 4]), 11);
    }
  });
});
