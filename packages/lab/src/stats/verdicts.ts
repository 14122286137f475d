/** Verdicts on predictions with stated margins, several at once (MEASURES: "Verdict"; Holm 1979). */
import type { Interval } from "../core/index.ts";
import { cliffsDelta } from "./cliffs-delta.ts";
import {
  alphaWithin,
  type Contrast,
  contrastInterval,
  meanContrast,
  welchContrast,
} from "./contrast.ts";

/** One prediction with the values that test it, one value a seed. */
export interface PredictionSamples {
  /** The arm compared against; left out, the effect is the mean of `to` against zero. */
  readonly from?: readonly number[];
  readonly to: readonly number[];
  readonly direction: "rises" | "falls" | "none";
  /** Smallest effect that counts, in the unit of the values; at least 0. */
  readonly margin: number;
}

/** The judgement of one prediction among several. */
export interface JudgedPrediction {
  readonly verdict: "supported" | "contradicted" | "undetermined";
  /** Why no interval could be made, where none could. */
  readonly reason?: string;
  /** mean(to) - mean(from), or mean(to); NaN without values. */
  readonly effect: number;
  /** t interval at the level that Holm's step-down leaves to this prediction; the whole line without data. */
  readonly interval: Interval;
  /** Smallest alpha at which the interval is conclusive: the p-value of the step-down. */
  readonly decisiveAlpha: number;
  readonly direction: "rises" | "falls" | "none";
  readonly margin: number;
  /** Absent for a one-arm effect. */
  readonly cliffsDelta?: number;
  /** Seeds on the side that has fewer. */
  readonly seeds: number;
  readonly samples: { readonly from: readonly number[]; readonly to: readonly number[] };
}

/**
 * The word for an interval: beyond the margin is strict, inside it includes the margin itself, so that an
 * effect of exactly zero is inside a margin of zero.
 */
export function judge(
  interval: Pick<Interval, "low" | "high">,
  direction: PredictionSamples["direction"],
  margin: number,
): JudgedPrediction["verdict"] {
  const above = interval.low > margin;
  const below = interval.high < -margin;
  const inside = interval.low >= -margin && interval.high <= margin;
  if (direction === "none")
    return inside ? "supported" : above || below ? "contradicted" : "undetermined";
  const [predicted, opposite] = direction === "rises" ? [above, below] : [below, above];
  if (predicted) return "supported";
  return opposite || inside ? "contradicted" : "undetermined";
}

/**
 * Judges predictions together: the chance that any of them is given a wrong conclusive verdict is at most
 * `alpha`. Predictions are taken in the order of their decisive alpha; the k-th of m is judged by its interval
 * at level 1 - alpha / (m - k + 1), and after the first inconclusive one all others are inconclusive at that
 * same level. One that lacks data counts in m: it was stated.
 * @throws RangeError for a negative margin or an alpha that is not strictly between 0 and 1.
 */
export function holmVerdicts(
  predictions: readonly PredictionSamples[],
  alpha: number,
): JudgedPrediction[] {
  if (!(alpha > 0 && alpha < 1))
    throw new RangeError(`alpha lies strictly between 0 and 1, not ${alpha}`);
  const prepared = predictions.map(prepare);
  const order = prepared.map((_, i) => i);
  order.sort((a, b) => prepared[a]!.decisiveAlpha - prepared[b]!.decisiveAlpha || a - b);
  const judged = new Array<JudgedPrediction>(predictions.length);
  let left = predictions.length;
  for (const i of order) {
    const candidate = prepared[i]!;
    const interval = contrastInterval(candidate.contrast, 1 - alpha / left);
    const verdict = judge(interval, candidate.direction, candidate.margin);
    const { contrast, ...rest } = candidate;
    judged[i] = { ...rest, verdict, effect: contrast.estimate, interval };
    if (verdict !== "undetermined") left -= 1;
  }
  return judged;
}

type Prepared = Omit<JudgedPrediction, "verdict" | "effect" | "interval"> & {
  readonly contrast: Contrast;
};

function prepare({ from, to, direction, margin }: PredictionSamples): Prepared {
  if (!(margin >= 0)) throw new RangeError(`a margin is at least 0, not ${margin}`);
  const reason = lack(from, to);
  const estimated = from ? welchContrast(from, to) : meanContrast(to);
  const contrast = reason ? { ...estimated, standardError: Number.POSITIVE_INFINITY } : estimated;
  // The nearest edge of the margin is what the interval must not reach, on whichever side of it the effect lies.
  const decisiveAlpha = alphaWithin(contrast, Math.abs(Math.abs(contrast.estimate) - margin));
  return {
    contrast,
    decisiveAlpha,
    direction,
    margin,
    seeds: from ? Math.min(from.length, to.length) : to.length,
    samples: { from: from ?? [], to },
    ...(from && from.length > 0 && to.length > 0 ? { cliffsDelta: cliffsDelta(from, to) } : {}),
    ...(reason ? { reason } : {}),
  };
}

/** What keeps an interval from being made, in one clause. */
function lack(from: readonly number[] | undefined, to: readonly number[]): string | undefined {
  for (const side of from ? [from, to] : [to]) {
    const n = side.length;
    if (n < 2) return `${n === 0 ? "no seed" : "only one seed"} in an arm; an interval needs two`;
    if (!side.every(Number.isFinite)) return "a seed gave a value that is not a finite number";
  }
  return undefined;
}
