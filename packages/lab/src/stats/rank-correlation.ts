/** Spearman's rank correlation, with an interval. */
import type { Interval } from "../core/index.ts";
import { normalQuantile } from "./distributions.ts";
import { mean } from "./moments.ts";

/** Ranks from 1; equal values share the mean of theirs. */
export function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const out = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]!] === values[order[first]!]) last++;
    for (let i = first; i <= last; i++) out[order[i]!] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return out;
}

/**
 * Correlation of ranks (Spearman 1904); NaN where one side never varies. The interval is Fisher's z with the variance
 * 1.06 / (n - 3) of Fieller, Hartley and Pearson 1957 (Biometrika 44, 470-481); -1 to 1 for fewer than four pairs.
 * @throws RangeError for sides of different lengths or a level not strictly between 0 and 1.
 */
export function rankCorrelation(
  x: readonly number[],
  y: readonly number[],
  level: number,
): { readonly value: number; readonly interval: Interval } {
  if (x.length !== y.length)
    throw new RangeError(`${x.length} and ${y.length} values do not make pairs`);
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${level}`);
  const [a, b] = [ranks(x), ranks(y)];
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((rank, i) => {
    ab += (rank - ma) * (b[i]! - mb);
    aa += (rank - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  });
  const value = ab / Math.sqrt(aa * bb);
  if (x.length < 4 || Number.isNaN(value)) return { value, interval: { low: -1, high: 1, level } };
  const z = Math.atanh(Math.min(1 - 1e-12, Math.max(-1 + 1e-12, value)));
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(1.06 / (x.length - 3));
  const [low, high] = [Math.tanh(z - half), Math.tanh(z + half)];
  return { value, interval: { low: Math.min(low, value), high: Math.max(high, value), level } };
}
