/** Reference solvers of the keyed bandit that need no planning tables. */
import type { Solver } from "../../core/index.ts";
import { Belief, pickLargest } from "./belief.ts";
import type { BanditInstance } from "./instance.ts";
import type { BanditParameters } from "./parameters.ts";
import type { BanditState } from "./rules.ts";

export type BanditSolver = Solver<BanditInstance, BanditState>;

/** Chance: every arm equally often. */
export function randomSolver({ arms }: BanditParameters): BanditSolver {
  return {
    id: "random",
    title: "Uniformly random",
    knows: "observations",
    description: "Pulls every arm with the same probability: the policy that `chance` describes.",
    begin: () => (_, noise) => Math.floor(noise * arms),
  };
}

/** The policy that `optimum` describes. */
export function oracleSolver(): BanditSolver {
  return {
    id: "oracle",
    title: "Oracle",
    knows: "instance",
    description: "Is shown the best arm and pulls it at every step.",
    begin:
      ({ arm }) =>
      () =>
        arm,
  };
}

/** Win: stay; lose: next arm. */
export function trialSolver({ arms }: BanditParameters): BanditSolver {
  return {
    id: "trial",
    title: "Exhaustive trial",
    knows: "observations",
    description:
      "Starts at a random arm, stays after a reward and goes to the next arm after none (play the " +
      "winner: Robbins 1952); optimal on a new instance when p = 1 and q = 0, and it needs no memory.",
    begin:
      () =>
      ({ action, reward }, noise) => {
        if (action < 0) return Math.floor(noise * arms);
        return reward > 0 ? action : (action + 1) % arms;
      },
  };
}

/** Thompson sampling from the exact posterior. */
export function thompsonSolver(parameters: BanditParameters): BanditSolver {
  return {
    id: "thompson",
    title: "Thompson sampling",
    knows: "observations",
    description:
      "Pulls each arm with the posterior probability that it is the best, p and q being known " +
      "(Thompson 1933).",
    begin() {
      const belief = new Belief(parameters);
      return (observed, noise) => {
        belief.see(observed);
        const posterior = belief.posterior();
        let left = noise;
        for (let arm = 0; arm < posterior.length; arm++) {
          left -= posterior[arm]!;
          if (left < 0) return arm;
        }
        return pickLargest(posterior, 0);
      };
    },
  };
}

/** Upper confidence bounds, which know neither p nor q. */
export function ucbSolver(parameters: BanditParameters): BanditSolver {
  return {
    id: "ucb1",
    title: "UCB1",
    knows: "observations",
    description:
      "Pulls every arm once, then the arm with the largest mean + sqrt(2 ln t / pulls) " +
      "(Auer, Cesa-Bianchi and Fischer 2002, figure 1).",
    begin() {
      const { wins, losses, see } = tally(parameters);
      const bounds = new Float64Array(parameters.arms);
      return (observed, noise) => {
        see(observed);
        for (let arm = 0; arm < bounds.length; arm++) {
          const pulls = wins[arm]! + losses[arm]!;
          bounds[arm] =
            pulls === 0
              ? Number.MAX_VALUE
              : wins[arm]! / pulls + Math.sqrt((2 * Math.log(observed.step)) / pulls);
        }
        return pickLargest(bounds, noise);
      };
    },
  };
}

/** The arm that pays most at the next step. */
export function greedySolver(parameters: BanditParameters): BanditSolver {
  return {
    id: "greedy",
    title: "Greedy posterior mean",
    knows: "observations",
    description:
      "Pulls the arm with the largest posterior mean reward and never explores for its own sake.",
    begin() {
      const belief = new Belief(parameters);
      return (observed, noise) => {
        belief.see(observed);
        return pickLargest(belief.posterior(), noise);
      };
    },
  };
}

/** A finite-horizon index: the next reward, and what one observation is worth for all steps after it. */
export function indexSolver(parameters: BanditParameters): BanditSolver {
  const { best, others, steps } = parameters;
  return {
    id: "index",
    title: "Finite-horizon index (knowledge gradient)",
    knows: "observations",
    description:
      "Pulls the arm with the largest posterior mean + (steps left - 1) x expected gain of the largest " +
      "posterior mean from one more pull (Ryzhov, Powell and Frazier 2012).",
    begin() {
      const belief = new Belief(parameters);
      const indices = new Float64Array(parameters.arms);
      return (observed, noise) => {
        belief.see(observed);
        const posterior = belief.posterior();
        const later = steps - observed.step - 1;
        for (let arm = 0; arm < indices.length; arm++) {
          const own = posterior[arm]!;
          const rival = largestBut(posterior, arm);
          // Joint weights of outcome and best arm: their maxima sum to the expected largest posterior.
          const after =
            Math.max(own * best, rival * others) + Math.max(own * (1 - best), rival * (1 - others));
          const gain = Math.max(0, after - Math.max(own, rival));
          indices[arm] = others + (best - others) * (own + later * gain);
        }
        return pickLargest(indices, noise);
      };
    },
  };
}

function tally(parameters: BanditParameters): Pick<Belief, "wins" | "losses" | "see"> {
  const belief = new Belief(parameters);
  return { wins: belief.wins, losses: belief.losses, see: (state) => belief.see(state) };
}

function largestBut(values: Float64Array, left: number): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++)
    if (i !== left && values[i]! > largest) largest = values[i]!;
  return largest;
}
