/** Rate bits from a plain sample of chance: good near the mean of chance, and honest where it is not. */
import type { DiscreteDistribution } from "../../core/index.ts";
import { normalQuantile } from "../normal.ts";
import { enumeratedChance } from "./distribution.ts";
import type { EstimatedBits } from "./estimate.ts";
import { rateBits, solvedTilt } from "./rate.ts";

/** Fewest equally weighted scores that a tilted sample must be worth to be believed. */
const fewestEffective = 100;

/**
 * Signed rate bits of a mean score, chance being known by `scores` of the uniformly random policy.
 *
 * The rate rests on the sample tilted until its mean is `total`. Where that is worth fewer than 100 equally
 * weighted scores, `bits` is the rate of the farthest mean score that is worth as many, the interval is open
 * beyond it, and the estimate is censored: use splitting there. The interval is the delta method's, the
 * variance of log2 E 2^(l S) at the tilt l being that of the mean of 2^(l S), with the second-order term that
 * remains at the mean of chance.
 * @throws RangeError for fewer than two scores or a level that is not strictly between 0 and 1.
 */
export function rateBitsSampled(
  total: number,
  scores: readonly number[],
  level: number,
): EstimatedBits {
  const n = scores.length;
  if (n < 2) throw new RangeError(`a sample of chance needs two scores, not ${n}`);
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${level}`);
  const sample = enumeratedChance(scores.map((value) => ({ value, probability: 1 / n })));
  const centre = scores.reduce((sum, score) => sum + score / n, 0);
  const censored = effective(total, sample, n) < fewestEffective;
  const believed = censored ? farthest(centre, total, sample, n) : total;
  const bits = rateBits(believed, sample);
  const z = normalQuantile((1 + level) / 2);
  // Var(mean w) / (mean w)^2 = 1 / effective - 1 / n for the weights w of the tilted sample.
  const variance = Math.max(0, 1 / effective(believed, sample, n) - 1 / n);
  const half = (z * Math.sqrt(variance) + (z * z) / (2 * n)) / Math.LN2;
  const open = censored ? Number.POSITIVE_INFINITY : 0;
  return {
    bits,
    interval: {
      low: bits - half - (total < centre ? open : 0),
      high: bits + half + (total < centre ? 0 : open),
      level,
    },
    censored,
  };
}

/** Equally weighted scores that the sample, tilted to a mean of `total`, is worth; 0 where it cannot be tilted so far. */
function effective(total: number, sample: DiscreteDistribution, n: number): number {
  const { values, probabilities } = sample;
  if (values.length === 1) return total === values[0] ? n : 0;
  if (!(total > values[0]! && total < values.at(-1)!)) return 0;
  const tilt = solvedTilt(total, sample);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = Math.exp(tilt * (values[i]! - total));
    sum += probabilities[i]! * weight;
    squares += probabilities[i]! * weight * weight;
  }
  return (n * sum * sum) / squares;
}

/** The mean score farthest from the centre, on the way to `total`, at which the sample is believed. */
function farthest(centre: number, total: number, sample: DiscreteDistribution, n: number): number {
  let [near, far] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (near + far) / 2;
    if (effective(centre + middle * (total - centre), sample, n) >= fewestEffective) near = middle;
    else far = middle;
  }
  return centre + near * (total - centre);
}
