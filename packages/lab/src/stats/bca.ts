/** The bias-corrected and accelerated bootstrap (Efron 1987, "Better bootstrap confidence intervals"). */
import type { Interval, Random } from "../core/index.ts";
import { normalCdf, normalQuantile } from "./distributions.ts";
import { mean, quantile } from "./moments.ts";

/** Fewest values that `bcaInterval` takes: below, it covers far less than it claims. */
export const bcaMinimum = 20;

/**
 * BCa interval of a statistic of one sample, in the statistic's unit. `random` is consumed:
 * `resamples` times n draws.
 * @throws RangeError for fewer than 20 values (over 5 seeds it covers 88% where 95% is claimed: use a t
 * interval), or a level that is not strictly between 0 and 1.
 */
export function bcaInterval(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
  level: number,
  random: Random,
  resamples = 2000,
): Interval {
  const n = values.length;
  if (n < bcaMinimum)
    throw new RangeError(
      `a BCa interval needs at least ${bcaMinimum} values, not ${n}; use a t interval`,
    );
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${level}`);
  const estimate = statistic(values);
  const replicates = Array.from({ length: resamples }, () =>
    statistic(Array.from({ length: n }, () => values[random.integer(n)]!)),
  );
  const bias = medianBias(replicates, estimate);
  const acceleration = jackknifeAcceleration(values, statistic);
  const corrected = (p: number) => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  const tail = (1 - level) / 2;
  return {
    low: quantile(replicates, corrected(tail)),
    high: quantile(replicates, corrected(1 - tail)),
    level,
  };
}

/** z0: how far the replicates' median lies from the estimate; replicates equal to it count half. */
function medianBias(replicates: readonly number[], estimate: number): number {
  let below = 0;
  for (const value of replicates) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  const count = replicates.length;
  // All replicates on one side still leave room for half of one on the other: the correction stays finite.
  return normalQuantile(Math.min(Math.max(below, 0.5), count - 0.5) / count);
}

/** a: a sixth of the skewness of the leave-one-out statistics; 0 where they do not vary. */
function jackknifeAcceleration(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
): number {
  const left = values.map((_, i) => statistic([...values.slice(0, i), ...values.slice(i + 1)]));
  const centre = mean(left);
  let squares = 0;
  let cubes = 0;
  for (const value of left) {
    squares += (centre - value) ** 2;
    cubes += (centre - value) ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
