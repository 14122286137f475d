/**
 * Outcomes as they travel and are kept: without what is said twice. A study of 200 runs has tens of thousands of rows,
 * most of which differ in one number.
 */
import type { Arm, Row, RunEntry, RunResult, StudyOutcome } from "@mesascope/lab/studies";

/** Rows by column; `arms`, `places` and `measures` are what the others count into. */
interface PackedRows {
  readonly arms: readonly Arm[];
  /** Run, arm, seed, update, samples, and 1 for the run's last checkpoint. */
  readonly places: readonly (readonly [string, number, number, number, number, 0 | 1])[];
  /** Measure and unit. */
  readonly measures: readonly (readonly [string, string])[];
  readonly place: readonly number[];
  readonly measure: readonly number[];
  /** Step of the episode; 0 for quantities that are of none. */
  readonly step: readonly number[];
  readonly value: readonly number[];
}

/** A run's state; what its plan says already is left out of the result. */
type PackedState =
  | Exclude<RunEntry["state"], { readonly status: "complete" }>
  | {
      readonly status: "complete";
      readonly result: Omit<RunResult, keyof RunEntry["run"] | "checkpoints">;
    };

/** Entries follow the order of the planned runs. */
export type PackedOutcome = Omit<StudyOutcome, "rows" | "entries"> & {
  readonly rows: PackedRows;
  readonly states: readonly PackedState[];
};

/** Numbers things in the order of their first appearance. */
function numbered<T>() {
  const places = new Map<string, number>();
  const all: T[] = [];
  return {
    all,
    of(thing: T): number {
      const key = JSON.stringify(thing);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, all.length);
      return all.push(thing) - 1;
    },
  };
}

function packRows(rows: readonly Row[]): PackedRows {
  const arms = numbered<Arm>();
  const places = numbered<PackedRows["places"][number]>();
  const measures = numbered<PackedRows["measures"][number]>();
  const place: number[] = [];
  const measure: number[] = [];
  for (const row of rows) {
    const { run, arm, seed, update, samples, final } = row;
    place.push(places.of([run, arms.of(arm), seed, update, samples, final ? 1 : 0]));
    measure.push(measures.of([row.measure, row.unit]));
  }
  return {
    arms: arms.all,
    places: places.all,
    measures: measures.all,
    place,
    measure,
    step: rows.map(({ step }) => step ?? 0),
    value: rows.map(({ value }) => value),
  };
}

function unpackRows(packed: PackedRows, study: string): Row[] {
  return packed.value.map((value, i) => {
    const [run, arm, seed, update, samples, final] = packed.places[packed.place[i]!]!;
    const [measure, unit] = packed.measures[packed.measure[i]!]!;
    const step = packed.step[i]!;
    return {
      ...{ study, run, arm: packed.arms[arm]!, seed, update, samples, final: final === 1, measure },
      ...(step === 0 ? {} : { step }),
      ...{ value, unit },
    };
  });
}

function packState({ state }: RunEntry): PackedState {
  if (state.status !== "complete") return state;
  const { id, study, arm, seed, spec, checkpoints, ...result } = state.result;
  return { status: "complete", result };
}

/** Leaves the checkpoints out: their numbers are the rows. */
export function pack(outcome: StudyOutcome): PackedOutcome {
  const { rows, entries, ...rest } = outcome;
  return { ...rest, rows: packRows(rows), states: entries.map(packState) };
}

/** The outcome again, with results that have no checkpoints. */
export function unpack(packed: PackedOutcome): StudyOutcome {
  const { rows, states, ...rest } = packed;
  const { runs, file } = rest.study;
  const entries = states.map((state, i): RunEntry => {
    const run = runs[i]!;
    if (state.status !== "complete") return { run, state };
    return {
      run,
      state: { status: "complete", result: { ...run, ...state.result, checkpoints: [] } },
    };
  });
  return { ...rest, rows: unpackRows(rows, file.id), entries } as StudyOutcome;
}

/** Values of rows with seven digits, as single-precision numbers have: for files that are committed. */
export function rounded(packed: PackedOutcome): PackedOutcome {
  const { rows } = packed;
  const value = rows.value.map((number) => Number(number.toPrecision(7)));
  return { ...packed, rows: { ...rows, value } };
}
