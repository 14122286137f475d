/** One run as its page shows it. */
import type { Arm, RunState } from "@mesascope/lab/studies";

/** A run in a list. */
export interface RunBrief {
  readonly id: string;
  readonly study: string;
  readonly arm: Arm;
  readonly seed: number;
  readonly status: RunState["status"];
  /** Updates made so far. */
  readonly updates: number;
  /** Updates that were asked for. */
  readonly budget: number;
}

/** One measured value at a checkpoint. */
export interface MeasuredPart {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
}

/** The learner measured at one point of its training. */
export interface CheckpointView {
  readonly updates: number;
  readonly samples: number;
  readonly measured: readonly MeasuredPart[];
  /** Values by step of the episode, by measure. */
  readonly series: Readonly<Record<string, readonly number[]>>;
}

export interface RunView extends RunBrief {
  readonly number: string;
  readonly title: string;
  /** Why it failed or is corrupted. */
  readonly message?: string;
  readonly spec: unknown;
  readonly versions: Readonly<Record<string, string>>;
  readonly seconds?: number;
  readonly checkpoints: readonly CheckpointView[];
  /** Whether its learned algorithm can be shown at work in single instances. */
  readonly instances: number;
  /** Files that can be downloaded, by name. */
  readonly files: readonly string[];
}

/** Diagnostics of training by column: `update` and every other name, one number an update (null where it has none). */
export interface Curves {
  readonly update: readonly number[];
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

/** What a live run tells its viewers. */
export type RunEvent =
  | { readonly type: "curves"; readonly curves: Curves; readonly fresh: boolean }
  | { readonly type: "run"; readonly run: RunView }
  | { readonly type: "gone"; readonly message: string };

/** One diagnostic of all runs of a study, thinned to what a plot can show. */
export interface RunCurves {
  /** Names that there are. */
  readonly metrics: readonly string[];
  /** The one that is given. */
  readonly metric: string;
  /** End of each stretch of updates. */
  readonly update: readonly number[];
  /** Means within the stretches, by run. */
  readonly runs: Readonly<Record<string, readonly (number | null)[]>>;
}
