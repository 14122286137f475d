/** Area under the curve of a score that is to tell two groups apart, with an interval that holds at 0 and 1 too. */
import type { Interval } from "../core/index.ts";
import { normalQuantile } from "./distributions.ts";

export interface AreaUnderCurve {
  readonly value: number;
  readonly interval: Interval;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Pr(positive > negative) + Pr(equal) / 2 (Mann and Whitney 1947). The interval is the score type of Newcombe
 * 2006 (Statistics in Medicine 25, 559-573, method 5): the values that the estimate does not contradict under
 * Hanley and McNeil's variance (1982, Radiology 143, 29-36). DeLong's interval would be a point at 0 and 1.
 * NaN with the interval 0 to 1 when a group is empty.
 * @throws RangeError when `level` is not strictly between 0 and 1.
 */
export function areaUnderCurve(
  positives: readonly number[],
  negatives: readonly number[],
  level: number,
): AreaUnderCurve {
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${level}`);
  const sizes = { positives: positives.length, negatives: negatives.length };
  if (positives.length === 0 || negatives.length === 0)
    return { value: Number.NaN, interval: { low: 0, high: 1, level }, ...sizes };
  let wins = 0;
  for (const p of positives) for (const n of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0;
  const value = wins / (positives.length * negatives.length);
  return { value, interval: areaInterval(value, sizes, level), ...sizes };
}

/** Variance of the area in groups of these sizes when its true value is `area`, up to method 5's common size. */
export function areaVariance(
  area: number,
  { positives, negatives }: { readonly positives: number; readonly negatives: number },
): number {
  const common = (positives + negatives) / 2 - 1;
  const spread = 1 + common * ((1 - area) / (2 - area) + area / (1 + area));
  return (area * (1 - area) * spread) / (positives * negatives);
}

function areaInterval(
  value: number,
  sizes: { readonly positives: number; readonly negatives: number },
  level: number,
): Interval {
  const z = normalQuantile(1 - (1 - level) / 2);
  const contradicted = (area: number) => (area - value) ** 2 > z * z * areaVariance(area, sizes);
  // Between the estimate and the far end the distance outgrows the deviation once: bisect for the place.
  const end = (far: number) => {
    if (value === far) return far;
    let [inside, outside] = [value, far];
    for (let i = 0; i < 60; i++) {
      const middle = (inside + outside) / 2;
      if (contradicted(middle)) outside = middle;
      else inside = middle;
    }
    return inside;
  };
  return { low: end(0), high: end(1), level };
}
