/** The tables that are derived from run folders: what `mesascope query` asks and `mesascope export` writes. */
import { contentHash, type Json } from "@mesascope/lab/core";

/** Types of columns, as DuckDB names them; every TIMESTAMP is in UTC. */
export type ColumnType = "VARCHAR" | "BIGINT" | "DOUBLE" | "BOOLEAN" | "TIMESTAMP" | "JSON";

/** One column: its name, its type and what it holds. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
}

/** One table. */
export interface Table {
  readonly name: string;
  /** What one row is. */
  readonly title: string;
  readonly columns: readonly Column[];
  /** Columns by which its rows are kept and exported in order. */
  readonly order: readonly string[];
  /** The query that makes it of other tables; absent where it is stored. */
  readonly view?: string;
}

const columns = (
  rows: Readonly<Record<string, readonly [type: ColumnType, meaning: string]>>,
): Column[] => Object.entries(rows).map(([name, [type, meaning]]) => ({ name, type, meaning }));

const runs: Table = {
  name: "runs",
  title: "one row a run folder, whatever its state",
  order: ["study", "run"],
  columns: columns({
    study: ["VARCHAR", "id of the study"],
    run: ["VARCHAR", "id of the run, unique within the study"],
    status: ["VARCHAR", "complete, partial, failed or corrupted"],
    message: ["VARCHAR", "why it failed, or what is wrong with its folder"],
    learner: ["VARCHAR", "level of the factor `learner`"],
    diversity: ["BIGINT", "number of distinct training instances; NULL where each is fresh"],
    fresh: ["BOOLEAN", "whether every training instance is a new one"],
    seed: ["BIGINT", "seed"],
    arm: ["JSON", "level of every factor: arm ->> 'learner'"],
    budget: ["BIGINT", "updates planned"],
    updates: ["BIGINT", "updates made and kept"],
    samples: ["BIGINT", "environment steps seen"],
    flops: ["DOUBLE", "floating-point operations spent in training"],
    candidates: ["BIGINT", "candidate algorithms evaluated"],
    size: ["BIGINT", "numbers stored by the learned algorithm"],
    seconds: ["DOUBLE", "wall-clock seconds of training and measuring"],
    task: ["VARCHAR", "task family"],
    task_parameters: ["JSON", "its parameters"],
    architecture: ["VARCHAR", "what was searched over"],
    architecture_parameters: ["JSON", "its parameters"],
    algorithm: ["VARCHAR", "how it was searched"],
    algorithm_parameters: ["JSON", "its parameters"],
    engine: ["VARCHAR", "what computed"],
    engine_version: ["VARCHAR", "its version"],
    threads: ["BIGINT", "its threads"],
    fallback: ["VARCHAR", "why the first choice of engine could not be used"],
    versions: ["JSON", "versions of what ran, with the commit: versions ->> 'commit'"],
    begun: ["TIMESTAMP", "when the folder was made"],
    ended: ["TIMESTAMP", "when the run was complete or failed"],
    unreadable_lines: ["BIGINT", "lines of metrics.jsonl that hold no update, e.g. half written"],
  }),
};

const measurements: Table = {
  name: "measurements",
  title: "one number of one run at one checkpoint",
  order: ["study", "run", "update", "measure", "step"],
  columns: columns({
    study: ["VARCHAR", "id of the study"],
    run: ["VARCHAR", "id of the run"],
    learner: ["VARCHAR", "level of the factor `learner`"],
    diversity: ["BIGINT", "number of distinct training instances; NULL where each is fresh"],
    fresh: ["BOOLEAN", "whether every training instance is a new one"],
    seed: ["BIGINT", "seed"],
    update: ["BIGINT", "updates made at the checkpoint"],
    samples: ["BIGINT", "environment steps seen by then"],
    final: ["BOOLEAN", "whether it is the last checkpoint of a complete run"],
    measure: ["VARCHAR", "signature.part, e.g. optimization-power.runTime; training.NAME"],
    kind: ["VARCHAR", "value, part, series, baseline, or diagnostic (a mean of training)"],
    step: ["BIGINT", "step of the episode from 1, for a series"],
    value: ["DOUBLE", "the number; NULL where the signature is not applicable"],
    unit: ["VARCHAR", "its unit"],
    low: ["DOUBLE", "lower end of its interval over instances"],
    high: ["DOUBLE", "upper end"],
    level: ["DOUBLE", "stated coverage of the interval"],
    n: ["BIGINT", "episodes measured"],
    reason: ["VARCHAR", "why the signature is not applicable"],
  }),
};

const metrics: Table = {
  name: "metrics",
  title: "one diagnostic of one run at one update of training",
  order: ["study", "run", "metric", "update"],
  columns: columns({
    study: ["VARCHAR", "id of the study"],
    run: ["VARCHAR", "id of the run"],
    update: ["BIGINT", "the update, from 1"],
    metric: ["VARCHAR", "name of the diagnostic, e.g. loss"],
    value: ["DOUBLE", "its value; NULL where it was no finite number"],
  }),
};

const failureColumns = [
  "study",
  "run",
  "status",
  "message",
  "learner",
  "diversity",
  "seed",
  "ended",
];

const failures: Table = {
  name: "failures",
  title: "one row a run that failed or whose folder is corrupted",
  order: ["study", "run"],
  columns: failureColumns.map((name) => runs.columns.find((column) => column.name === name)!),
  view: `SELECT ${failureColumns.join(", ")} FROM runs WHERE status IN ('failed', 'corrupted')`,
};

/** Tables that are kept as Parquet files. */
export const storedTables = [runs, measurements, metrics] as const;

/** Every table. */
export const tables: readonly Table[] = [...storedTables, failures];

/** To be raised when rows are read otherwise from the same folders. */
const reading = 1;

/** Changes with any table, so that what an older version derived is derived again. */
export const definitionsHash = contentHash({ reading, tables } as unknown as Json).slice(0, 16);
