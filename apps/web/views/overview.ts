/** The paper's argument with what the evidence says of it. */
import type { Condition, ConditionEvidence } from "@mesascope/lab/studies";

/** Evidence with the condition that it is about. */
export type Evidence = ConditionEvidence & { readonly condition: string };

/** Where something comes from: the results that the lab comes with, or the data folder that is served. */
export type Origin = "committed" | "data";

/** A study, in short. */
export interface StudyBrief {
  readonly id: string;
  /** Three digits. */
  readonly number: string;
  readonly title: string;
  /** Id of the condition that it tests. */
  readonly condition: string;
  readonly kind: "training" | "experiment";
  /** Whether its page has figures and runs to show. */
  readonly has: boolean;
  readonly origin: Origin;
}

/** Everything that the map of conditions shows. */
export interface Overview {
  readonly conditions: readonly Condition[];
  readonly studies: readonly StudyBrief[];
  readonly evidence: readonly Evidence[];
  /** Studies whose runs are still being read; what is said of them is not the last word. */
  readonly pending?: number;
}
