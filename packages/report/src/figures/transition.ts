/** What an analysis of the transition from memory to generalization found, as figures and prose read it. */
import type { StudyOutcome, SupervisedOutcome, TransitionFindings } from "@mesascope/lab/studies";
import { checkpoints, design } from "./data.ts";
import { about, fixed } from "./format.ts";

/** What the analysis found, where the study has it and it could say anything. */
export function transitionFindings(outcome: StudyOutcome): TransitionFindings | undefined {
  const { conclusion } = outcome;
  if (conclusion?.id !== "transition") return undefined;
  const findings = conclusion.findings as unknown as TransitionFindings;
  return findings.path.length > 0 ? findings : undefined;
}

export type TransitionThreshold = TransitionFindings["thresholds"][number];

/** The threshold of a learner at the end of its training. */
export function lastThreshold(
  outcome: SupervisedOutcome,
  learner: string,
): TransitionThreshold | undefined {
  const last = checkpoints(outcome, learner).at(-1);
  return transitionFindings(outcome)?.thresholds.find(
    (threshold) => threshold.learner === learner && threshold.update === last,
  );
}

/** A threshold in a few words. */
export function transitionNote(threshold: TransitionThreshold | undefined): string {
  if (!threshold) return "";
  if (threshold.censored === "above") return "nearer to memory throughout";
  if (threshold.censored === "below") return "nearer to generalization throughout";
  const { diversity, interval } = threshold;
  const at = `as near to one as to the other at N = ${about(diversity!, 3)}`;
  return interval ? `${at} (${about(interval.low, 3)} to ${about(interval.high, 3)})` : at;
}

/** Title: where the main learner passes from one to the other. */
export function transitionFinding(outcome: SupervisedOutcome): string {
  const threshold = lastThreshold(outcome, design(outcome).main);
  if (!threshold)
    return "Distance to memory and to generalization by the number of training instances";
  if (threshold.censored === "above")
    return "At every number of instances measured, the learner predicts as one who remembers them";
  if (threshold.censored === "below")
    return "At every number of instances measured, the learner predicts as one who works them out";
  return `Past about ${about(threshold.diversity!)} instances, memory gives way to generalization`;
}

/** How an analysis measures nearness, for captions. */
export const strategyWords =
  "Memorizer: posterior mean over the training instances. Generalizer: posterior mean over the distribution that " +
  "instances are drawn from. Alpha is the share of the way from the generalizer to the memorizer, by projection, " +
  "and the residual what lies off that way";

/** A squared distance for a sentence. */
export const distanceText = (value: number | undefined): string =>
  value === undefined ? "not defined" : fixed(value, value < 0.1 ? 3 : 2);
