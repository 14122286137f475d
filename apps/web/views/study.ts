/** A study as its page shows it. */
import type { StudyFile, StudyOutcome } from "@mesascope/lab/studies";
import type { Evidence, Origin } from "./overview.ts";

/** A study with what was found. */
export interface StudyView {
  readonly id: string;
  readonly number: string;
  readonly file: StudyFile;
  /** Text of the YAML file. */
  readonly source: string;
  /** Committed evidence of the study. */
  readonly evidence: readonly Evidence[];
  readonly origin: Origin;
  /** What its runs give, without the results' own measurements, which `rows` repeats; absent where nothing was run. */
  readonly outcome?: StudyOutcome;
}

/** The outcome without what pages do not read: each run's checkpoints, which are among the rows, and its spec's text. */
export function slim(outcome: StudyOutcome): StudyOutcome {
  const entries = outcome.entries.map(({ run, state }) =>
    state.status === "complete"
      ? { run, state: { ...state, result: { ...state.result, checkpoints: [] } } }
      : { run, state },
  );
  return { ...outcome, entries };
}

const spelled = ["NaN", "Infinity", "-Infinity"];

/** JSON text in which numbers that JSON lacks are spelled out. */
export function toText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "number" && !Number.isFinite(item) ? { $number: String(item) } : item,
  );
}

/** The value of `toText`. */
export function fromText<T>(text: string): T {
  return JSON.parse(text, (_, item: unknown) =>
    typeof item === "object" &&
    item !== null &&
    "$number" in item &&
    spelled.includes(item.$number as string)
      ? Number(item.$number)
      : item,
  ) as T;
}
