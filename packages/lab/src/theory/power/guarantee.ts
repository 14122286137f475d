/** What a level of performance takes at the least, when bits are halvings of the space of policies (the paper, section 2.1). */
import type { DiscreteDistribution } from "../../core/index.ts";
import { tailBits } from "./tail.ts";

/**
 * Worst case: bits after which every policy that is left scores `level` or more, -log2 Pr(S >= level).
 * @throws RangeError for a level that chance never reaches.
 */
export function worstCaseBits(level: number, chance: DiscreteDistribution): number {
  return tailBits([level], chance);
}

/**
 * Average case: bits after which the policies that are left can score `level` in the mean, that is -log2 of
 * the largest share of best policies whose mean is `level`; 0 at the mean of chance and below. It lies between
 * the rate (which need not keep a set of policies whole) and the worst case.
 * @throws RangeError for a level that chance never reaches.
 */
export function averageCaseBits(
  level: number,
  { values, probabilities }: DiscreteDistribution,
): number {
  let share = 0;
  // What the share so far exceeds the level by, summed; the share grows until nothing is left of it.
  let excess = 0;
  for (let i = values.length - 1; i >= 0; i--) {
    const short = level - values[i]!;
    const probability = probabilities[i]!;
    if (short > 0 && short * probability >= excess) {
      const part = excess / short;
      if (share + part === 0) break;
      return Math.max(0, -Math.log2(share + part));
    }
    share += probability;
    excess -= short * probability;
  }
  if (share === 0) throw new RangeError(`chance never reaches a score of ${level}`);
  return 0;
}
