/** How often functions come up, and how complex they are. */
import type { Random } from "../../core/index.ts";
import { lempelZivComplexity } from "../../theory/index.ts";
import { rows } from "./networks.ts";

/** A truth table as text of 8 characters, 16 rows each. */
export function packed(table: Uint8Array): string {
  const words = [];
  for (let start = 0; start < rows; start += 16) {
    let word = 0;
    for (let i = 0; i < 16; i++) word = (word << 1) | table[start + i]!;
    words.push(word);
  }
  return String.fromCharCode(...words);
}

/** The table that `packed` told. */
export function unpacked(text: string): Uint8Array {
  const table = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) table[i] = (text.charCodeAt(i >> 4) >> (15 - (i & 15))) & 1;
  return table;
}

/** The complexity of a table less that of its entries in random order, negated: how much simpler it is than its balance. */
export function simplerThanShuffled(table: Uint8Array, random: Random): number {
  const shuffled = random.shuffle([...table]);
  return lempelZivComplexity(shuffled) - lempelZivComplexity(table);
}

/** A complexity and the logarithm of the probability of one function. */
export interface Occurrence {
  /** Lempel-Ziv complexity, bits. */
  readonly complexity: number;
  /** log2 of the share of samples. */
  readonly logProbability: number;
}

/** Functions that came up at least `least` times, the most frequent first. */
export function occurrences(
  counts: ReadonlyMap<string, number>,
  samples: number,
  least: number,
): Occurrence[] {
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort((a, b) => b[1] - a[1])
    .map(([text, count]) => ({
      complexity: lempelZivComplexity(unpacked(text)),
      logProbability: Math.log2(count / samples),
    }));
}

/**
 * Slope of the upper bound: a straight line by least squares through the most probable function of each complexity.
 * @returns log2 of probability per bit of complexity; NaN where fewer than three complexities came up.
 */
export function boundSlope(found: readonly Occurrence[]): number {
  const highest = new Map<number, number>();
  for (const { complexity, logProbability } of found)
    highest.set(complexity, Math.max(highest.get(complexity) ?? -Infinity, logProbability));
  if (highest.size < 3) return Number.NaN;
  const points = [...highest];
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  const x = mean(points.map(([at]) => at));
  const y = mean(points.map(([, value]) => value));
  const covariance = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return covariance / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}
