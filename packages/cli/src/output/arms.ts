/** The arms of a study with their measures at the end of training, summed up over seeds. */
import type { Arm, StudyOutcome } from "@mesascope/lab/studies";
import { count, interval, measured } from "./format.ts";
import { type Column, table } from "./table.ts";

/** One measure of one arm over its seeds. */
export interface ArmMeasure {
  readonly mean: number;
  readonly least: number;
  readonly greatest: number;
  readonly unit: string;
  readonly seeds: number;
}

/** One arm. */
export interface ArmSummary {
  readonly arm: Arm;
  readonly runs: number;
  readonly complete: number;
  readonly measures: Readonly<Record<string, ArmMeasure>>;
}

/** Measures that the study's predictions and thresholds speak of, then the main value of every other signature. */
export function measuresOf({ study }: StudyOutcome): string[] {
  const named = new Set(study.file.predictions.map(({ measure }) => measure));
  if (study.kind === "experiment") return [...named];
  const { thresholds, measure } = study.file;
  for (const threshold of thresholds) named.add(threshold.measure);
  for (const signature of measure.signatures)
    if (![...named].some((name) => name.startsWith(`${signature}.`)))
      named.add(`${signature}.value`);
  return [...named];
}

/** Every arm in the order of the plan. */
export function summarizeArms(outcome: StudyOutcome): ArmSummary[] {
  const names = measuresOf(outcome);
  const arms = new Map<string, { arm: Arm; runs: number; complete: number }>();
  for (const { run, state } of outcome.entries) {
    const key = JSON.stringify(run.arm);
    const before = arms.get(key) ?? { arm: run.arm, runs: 0, complete: 0 };
    const complete = before.complete + (state.status === "complete" ? 1 : 0);
    arms.set(key, { ...before, runs: before.runs + 1, complete });
  }
  return [...arms].map(([key, summary]) => ({
    ...summary,
    measures: Object.fromEntries(
      names.flatMap((name) => {
        const found = measureOf(outcome, key, name);
        return found ? [[name, found]] : [];
      }),
    ),
  }));
}

function measureOf({ rows }: StudyOutcome, arm: string, measure: string): ArmMeasure | undefined {
  const own = rows.filter(
    (row) =>
      row.final &&
      row.step === undefined &&
      row.measure === measure &&
      JSON.stringify(row.arm) === arm,
  );
  if (own.length === 0) return undefined;
  const values = own.map(({ value }) => value);
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    least: Math.min(...values),
    greatest: Math.max(...values),
    unit: own[0]!.unit,
    seeds: values.length,
  };
}

/** The arms as a table. */
export function armsTable(outcome: StudyOutcome): string {
  const arms = summarizeArms(outcome);
  // What an analysis concludes from many arms together belongs to none of them.
  const concluded = new Set(
    outcome.rows.filter(({ run }) => run === "").map(({ measure }) => measure),
  );
  const names = measuresOf(outcome).filter((name) => !concluded.has(name));
  const unitOf = (name: string) => outcome.rows.find((row) => row.measure === name)?.unit;
  const factors = Object.keys(arms[0]?.arm ?? {});
  const columns: Column[] = [
    ...factors.map((title) => ({ title, number: title !== "learner" })),
    { title: "runs", number: true },
    ...names.map((name) => ({
      title: `${name.replace(/\.value$/, "")}${unitOf(name) ? ` (${unitOf(name)})` : ""}`,
      number: true,
    })),
  ];
  const rows = arms.map(({ arm, runs, complete, measures }) => [
    ...factors.map((factor) => levelText(arm[factor])),
    `${complete}/${runs}`,
    ...names.map((name) => measureText(measures[name])),
  ]);
  return table(columns, rows);
}

const levelText = (level: string | number | undefined) =>
  typeof level === "number" && Number.isInteger(level) ? count(level) : String(level ?? "");

function measureText(measure: ArmMeasure | undefined): string {
  if (!measure) return "-";
  const { mean, least, greatest, seeds } = measure;
  return seeds > 1
    ? `${measured(mean)} ${interval({ low: least, high: greatest })}`
    : measured(mean);
}
