/** The best known policy on a new keyed bandit, and what it earns. */
import { keyOf, Random, split } from "../../core/index.ts";
import { playOnce } from "../play.ts";
import { sampleBandit } from "./instance.ts";
import type { BanditParameters } from "./parameters.ts";
import { bayesSolver, planOf } from "./planner.ts";
import { banditRules } from "./rules.ts";
import {
  type BanditSolver,
  greedySolver,
  indexSolver,
  oracleSolver,
  randomSolver,
  thompsonSolver,
  trialSolver,
  ucbSolver,
} from "./solvers.ts";

/** All solvers; the Bayes-optimal one where its table is feasible. */
export function banditSolvers(parameters: BanditParameters): readonly BanditSolver[] {
  const plan = planOf(parameters);
  return [
    randomSolver(parameters),
    oracleSolver(),
    trialSolver(parameters),
    greedySolver(parameters),
    thompsonSolver(parameters),
    ucbSolver(parameters),
    indexSolver(parameters),
    ...(plan ? [bayesSolver(parameters, plan)] : []),
  ];
}

/** Expected total reward of exhaustive trial when p = 1 and q = 0: the arm tried at step j pays T - j. */
export function trialReward({ arms, steps }: Pick<BanditParameters, "arms" | "steps">): number {
  const tried = Math.min(arms, steps);
  return (tried * steps - (tried * (tried - 1)) / 2) / arms;
}

/** What `reference` of the contract says. */
export interface BanditReference {
  readonly solver: string;
  readonly expected: number;
  readonly exact: boolean;
}

const simulated = new Map<string, BanditReference>();

/**
 * Exhaustive trial where one reward tells all, else the Bayes-optimal policy, else (`exact: false`) the best
 * of Thompson sampling, UCB1 and the finite-horizon index in a simulation with a fixed key.
 */
export function banditReference(parameters: BanditParameters): BanditReference {
  const { arms, steps, best, others } = parameters;
  if (best === 1 && others === 0)
    return { solver: "trial", expected: trialReward(parameters), exact: true };
  const plan = planOf(parameters);
  if (plan) return { solver: "bayes", expected: plan.expected, exact: true };
  const name = `${arms} ${steps} ${best} ${others}`;
  let reference = simulated.get(name);
  if (!reference) {
    reference = bestOf(parameters, [
      thompsonSolver(parameters),
      ucbSolver(parameters),
      indexSolver(parameters),
    ]);
    simulated.set(name, reference);
  }
  return reference;
}

function bestOf(
  parameters: BanditParameters,
  candidates: readonly BanditSolver[],
): BanditReference {
  const results = candidates.map((solver) => ({
    solver: solver.id,
    expected: simulatedMean(parameters, solver),
    exact: false,
  }));
  return results.reduce((a, b) => (b.expected > a.expected ? b : a));
}

/** Mean total reward over so many episodes that it takes about a fifth of a second. */
function simulatedMean(parameters: BanditParameters, solver: BanditSolver): number {
  const rules = banditRules(parameters);
  const random = new Random(split(keyOf(0), "keyed-bandit", "reference"));
  const pulls = parameters.steps * parameters.arms;
  const episodes = Math.min(20_000, Math.max(500, Math.round(4e6 / pulls)));
  let total = 0;
  for (let episode = 0; episode < episodes; episode++)
    total += playOnce(rules, solver, sampleBandit(parameters, random), random);
  return total / episodes;
}
