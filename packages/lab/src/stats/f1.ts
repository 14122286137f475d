/** Macro-F1 of binary predictions, with an interval over the groups (instances) that they come in. */
import type { Interval, Random } from "../core/index.ts";
import { quantile } from "./moments.ts";

/** Predictions against labels in one group: right and wrong ones, by the class predicted. */
export interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly trueNegative: number;
  readonly falseNegative: number;
}

/** Counts of predictions in the groups that `group` names, one of `groups` a row. */
export function confusions(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  group: ArrayLike<number>,
  groups: number,
): Confusion[] {
  const counts = Array.from({ length: groups }, () => ({
    truePositive: 0,
    falsePositive: 0,
    trueNegative: 0,
    falseNegative: 0,
  }));
  for (let i = 0; i < labels.length; i++) {
    const right = predicted[i]! > 0 === labels[i]! > 0.5;
    const name =
      predicted[i]! > 0
        ? right
          ? "truePositive"
          : "falsePositive"
        : right
          ? "trueNegative"
          : "falseNegative";
    counts[group[i]!]![name]++;
  }
  return counts;
}

/** Mean of the two classes' F1, F1 being 2 TP / (2 TP + FP + FN); NaN where a class has no label. */
export function macroF1(groups: Iterable<Confusion>): number {
  let [tp, fp, tn, fn] = [0, 0, 0, 0];
  for (const g of groups) {
    tp += g.truePositive;
    fp += g.falsePositive;
    tn += g.trueNegative;
    fn += g.falseNegative;
  }
  if (tp + fn === 0 || tn + fp === 0) return Number.NaN;
  return tp / (2 * tp + fp + fn) + tn / (2 * tn + fp + fn);
}

const resamples = 400;

/** Percentile interval of macroF1(a) - macroF1(b) over resampled groups (Efron and Tibshirani 1993, chapter 13). */
export function macroF1Difference(
  a: readonly Confusion[],
  b: readonly Confusion[],
  level: number,
  random: Random,
): { readonly value: number; readonly interval: Interval } {
  const value = macroF1(a) - macroF1(b);
  const draws: number[] = [];
  for (let r = 0; r < resamples; r++) {
    const picks = a.map(() => random.integer(a.length));
    const draw = macroF1(picks.map((i) => a[i]!)) - macroF1(picks.map((i) => b[i]!));
    if (!Number.isNaN(draw)) draws.push(draw);
  }
  const tail = (1 - level) / 2;
  const low = draws.length > 0 ? quantile(draws, tail) : Number.NaN;
  const high = draws.length > 0 ? quantile(draws, 1 - tail) : Number.NaN;
  return { value, interval: { low: Math.min(low, value), high: Math.max(high, value), level } };
}
