/** Intervals for means over seeds and for counts (MEASURES: "Statistics"). */
import type { Interval } from "../core/index.ts";
import { contrastInterval, meanContrast, welchContrast } from "./contrast.ts";
import { betaQuantile } from "./distributions.ts";

/**
 * One-sample t interval of the mean, in the unit of the values (Student 1908). Fewer than two values give
 * the whole line, equal values a point.
 * @throws RangeError when `level` is not strictly between 0 and 1.
 */
export function meanInterval(values: readonly number[], level: number): Interval {
  return contrastInterval(meanContrast(values), level);
}

/**
 * Interval of mean(to) - mean(from), in the unit of the values, variances unequal (Welch 1947). Fewer than
 * two values on either side give the whole line.
 * @throws RangeError when `level` is not strictly between 0 and 1.
 */
export function welchInterval(
  from: readonly number[],
  to: readonly number[],
  level: number,
): Interval {
  return contrastInterval(welchContrast(from, to), level);
}

/**
 * Exact binomial interval of a proportion (Clopper and Pearson 1934); 0 to 1 when nothing was tried.
 * @throws RangeError for counts that are not whole numbers with 0 <= successes <= n, or a level not in (0, 1).
 */
export function clopperPearson(successes: number, n: number, level: number): Interval {
  if (!Number.isInteger(successes) || !Number.isInteger(n) || successes < 0 || successes > n)
    throw new RangeError(`successes are a whole number from 0 to n, not ${successes} of ${n}`);
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${level}`);
  const tail = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
    high: successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
    level,
  };
}
