/** What prose of a task family consists of. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import type { Html } from "../html.ts";

/** What the report says of a task beyond what every study shares. */
export interface TaskProse {
  readonly family: string;
  /** The task in words: what is observed, done and rewarded, and how N is varied. */
  task(outcome: StudyOutcome): Html;
  /** How to read the measures on this task; said once, for all its studies. */
  reading(outcomes: readonly StudyOutcome[]): Html;
  /** What holds of this study in particular. */
  remarks(outcome: StudyOutcome): Html;
  /** Measured values whose right answer is known. */
  checks(outcome: StudyOutcome): Html;
}
