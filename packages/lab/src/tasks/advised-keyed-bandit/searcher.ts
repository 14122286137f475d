/** The searcher that is built in, and the policy that does as it says. */
import type { Solver } from "../../core/index.ts";
import type { BanditInstance } from "../keyed-bandit/index.ts";
import type { AdvisedBanditParameters } from "./parameters.ts";
import type { AdvisedBanditState } from "./state.ts";

/**
 * Exhaustive trial: the arm that paid, else the next arm that was not tried, in order from the one pulled last. Unlike the
 * plain bandit's solver it remembers, so that it is right whatever the learner pulled.
 */
export function sought(
  arms: number,
  { action, tried, found }: Pick<AdvisedBanditState, "action" | "tried" | "found">,
): number {
  if (found >= 0) return found;
  for (let next = action + 1; next < action + arms; next++)
    if (((tried >> (next % arms)) & 1) === 0) return next % arms;
  // All were tried and none paid: the rewards that were shown are another instance's.
  return (action + 1) % arms;
}

export function obedientSolver({
  arms,
}: AdvisedBanditParameters): Solver<BanditInstance, AdvisedBanditState> {
  return {
    id: "obedient",
    title: "Does as it is told",
    knows: "observations",
    description:
      "Pulls the arm that is advised, and a random one where none is; it looks at nothing else.",
    begin:
      () =>
      ({ advice }, noise) =>
        advice >= 0 ? advice : Math.floor(noise * arms),
  };
}
