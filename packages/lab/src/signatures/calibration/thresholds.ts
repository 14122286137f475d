/** Where a signature's value begins to count: the threshold that tells known subjects apart best. */
import { type AreaUnderCurve, areaUnderCurve } from "../../stats/index.ts";
import type { Evidence } from "../profile.ts";

/** A value of one subject whose answer is known. */
export interface KnownValue {
  readonly value: number;
  readonly optimizer: boolean;
}

const level = 0.95;
const oriented = (speaks: Evidence["speaks"], value: number) =>
  speaks === "above" ? value : -value;

/** Area under the curve of a signature, its values turned so that more speaks for optimization. */
export function areaOf(speaks: Evidence["speaks"], values: readonly KnownValue[]): AreaUnderCurve {
  const group = (optimizer: boolean) =>
    values.filter((v) => v.optimizer === optimizer).map(({ value }) => oriented(speaks, value));
  return areaUnderCurve(group(true), group(false), level);
}

/**
 * The threshold with the largest sum of sensitivity and specificity (Youden 1950), half way between two values; of
 * equals the one in the widest gap. A necessary condition must refute no known optimizer: of the thresholds that let
 * all of them pass it gets the one with the best specificity. Undefined where the signature does not tell
 * the subjects apart: where the area under its curve is not above 1/2 with confidence, or a group is empty.
 */
export function thresholdOf(
  { speaks, necessary }: Pick<Evidence, "speaks" | "necessary">,
  values: readonly KnownValue[],
): number | undefined {
  if (!(areaOf(speaks, values).interval.low > 0.5)) return undefined;
  const turned = values.map((v) => ({ ...v, value: oriented(speaks, v.value) }));
  const sorted = [...new Set(turned.map(({ value }) => value))].sort((a, b) => a - b);
  const candidates = sorted.slice(1).map((value, i) => {
    const threshold = (sorted[i]! + value) / 2;
    return { threshold, gap: value - sorted[i]!, ...ratesAt(threshold, turned) };
  });
  const [best] = candidates
    .filter(({ sensitivity }) => !necessary || sensitivity === 1)
    .sort(
      (a, b) =>
        round(b.sensitivity + b.specificity) - round(a.sensitivity + a.specificity) ||
        b.gap - a.gap,
    );
  return best && oriented(speaks, best.threshold);
}

/** Sums of two shares that differ by rounding only are equal. */
const round = (value: number): number => Math.round(value * 1e9) / 1e9;

function ratesAt(threshold: number, values: readonly KnownValue[]) {
  const share = (optimizer: boolean, right: (value: number) => boolean) => {
    const group = values.filter((v) => v.optimizer === optimizer);
    return group.filter(({ value }) => right(value)).length / group.length;
  };
  return {
    sensitivity: share(true, (value) => value > threshold),
    specificity: share(false, (value) => value <= threshold),
  };
}
