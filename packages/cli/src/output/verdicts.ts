/** Verdicts, thresholds, failures and engines in plain text. */
import type { RunEntry, StudyOutcome, Threshold, Verdict } from "@mesascope/lab/studies";
import { countStates } from "../outcomes.ts";
import { count, interval, measured, plural } from "./format.ts";
import { type Style, verdictWord } from "./style.ts";
import { table } from "./table.ts";

/** Number, title, profile, and how many runs are complete. */
export function heading({ study, entries }: StudyOutcome, style: Style): string {
  const counts = countStates(entries);
  const rest = (["failed", "corrupted", "partial", "absent"] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `, ${count(counts[status])} ${status === "absent" ? "not run" : status}`)
    .join("");
  const budget = study.kind === "training" ? `, ${plural(study.updates, "update")} a run` : "";
  const design = `${study.profile}: ${plural(study.seeds, "seed")}${budget}`;
  return (
    `${style.bold(`${study.number} ${study.file.title}`)}\n` +
    `${design}; ${count(counts.complete)} of ${plural(entries.length, "run")} complete${rest}\n`
  );
}

/** Every prediction with its verdict; reasons below. */
export function verdictsTable({ verdicts }: StudyOutcome, style: Style): string {
  const columns = [
    { title: "prediction" },
    { title: "verdict" },
    { title: "effect", number: true },
    { title: "interval", number: true },
    { title: "predicted" },
    { title: "seeds", number: true },
  ];
  const rows = verdicts.map((verdict) => [
    verdict.prediction,
    verdictWord(style, verdict.verdict),
    `${measured(verdict.effect)} ${verdict.unit}`.trim(),
    interval(verdict.interval),
    predicted(verdict),
    String(verdict.seeds),
  ]);
  const reasons = verdicts
    .filter(({ reason }) => reason !== undefined)
    .map(({ prediction, reason }) => `${prediction}: ${reason}\n`);
  return table(columns, rows) + reasons.join("");
}

function predicted({ direction, margin, unit }: Verdict): string {
  const size = `${measured(margin)} ${unit}`.trim();
  return direction === "none" ? `within ${size} of zero` : `${direction} by more than ${size}`;
}

/** Where each declared threshold lies. */
export function thresholdLines({ thresholds }: StudyOutcome): string {
  return thresholds
    .map((threshold) => `threshold of ${threshold.learner}: ${crossing(threshold)}\n`)
    .join("");
}

function crossing({ measure, level, meaning, diversity, interval: found }: Threshold): string {
  const what = `${measure} passes ${measured(level)} (${meaning})`;
  if (diversity === undefined) return `${what} nowhere within the range measured`;
  const range = found ? `, interval ${interval(found)}` : "";
  return `${what} at N = ${count(diversity)}${range}`;
}

/** What is known of the runs that did not end well. */
export function failureLines(entries: readonly RunEntry[], style: Style): string {
  return entries
    .flatMap(({ run, state }) =>
      state.status === "failed" || state.status === "corrupted"
        ? [`${style.bad(state.status)} ${run.id}: ${state.message}\n`]
        : [],
    )
    .join("");
}

/** Which engines computed the complete runs, each with the number of its runs. */
export function engineLine(entries: readonly RunEntry[]): string {
  const counts = new Map<string, number>();
  for (const { state } of entries) {
    if (state.status !== "complete") continue;
    const { name, version, threads, fallback } = state.result.engine;
    const text = `${name} ${version}, ${plural(threads, "thread")} a run${fallback ? ` (fall-back: ${fallback})` : ""}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (counts.size === 0) return "";
  return `Engine: ${[...counts].map(([text, runs]) => `${text}: ${plural(runs, "run")}`).join("; ")}\n`;
}
