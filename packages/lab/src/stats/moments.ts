/** Means, variances and quantiles of small samples. */

/**
 * Arithmetic mean; NaN for no values. Equal values give exactly that value, and so a variance of exactly
 * zero: a learner that cannot vary over seeds must not seem to.
 */
export function mean(values: readonly number[]): number {
  const first = values[0];
  if (first === undefined) return Number.NaN;
  let sum = 0;
  for (const value of values) sum += value - first;
  return first + sum / values.length;
}

/** Unbiased sample variance (divisor n - 1); NaN for fewer than two values. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return squares / (values.length - 1);
}

/**
 * Sample quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, the
 * default of R and NumPy); NaN for no values.
 * @throws RangeError when `p` is not within 0 to 1.
 */
export function quantile(values: readonly number[], p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile is asked for within 0 to 1, not ${p}`);
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return position === below ? low : low + (position - below) * (high - low);
}
