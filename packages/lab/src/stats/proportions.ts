/** Difference of two proportions. */
import type { Interval } from "../core/index.ts";
import { clopperPearson } from "./intervals.ts";

/** Successes among tries. */
export interface Counted {
  readonly successes: number;
  readonly n: number;
}

/**
 * Interval of to - from, squares of the half-widths added on each side (Newcombe 1998, Statistics in Medicine
 * 17, 873-890, method 10, with Clopper and Pearson's intervals in the place of Wilson's: wider). Pairing is not
 * made use of.
 */
export function proportionDifference(from: Counted, to: Counted, level: number): Interval {
  const a = from.successes / from.n;
  const b = to.successes / to.n;
  const below = clopperPearson(from.successes, from.n, level);
  const above = clopperPearson(to.successes, to.n, level);
  return {
    low: b - a - Math.hypot(b - above.low, below.high - a),
    high: b - a + Math.hypot(above.high - b, a - below.low),
    level,
  };
}
