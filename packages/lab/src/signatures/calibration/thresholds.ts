/** Where a signature's value begins to count: the threshold that tells known subjects apart best. */
import type { Interval } from "../../core/index.ts";
import { type AreaUnderCurve, areaUnderCurve } from "../../stats/index.ts";
import type { Evidence } from "../profile.ts";

/** A value of one subject, with the known answer to what the signature asks. */
export interface KnownValue {
  readonly value: number;
  readonly interval: Pick<Interval, "low" | "high">;
  readonly answer: boolean;
}

const level = 0.95;
const oriented = (speaks: Evidence["speaks"], value: number) =>
  speaks === "above" ? value : -value;

/** Area under the curve of a signature, its values turned so that more speaks for optimization. */
export function areaOf(speaks: Evidence["speaks"], values: readonly KnownValue[]): AreaUnderCurve {
  const group = (answer: boolean) =>
    values.filter((v) => v.answer === answer).map(({ value }) => oriented(speaks, value));
  return areaUnderCurve(group(true), group(false), level);
}

/** Whether a signature tells the groups apart: the area under its curve lies above 1/2 with confidence. */
export const tellsApart = (speaks: Evidence["speaks"], values: readonly KnownValue[]): boolean =>
  areaOf(speaks, values).interval.low > 0.5;

/**
 * The threshold by which most are called rightly, as subjects are called: by a whole interval on one side of it. The sum
 * of the share of those whose answer is yes and of the others' is largest (Youden 1950), an interval that holds the threshold counting
 * for nothing; half way between two ends of intervals, of equals in the widest gap. The threshold of a necessary
 * condition refutes nobody whose answer is yes. Undefined where the signature does not tell the subjects apart, or a group is
 * empty.
 */
export function thresholdOf(
  { speaks, necessary }: Pick<Evidence, "speaks" | "necessary">,
  values: readonly KnownValue[],
): number | undefined {
  if (!tellsApart(speaks, values)) return undefined;
  const turned = values.map(({ answer, interval: { low, high } }) => {
    const [a, b] = [oriented(speaks, low), oriented(speaks, high)];
    return { answer, low: Math.min(a, b), high: Math.max(a, b) };
  });
  const ends = [...new Set(turned.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
  const [best] = ends
    .slice(1)
    .map((end, i) => {
      const threshold = (ends[i]! + end) / 2;
      return { threshold, gap: end - ends[i]!, ...callsAt(threshold, turned) };
    })
    .filter(({ refuted }) => !necessary || refuted === 0)
    .sort((a, b) => round(b.right) - round(a.right) || b.gap - a.gap);
  return best && oriented(speaks, best.threshold);
}

/** Sums of two shares that differ by rounding only are equal. */
const round = (value: number): number => Math.round(value * 1e9) / 1e9;

interface Turned {
  readonly answer: boolean;
  readonly low: number;
  readonly high: number;
}

/** Sum of both groups' shares that are called rightly, and the number of the former that are refuted. */
function callsAt(threshold: number, values: readonly Turned[]) {
  const share = (answer: boolean, right: (value: Turned) => boolean) => {
    const group = values.filter((v) => v.answer === answer);
    return group.filter(right).length / group.length;
  };
  return {
    right: share(true, ({ low }) => low > threshold) + share(false, ({ high }) => high < threshold),
    refuted: values.filter(({ answer, high }) => answer && high < threshold).length,
  };
}
