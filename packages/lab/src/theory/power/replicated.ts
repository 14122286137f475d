/** Optimization power from independent replicates of an estimated chance, with distribution-free intervals. */
import type { DiscreteDistribution, Interval } from "../../core/index.ts";
import { split } from "../../core/index.ts";
import { enumeratedChance } from "./distribution.ts";
import type { EstimatedBits } from "./estimate.ts";
import { rateBits } from "./rate.ts";
import { type NoiseScore, type SplittingOptions, splitChance } from "./splitting.ts";
import { tailBits } from "./tail.ts";

/** Independent estimates of the same distribution. */
export interface ReplicatedChance {
  readonly replicates: readonly DiscreteDistribution[];
  /** Their mean. */
  readonly pooled: DiscreteDistribution;
}

/**
 * Splits so many times independently; 12 unless stated, enough for intervals of 95% and 99%.
 * @throws RangeError for fewer than two replicates.
 */
export function replicatedChance(
  problem: NoiseScore,
  options: SplittingOptions & { readonly replicates?: number },
): ReplicatedChance {
  const { replicates: count = 12 } = options;
  if (!(count >= 2)) throw new RangeError(`two replicates are needed at least, not ${count}`);
  const replicates = Array.from({ length: count }, (_, i) =>
    splitChance(problem, { ...options, key: split(options.key, "replicate", i) }),
  );
  const outcomes = replicates.flatMap(({ values, probabilities }) =>
    Array.from(values, (value, i) => ({ value, probability: probabilities[i]! / count })),
  );
  return { replicates, pooled: enumeratedChance(outcomes) };
}

/**
 * Signed rate bits of a mean score against a replicated chance.
 * @throws RangeError when the level asks for more replicates than there are.
 */
export function rateBitsReplicated(
  total: number,
  chance: ReplicatedChance,
  level: number,
): EstimatedBits {
  return summarize(chance, level, (distribution) => {
    const [lowest, highest] = [distribution.values[0]!, distribution.values.at(-1)!];
    const bits = rateBits(Math.min(Math.max(total, lowest), highest), distribution);
    return { bits, beyond: Math.sign(Number(total > highest) - Number(total < lowest)) };
  });
}

/**
 * -log2 Pr(S >= score) against a replicated chance; a score beyond all that was reached has a lower bound only,
 * never a probability of zero.
 * @throws RangeError when the level asks for more replicates than there are.
 */
export function tailBitsReplicated(
  score: number,
  chance: ReplicatedChance,
  level: number,
): EstimatedBits {
  return summarize(chance, level, (distribution) => {
    const highest = distribution.values.at(-1)!;
    const bits = tailBits([Math.min(score, highest)], distribution);
    return { bits, beyond: Number(score > highest) };
  });
}

/** Value from the pooled distribution; interval between order statistics of the replicates. */
function summarize(
  { replicates, pooled }: ReplicatedChance,
  level: number,
  measure: (chance: DiscreteDistribution) => { bits: number; beyond: number },
): EstimatedBits {
  const values = replicates.map((replicate) => {
    const { bits, beyond } = measure(replicate);
    return beyond === 0 ? bits : beyond * Number.POSITIVE_INFINITY;
  });
  const { bits, beyond } = measure(pooled);
  return { bits, interval: medianInterval(values, level), censored: beyond !== 0 };
}

/**
 * Interval for the median of a distribution from independent draws: the narrowest pair of order statistics,
 * equally far from both ends, that holds it with the stated probability whatever the distribution (binomial).
 * @throws RangeError when the draws are too few for the level or the level is not in (0, 1).
 */
export function medianInterval(draws: readonly number[], level: number): Interval {
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${level}`);
  const n = draws.length;
  const sorted = [...draws].sort((a, b) => a - b);
  let term = 2 ** -n;
  let tail = term;
  let rank = 0;
  while (2 * tail <= 1 - level && rank < n / 2) {
    rank++;
    term *= (n - rank + 1) / rank;
    tail += term;
  }
  if (rank === 0)
    throw new RangeError(`${n} replicates are too few for an interval at level ${level}`);
  return { low: sorted[rank - 1]!, high: sorted[n - rank]!, level };
}
