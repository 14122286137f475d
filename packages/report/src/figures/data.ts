/** Rows of a study read by arm, measure and seed, and the summaries that figures draw. */
import type { Diversity } from "@mesascope/lab/core";
import { mean, meanInterval } from "@mesascope/lab/stats";
import type {
  Arm,
  EpisodicOutcome,
  Row,
  StudyOutcome,
  SupervisedOutcome,
} from "@mesascope/lab/studies";

/** A study in which learners were trained, whether they act or predict. */
export type TrainedOutcome = EpisodicOutcome | SupervisedOutcome;

/** One value of one seed. */
export interface SeedValue {
  readonly seed: number;
  readonly value: number;
}

/** A mean over seeds with its interval; the interval is absent for a single seed. */
export interface Summary {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly values: readonly SeedValue[];
}

/** Coverage of every interval that a figure draws. */
export const level = 0.95;

/** Which value of an arm is meant. */
export interface Pick {
  readonly measure: string;
  readonly learner: string;
  readonly diversity: Diversity;
  /** Checkpoint in updates; left out, the last one. */
  readonly update?: number;
  readonly step?: number;
}

/** The levels of the two factors that these figures are about, in order of declaration and size. */
export interface Design {
  readonly learners: readonly string[];
  /** Ascending, `fresh` last. */
  readonly diversities: readonly Diversity[];
  /** Learner of the main prediction. */
  readonly main: string;
}

/** Reads the design from the planned runs, so that an arm without any result is still there. */
export function design(outcome: StudyOutcome): Design {
  const learners = new Set<string>();
  const diversities = new Set<Diversity>();
  for (const run of outcome.study.runs) {
    learners.add(String(run.arm.learner));
    diversities.add(run.arm.diversity === "fresh" ? "fresh" : Number(run.arm.diversity));
  }
  const predicted = outcome.study.file.predictions[0]?.to.learner;
  const main =
    typeof predicted === "string" && learners.has(predicted) ? predicted : [...learners][0]!;
  return {
    learners: [...learners],
    diversities: [...diversities].sort((a, b) => order(a) - order(b)),
    main,
  };
}

const order = (diversity: Diversity) =>
  diversity === "fresh" ? Number.POSITIVE_INFINITY : diversity;

/** Whether the study varies learner and diversity and nothing else: what the figures by diversity can show. */
export function variesDiversityAndLearner(outcome: StudyOutcome): boolean {
  return (
    outcome.study.runs.length > 0 &&
    outcome.study.runs.every(
      ({ arm }) => "learner" in arm && "diversity" in arm && Object.keys(arm).length === 2,
    )
  );
}

/** Rows by address, and the largest step of each measure along the episode. */
interface Index {
  readonly values: ReadonlyMap<string, readonly SeedValue[]>;
  readonly steps: ReadonlyMap<string, number>;
}

const indices = new WeakMap<readonly Row[], Index>();

const address = (measure: string, arm: Arm, update: number | undefined, step: number | undefined) =>
  `${measure}|${armKey(arm)}|${update ?? "final"}|${step ?? ""}`;

/** An arm as text, whatever the order of its factors. */
export function armKey(arm: Arm): string {
  return Object.keys(arm)
    .sort()
    .map((factor) => `${factor}=${arm[factor]}`)
    .join(",");
}

function indexOf(rows: readonly Row[]): Index {
  const known = indices.get(rows);
  if (known) return known;
  const made = new Map<string, SeedValue[]>();
  const longest = new Map<string, number>();
  const put = (key: string, row: Row) => {
    const values = made.get(key);
    if (values) values.push({ seed: row.seed, value: row.value });
    else made.set(key, [{ seed: row.seed, value: row.value }]);
  };
  for (const row of rows) {
    longest.set(row.measure, Math.max(longest.get(row.measure) ?? 0, row.step ?? 0));
    put(address(row.measure, row.arm, row.update, row.step), row);
    if (row.final) put(address(row.measure, row.arm, undefined, row.step), row);
  }
  for (const values of made.values()) values.sort((a, b) => a.seed - b.seed);
  const index = { values: made, steps: longest };
  indices.set(rows, index);
  return index;
}

/** Values of every seed that has one, by ascending seed; not a number counts as none. */
export function seedValues(outcome: StudyOutcome, pick: Pick): readonly SeedValue[] {
  const { measure, learner, diversity, update, step } = pick;
  return armValues(outcome, { learner, diversity }, measure, update, step);
}

/** The same for an arm of any factors. */
export function armValues(
  outcome: StudyOutcome,
  arm: Arm,
  measure: string,
  update?: number,
  step?: number,
): readonly SeedValue[] {
  const found = indexOf(outcome.rows).values.get(address(measure, arm, update, step)) ?? [];
  return found.filter(({ value }) => Number.isFinite(value));
}

/** Mean and interval over seeds; undefined where there is no value. */
export function summarize(values: readonly SeedValue[]): Summary | undefined {
  if (values.length === 0) return undefined;
  const numbers = values.map(({ value }) => value);
  if (values.length === 1) return { mean: numbers[0]!, values };
  const { low, high } = meanInterval(numbers, level);
  return { mean: mean(numbers), low, high, values };
}

/** The summary of what `pick` names. */
export function summary(outcome: StudyOutcome, pick: Pick): Summary | undefined {
  return summarize(seedValues(outcome, pick));
}

/** Updates at which a learner was measured, ascending. */
export function checkpoints(outcome: StudyOutcome, learner: string): number[] {
  const updates = new Set<number>();
  for (const run of outcome.study.runs) {
    if (run.arm.learner === learner && "checkpoints" in run.spec)
      for (const update of run.spec.checkpoints) updates.add(update);
  }
  return [...updates].sort((a, b) => a - b);
}

/** Largest step of a measure along the episode; 0 where it was not measured. */
export function steps(outcome: StudyOutcome, measure: string): number {
  return indexOf(outcome.rows).steps.get(measure) ?? 0;
}

/** An arm that has fewer results than were planned. */
export interface Gap {
  readonly learner: string;
  readonly diversity: Diversity;
  readonly planned: number;
  readonly complete: number;
  readonly failed: number;
}

/** Arms with missing runs, in the order of the design. */
export function gaps(outcome: StudyOutcome): Gap[] {
  const { learners, diversities } = design(outcome);
  return learners
    .flatMap((learner) =>
      diversities.map((diversity) => {
        const entries = outcome.entries.filter(
          ({ run }) =>
            run.arm.learner === learner && String(run.arm.diversity) === String(diversity),
        );
        const having = (status: string) =>
          entries.filter(({ state }) => state.status === status).length;
        return {
          learner,
          diversity,
          planned: entries.length,
          complete: having("complete"),
          failed: having("failed") + having("corrupted"),
        };
      }),
    )
    .filter(({ planned, complete }) => complete < planned);
}
