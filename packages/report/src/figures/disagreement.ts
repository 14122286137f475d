/** Where the two decompositions into tuned and run-time bits say different things. */
import type { Diversity } from "@mesascope/lab/core";
import { design, seedValues, summarize, type TrainedOutcome } from "./data.ts";
import { paired } from "./findings.ts";

/** Run-time bits of one arm by both decompositions. */
export interface Disagreement {
  readonly diversity: Diversity;
  readonly subtraction: number;
  readonly ablation: number;
}

/** Smallest difference in bits that is worth a reader's time. */
const margin = 1;

/**
 * The arm of a learner in which the decompositions differ most, in each direction, when over seeds the
 * difference lies clearly beyond a bit.
 */
export function disagreements(outcome: TrainedOutcome, learner: string): Disagreement[] {
  const found = design(outcome).diversities.flatMap((diversity) => {
    const by = (measure: string) => seedValues(outcome, { measure, learner, diversity });
    const subtraction = by("optimization-power.runTime");
    const ablation = by("optimization-power.runTimeAblation");
    const difference = summarize(paired(subtraction, ablation));
    if (difference?.low === undefined || difference.high === undefined) return [];
    if (difference.low <= margin && difference.high >= -margin) return [];
    const mean = (values: typeof ablation) => summarize(values)!.mean;
    return [{ diversity, subtraction: mean(subtraction), ablation: mean(ablation) }];
  });
  const size = ({ subtraction, ablation }: Disagreement) => ablation - subtraction;
  const sorted = found.sort((a, b) => size(b) - size(a));
  const most = sorted[0];
  const least = sorted.at(-1);
  return [...(most && size(most) > 0 ? [most] : []), ...(least && size(least) < 0 ? [least] : [])];
}
