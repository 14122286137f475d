/** What prose of a task family consists of. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import type { Html } from "../html.ts";

/** What the report says of a task family or an experiment beyond what every study shares. */
export interface TaskProse<O extends StudyOutcome = StudyOutcome> {
  /** Id of the task family or of the experiment. */
  readonly family: string;
  /** The task in words: what is observed, done and rewarded, and how N is varied. */
  task(outcome: O): Html;
  /** How to read the measures on this task; said once, for all its studies. */
  reading(outcomes: readonly O[]): Html;
  /** What holds of this study in particular. */
  remarks(outcome: O): Html;
  /** Measured values whose right answer is known. */
  checks(outcome: O): Html;
}
