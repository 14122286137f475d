/** Results as JSON, for `--json`. */
import type { RunEntry, StudyOutcome } from "@mesascope/lab/studies";
import type { Output } from "../world.ts";
import { summarizeArms } from "./arms.ts";

/** Prints a value as indented JSON. */
export function printJson(output: Output, value: unknown): void {
  output.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** A study's results: design, arms, verdicts, thresholds, and every run with its state. */
export function outcomeJson(outcome: StudyOutcome) {
  const { study, verdicts, thresholds, conclusion, entries } = outcome;
  return {
    id: study.file.id,
    number: study.number,
    title: study.file.title,
    condition: study.file.condition,
    profile: study.profile,
    seeds: study.seeds,
    ...(study.kind === "training" ? { updates: study.updates } : {}),
    verdicts,
    thresholds,
    ...(outcome.kind === "experiment" ? {} : { reference: outcome.reference }),
    ...(conclusion ? { conclusion } : {}),
    arms: summarizeArms(outcome),
    runs: entries.map(runJson),
  };
}

/** A run with its state; of a result only what tells where it comes from. */
export function runJson({ run, state }: RunEntry) {
  const { id, arm, seed } = run;
  if (state.status !== "complete") return { id, arm, seed, ...state };
  const { engine, versions, seconds, when } = state.result;
  return { id, arm, seed, status: state.status, engine, versions, seconds, when };
}
