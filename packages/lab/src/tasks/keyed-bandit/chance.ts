/** Total reward of the uniformly random policy on a keyed bandit, exactly. */
import type { DiscreteDistribution } from "../../core/index.ts";
import type { BanditParameters } from "./parameters.ts";

/**
 * Every step pays with the same probability r = (p + (A - 1) q) / A, whatever came before, so the total is
 * binomial. Built by adding one step at a time: exact at r = 0 and 1, and no factorial overflows.
 */
export function banditChance({
  arms,
  steps,
  best,
  others,
}: BanditParameters): DiscreteDistribution {
  const pays = (best + (arms - 1) * others) / arms;
  const probabilities = new Float64Array(steps + 1);
  probabilities[0] = 1;
  for (let step = 1; step <= steps; step++)
    for (let total = step; total >= 0; total--)
      probabilities[total] =
        probabilities[total]! * (1 - pays) + (total > 0 ? probabilities[total - 1]! * pays : 0);
  return { values: Float64Array.from(probabilities, (_, total) => total), probabilities };
}
