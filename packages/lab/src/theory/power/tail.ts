/** Tail bits: the older measure of optimization power, reported beside the rate. */
import type { DiscreteDistribution } from "../../core/index.ts";

/**
 * Mean over scores of -log2 Pr(S >= s) in bits, S the score of the uniformly random policy (Yudkowsky 2008,
 * "Measuring Optimization Power"). It pays for variance: chance itself does not earn zero.
 * @throws RangeError for no scores, and for a score that chance cannot reach.
 */
export function tailBits(scores: ArrayLike<number>, chance: DiscreteDistribution): number {
  if (scores.length === 0) throw new RangeError("tail bits need at least one score");
  const { values, probabilities } = chance;
  const tails = new Float64Array(values.length);
  let tail = 0;
  for (let i = values.length - 1; i >= 0; i--) {
    tail += probabilities[i]!;
    tails[i] = tail;
  }
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const at = firstAtLeast(values, score);
    const reached = tails[at] ?? 0;
    if (!(reached > 0)) throw new RangeError(`chance never reaches a score of ${score}`);
    // Sums of probabilities may exceed 1 by rounding; a score that cannot be missed earns exactly nothing.
    sum += at === 0 ? 0 : Math.max(0, -Math.log2(reached));
  }
  return sum / scores.length;
}

/** Index of the first value not below `score`, up to the rounding of sums of rewards. */
function firstAtLeast(values: Float64Array, score: number): number {
  const target = score - 1e-9 * Math.max(1, Math.abs(score));
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}
