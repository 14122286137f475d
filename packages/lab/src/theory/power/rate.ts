/** Rate bits: how many halvings a mean score is worth, over the uniformly random policy (MEASURES, primary measure). */
import type { DiscreteDistribution, Interval } from "../../core/index.ts";
import { normalQuantile } from "../normal.ts";

/**
 * Signed rate I(J) = sup_l [l J - log2 E 2^(l S)] in bits (Cramer 1938): zero when J is the mean of chance,
 * positive above it, negative below it, -log2 Pr(S = max) at the largest possible score.
 *
 * `total` is a mean score over instances in the unit of the distribution's values. It must not be averaged
 * after this function: the mean of rates of single outcomes pays for variance.
 * @throws RangeError when `total` lies outside the support of `chance` (by more than rounding), where the rate
 * is infinite, or when `chance` is not a distribution.
 */
export function rateBits(total: number, chance: DiscreteDistribution): number {
  const { values, logs } = support(chance);
  const lowest = values[0]!;
  const highest = values.at(-1)!;
  const slack = 1e-9 * Math.max(highest - lowest, Math.abs(highest), Math.abs(lowest));
  if (!(total >= lowest - slack && total <= highest + slack))
    throw new RangeError(
      `a mean score of ${total} lies outside ${lowest} to ${highest}, the scores that chance can reach`,
    );
  if (lowest === highest) return 0;
  if (total >= highest) return -logs.at(-1)! / Math.LN2;
  if (total <= lowest) return logs[0]! / Math.LN2;
  const average = tilted(values, logs, 0, 0).mean;
  if (total === average) return 0;
  const tilt = solveTilt(values, logs, total);
  // Centred at the total: l J - log E e^(l S) = -log E e^(l (S - J)).
  const rate = Math.max(0, -tilted(values, logs, tilt, total).logMoment / Math.LN2);
  return total > average ? rate : -rate;
}

/**
 * The interval of a mean score carried over to rate bits, ends cut to the support: the rate is increasing in
 * the mean, so coverage is kept.
 * @throws RangeError when the interval lies wholly outside the support of `chance`.
 */
export function rateBitsOver(interval: Interval, chance: DiscreteDistribution): Interval {
  const { values } = support(chance);
  const [lowest, highest] = [values[0]!, values.at(-1)!];
  if (interval.low > highest || interval.high < lowest)
    throw new RangeError(
      `an interval from ${interval.low} to ${interval.high} lies outside ${lowest} to ${highest}, the scores that chance can reach`,
    );
  return {
    low: rateBits(Math.max(interval.low, lowest), chance),
    high: rateBits(Math.min(interval.high, highest), chance),
    level: interval.level,
  };
}

/**
 * Interval in rate bits for a mean over many episodes, by the normal approximation of the mean score. For few
 * values make a t interval of the mean and use `rateBitsOver`.
 * @throws RangeError when the level is not in (0, 1) or the interval lies outside the support.
 */
export function rateBitsInterval(
  score: { readonly mean: number; readonly standardError: number },
  chance: DiscreteDistribution,
  level: number,
): Interval {
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${level}`);
  const half = normalQuantile((1 + level) / 2) * score.standardError;
  return rateBitsOver({ low: score.mean - half, high: score.mean + half, level }, chance);
}

/**
 * The tilt l, in natural units, under which the mean score is `total`: where the rate's supremum is attained.
 * `total` must lie strictly inside the support.
 */
export function solvedTilt(total: number, chance: DiscreteDistribution): number {
  const { values, logs } = support(chance);
  return solveTilt(values, logs, total);
}

/** Values that have positive probability, with natural logarithms of their probabilities. */
function support(chance: DiscreteDistribution): { values: Float64Array; logs: Float64Array } {
  let sum = 0;
  for (const probability of chance.probabilities) sum += probability;
  if (!(Math.abs(sum - 1) < 1e-9))
    throw new RangeError(`the probabilities of chance sum to ${sum}, not to 1`);
  const kept = (_: number, i: number) => chance.probabilities[i]! > 0;
  return {
    values: chance.values.filter(kept),
    logs: chance.probabilities.filter(kept).map(Math.log),
  };
}

/** Mean and variance under the distribution tilted by e^(tilt S), and log E e^(tilt (S - centre)). */
function tilted(values: Float64Array, logs: Float64Array, tilt: number, centre: number) {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++)
    top = Math.max(top, logs[i]! + tilt * (values[i]! - centre));
  let sum = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - centre;
    const weight = Math.exp(logs[i]! + tilt * deviation - top);
    sum += weight;
    first += weight * deviation;
    second += weight * deviation * deviation;
  }
  const shift = first / sum;
  return {
    mean: centre + shift,
    shift,
    variance: second / sum - shift * shift,
    logMoment: top + Math.log(sum),
  };
}

/** The tilt under which the mean is `total`: Newton's method kept within a bracket. */
function solveTilt(values: Float64Array, logs: Float64Array, total: number): number {
  const spread = values.at(-1)! - values[0]!;
  let low = -1 / spread;
  let high = 1 / spread;
  // Strictly inside the support these end: a large enough tilt puts all weight on the extreme value.
  while (tilted(values, logs, high, total).shift < 0) high *= 2;
  while (tilted(values, logs, low, total).shift > 0) low *= 2;
  let tilt = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const { shift, variance } = tilted(values, logs, tilt, total);
    if (shift === 0) return tilt;
    if (shift > 0) high = tilt;
    else low = tilt;
    const newton = tilt - shift / variance;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    // The rate is flat in the tilt here, so that its error is the square of this one.
    if (Math.abs(next - tilt) <= 1e-11 * Math.abs(next)) return next;
    tilt = next;
  }
  return tilt;
}
