/** Sentences that captions and text alternatives share. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { gaps, type Summary } from "./data.ts";
import { diversityPhrase, fixed, list, range } from "./format.ts";
import { learnerName } from "./learners.ts";

/** What is missing, arm by arm; empty when every planned run is there. */
export function missing(outcome: StudyOutcome, learners?: readonly string[]): string {
  const arms = gaps(outcome).filter(({ learner }) => learners?.includes(learner) ?? true);
  if (arms.length === 0) return "";
  const parts = arms.map(({ learner, diversity, planned, complete, failed }) => {
    const how = failed > 0 ? `, ${failed} failed` : "";
    return `${learnerName(outcome, learner)} at ${diversityPhrase(diversity)} (${complete} of ${planned} runs${how})`;
  });
  return ` Missing: ${list(parts)}.`;
}

/** A mean with its interval, or without where one seed gives none. */
export function value(summary: Summary | undefined, digits = 2): string {
  if (summary === undefined) return "no result";
  if (summary.low === undefined || summary.high === undefined) return fixed(summary.mean, digits);
  return `${fixed(summary.mean, digits)} (${range({ low: summary.low, high: summary.high }, digits)})`;
}
