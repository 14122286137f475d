/** An estimated effect with its standard error: what t intervals and Holm's procedure both work on. */
import type { Interval } from "../core/index.ts";
import { studentQuantile, studentTails } from "./distributions.ts";
import { mean, variance } from "./moments.ts";

/** An effect estimated with a standard error on so many degrees of freedom; no data: `standardError` is infinite. */
export interface Contrast {
  readonly estimate: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/** The mean of one sample. */
export function meanContrast(values: readonly number[]): Contrast {
  const n = values.length;
  const estimate = mean(values);
  if (n < 2) return { estimate, standardError: Number.POSITIVE_INFINITY, degreesOfFreedom: 0 };
  return { estimate, standardError: Math.sqrt(variance(values) / n), degreesOfFreedom: n - 1 };
}

/** The difference of two means, `to` minus `from`, with unequal variances (Welch 1947). */
export function welchContrast(from: readonly number[], to: readonly number[]): Contrast {
  const estimate = mean(to) - mean(from);
  if (from.length < 2 || to.length < 2)
    return { estimate, standardError: Number.POSITIVE_INFINITY, degreesOfFreedom: 0 };
  const a = variance(from) / from.length;
  const b = variance(to) / to.length;
  // The shares keep the squares from underflowing; without any variance the degrees of freedom do not matter.
  const share = a + b > 0 ? a / (a + b) : 0;
  return {
    estimate,
    standardError: Math.sqrt(a + b),
    degreesOfFreedom: 1 / (share ** 2 / (from.length - 1) + (1 - share) ** 2 / (to.length - 1)),
  };
}

/**
 * The t interval of a contrast: the whole line where there are too few values, a point where nothing varies.
 * @throws RangeError when the level is not strictly between 0 and 1.
 */
export function contrastInterval(contrast: Contrast, level: number): Interval {
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${level}`);
  const { estimate, standardError, degreesOfFreedom } = contrast;
  if (standardError === Number.POSITIVE_INFINITY)
    return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, level };
  if (standardError === 0) return { low: estimate, high: estimate, level };
  const half = studentQuantile(1 - (1 - level) / 2, degreesOfFreedom) * standardError;
  return { low: estimate - half, high: estimate + half, level };
}

/**
 * The largest level 1 - alpha whose interval stays within `distance` of the estimate, as that alpha: the
 * p-value of the hypothesis that the truth lies at least so far off.
 */
export function alphaWithin(contrast: Contrast, distance: number): number {
  if (contrast.standardError === Number.POSITIVE_INFINITY) return 1;
  if (contrast.standardError === 0) return 0;
  return studentTails(distance / contrast.standardError, contrast.degreesOfFreedom);
}
