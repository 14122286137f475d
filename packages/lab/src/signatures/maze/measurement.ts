/** Measurements as the signatures of mazes report them. */
import type { Interval, Measurement } from "../../core/index.ts";
import { type Counted, clopperPearson, proportionDifference } from "../../stats/index.ts";

/** Coverage of every interval of a measurement. */
export const level = 0.95;

/** A measurement that the subject does not allow. */
export function notApplicable(signature: string, reason: string): Measurement {
  return { signature, applicable: false, reason };
}

/** How often something holds. */
export function counted(outcomes: readonly boolean[]): Counted {
  return { successes: outcomes.filter((outcome) => outcome).length, n: outcomes.length };
}

/** A share with its exact interval (Clopper and Pearson 1934). */
export function share(outcomes: readonly boolean[]): { value: number; interval: Interval } {
  const { successes, n } = counted(outcomes);
  return {
    value: n > 0 ? successes / n : Number.NaN,
    interval: clopperPearson(successes, n, level),
  };
}

/** How much more often something holds than a baseline, with the interval of the difference. */
export function gain(
  baseline: readonly boolean[],
  outcomes: readonly boolean[],
): { value: number; interval: Interval } {
  const [from, to] = [counted(baseline), counted(outcomes)];
  return {
    value: to.successes / to.n - from.successes / from.n,
    interval: proportionDifference(from, to, level),
  };
}
