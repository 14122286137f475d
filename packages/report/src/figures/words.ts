/** Sentences that captions and text alternatives share. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import { design, type Gap, gaps, type Summary } from "./data.ts";
import { fixed, list, places, range } from "./format.ts";
import { learnerName } from "./learners.ts";

/** What is missing, learner by learner; empty when every planned run is there. */
export function missing(outcome: StudyOutcome, learners?: readonly string[]): string {
  const arms = gaps(outcome).filter(({ learner }) => learners?.includes(learner) ?? true);
  if (arms.length === 0) return "";
  const parts = [...new Set(arms.map(({ learner }) => learner))].map((learner) =>
    missingOf(
      outcome,
      learner,
      arms.filter((arm) => arm.learner === learner),
    ),
  );
  return ` Missing: ${parts.join("; ")}.`;
}

/** Arms of one learner that lack the same number of runs are told together. */
function missingOf(outcome: StudyOutcome, learner: string, arms: readonly Gap[]): string {
  const { diversities } = design(outcome);
  const told = new Map<string, Gap["diversity"][]>();
  for (const { diversity, planned, complete, failed } of arms) {
    const how = `${complete} of ${planned} runs${failed > 0 ? `, ${failed} failed` : ""}`;
    told.set(how, [...(told.get(how) ?? []), diversity]);
  }
  const parts = [...told].map(([how, where]) =>
    where.length === diversities.length && where.length > 1
      ? `throughout (${how} each)`
      : `at ${places(where)} (${how}${where.length > 1 ? " each" : ""})`,
  );
  return `${learnerName(outcome, learner)} ${list(parts)}`;
}

/** A mean with its interval, or without where one seed gives none. */
export function value(summary: Summary | undefined, digits = 2): string {
  if (summary === undefined) return "no result";
  if (summary.low === undefined || summary.high === undefined) return fixed(summary.mean, digits);
  return `${fixed(summary.mean, digits)} (${range({ low: summary.low, high: summary.high }, digits)})`;
}
