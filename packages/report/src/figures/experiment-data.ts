/** What completed runs of an experiment kept for figures, with the run's arm and seed. */
import type { Arm, ExperimentOutcome } from "@mesascope/lab/studies";

/** What one run kept. */
export interface RunData<T> {
  readonly arm: Arm;
  readonly seed: number;
  readonly data: T;
}

/** The data of each completed run that has any; `T` is what the experiment says that it keeps. */
export function runData<T>(outcome: ExperimentOutcome): RunData<T>[] {
  return outcome.entries.flatMap(({ run, state }) =>
    state.status === "complete" && state.result.data !== undefined
      ? [{ arm: run.arm, seed: run.seed, data: state.result.data as T }]
      : [],
  );
}
