/** The diversity at which a measure crosses a stated level (MEASURES: "Thresholds in N"). */
import type { Interval, Random } from "../core/index.ts";
import {
  type LogisticFit,
  logisticCrossing,
  logisticFitter,
  logisticValue,
  type WeightedPoint,
} from "./logistic.ts";
import { quantile } from "./moments.ts";

/** One seed's value at one diversity. */
export interface DiversityPoint {
  /** log2 of the number of distinct instances; `fresh` stands at the number of instances seen. */
  readonly log2N: number;
  readonly value: number;
  readonly seed: number;
}

/** Where a measure crosses a level, or on which side of the measured range it does. */
export interface ThresholdEstimate {
  /** log2 of the diversity at the crossing; absent where the fitted curve does not cross within the range. */
  readonly log2N?: number;
  /**
   * Percentile interval in log2 N over resampled seeds; absent with `log2N` and for a single seed. A resample
   * that does not cross counts at the end of the range beyond which its crossing lies, so an end of the
   * interval that is an end of the range means "there or beyond". Where the whole rise falls between two
   * neighbouring places, the interval spans them and `log2N` is their middle, since nothing says where in between.
   */
  readonly interval?: Interval;
  /** `below`: past the level already at the smallest N; `above`: not yet at the largest. */
  readonly censored: "none" | "below" | "above";
  /** Share of resamples that do not cross within the range; for a single seed 0 or 1. */
  readonly censoredShare: number;
  /** The curve in log2 N; absent when there are no points. */
  readonly fit?: LogisticFit;
}

/** How the interval of a threshold is made. */
export interface ThresholdOptions {
  /** Coverage of the interval, e.g. 0.95. */
  readonly level: number;
  /** Consumed: `resamples` times the number of seeds. */
  readonly random: Random;
  /** Bootstrap resamples of whole seeds, e.g. 2000. */
  readonly resamples: number;
  /** The way in which the measure is taken to cross the level as N grows; `rises` unless stated. */
  readonly direction?: "rises" | "falls";
}

/**
 * Fits a four-parameter logistic in log2 N, monotone in the stated direction, finds where it crosses `level`
 * (in the unit of the values), and resamples seeds for an interval.
 * @throws RangeError when the level of the interval is not strictly between 0 and 1.
 */
export function logisticThreshold(
  points: readonly DiversityPoint[],
  level: number,
  options: ThresholdOptions,
): ThresholdEstimate {
  const { random, resamples, direction = "rises" } = options;
  if (!(options.level > 0 && options.level < 1))
    throw new RangeError(`a level lies strictly between 0 and 1, not ${options.level}`);
  if (points.length === 0) return { censored: "above", censoredShare: 1 };
  const xs = points.map((point) => point.log2N);
  const range = { low: Math.min(...xs), high: Math.max(...xs), direction };
  const fitTo = logisticFitter(xs, direction);
  const seeds = [...new Set(points.map((point) => point.seed))].map((seed) =>
    points.filter((point) => point.seed === seed),
  );
  const pooled = pool(seeds);
  const fit = fitTo(pooled);
  const located = locate(fit, level, range);
  const { censored } = located;
  const gap = censored === "none" ? unresolvedGap(pooled, located.log2N) : undefined;
  const log2N = gap ? (gap.low + gap.high) / 2 : located.log2N;
  const estimate = { censored, fit, ...(censored === "none" ? { log2N } : {}) };
  if (seeds.length < 2 || resamples < 1)
    return { ...estimate, censoredShare: censored === "none" ? 0 : 1 };

  const replicates = Array.from({ length: resamples }, () => {
    const drawn = seeds.map(() => seeds[random.integer(seeds.length)]!);
    return locate(fitTo(pool(drawn)), level, range);
  });
  const crossings = replicates.map((replicate) => replicate.log2N);
  const tail = (1 - options.level) / 2;
  const interval = {
    low: Math.min(quantile(crossings, tail), gap?.low ?? Number.POSITIVE_INFINITY),
    high: Math.max(quantile(crossings, 1 - tail), gap?.high ?? Number.NEGATIVE_INFINITY),
    level: options.level,
  };
  return {
    ...estimate,
    censoredShare:
      replicates.filter((replicate) => replicate.censored !== "none").length / resamples,
    ...(censored === "none" ? { interval } : {}),
  };
}

/** Means of the seeds' values at each place; a seed drawn twice counts twice. */
function pool(seeds: readonly (readonly DiversityPoint[])[]): WeightedPoint[] {
  const sums = new Map<number, { sum: number; weight: number }>();
  for (const points of seeds)
    for (const { log2N, value } of points) {
      const { sum, weight } = sums.get(log2N) ?? { sum: 0, weight: 0 };
      sums.set(log2N, { sum: sum + value, weight: weight + 1 });
    }
  return [...sums].map(([x, { sum, weight }]) => ({ x, value: sum / weight, weight }));
}

/** Share of the range of means below which a level counts as not yet, and above 1 minus which as fully, risen. */
const flat = 0.1;

/**
 * The gap between the two measured places around a crossing, where the whole rise falls between them: then
 * nothing measured says where in the gap it is, however sure the fit looks.
 */
function unresolvedGap(
  pooled: readonly WeightedPoint[],
  crossing: number,
): { readonly low: number; readonly high: number } | undefined {
  const sorted = [...pooled].sort((a, b) => a.x - b.x);
  const next = sorted.findIndex(({ x }) => x >= crossing);
  const [before, after] = [sorted[next - 1], sorted[next]];
  if (!before || !after) return undefined;
  const values = sorted.map(({ value }) => value);
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const onSlope = ({ value }: WeightedPoint) => {
    const share = (value - least) / (greatest - least);
    return share > flat && share < 1 - flat;
  };
  return onSlope(before) || onSlope(after) ? undefined : { low: before.x, high: after.x };
}

/** The crossing within the range, or the end of the range beyond which it lies. */
function locate(
  fit: LogisticFit,
  level: number,
  range: { readonly low: number; readonly high: number; readonly direction: "rises" | "falls" },
): { log2N: number; censored: "none" | "below" | "above" } {
  const crossing = logisticCrossing(fit, level);
  if (crossing !== undefined && crossing >= range.low && crossing <= range.high)
    return { log2N: crossing, censored: "none" };
  // A monotone curve that does not cross lies on one side of the level throughout the range.
  const start = logisticValue(fit, range.low);
  const past = range.direction === "rises" ? start >= level : start <= level;
  return past ? { log2N: range.low, censored: "below" } : { log2N: range.high, censored: "above" };
}
