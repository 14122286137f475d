/** What each JSON file of a run folder must hold. Fields that later versions add are kept as they are. */
import type {
  CheckpointRecord,
  Forecast,
  PlannedRun,
  RunResult,
  RunSnapshot,
} from "@mesascope/lab/studies";
import { z } from "zod";
import { numberSchema as real } from "./json.ts";

const count = z.number().int().min(0);
const numbers = z.record(z.string(), real);
const arm = z.record(z.string(), z.union([z.string(), z.number()]));
const parameters = z.json();

const measured = z.looseObject({ signatures: z.array(z.string()), episodes: count });

const trainingSpec = z.looseObject({
  version: z.literal(1),
  task: z.looseObject({ family: z.string(), parameters }),
  diversity: z.union([z.number().int().min(1), z.literal("fresh")]),
  learner: z.looseObject({
    architecture: z.string(),
    architectureParameters: parameters,
    algorithm: z.string(),
    algorithmParameters: parameters,
  }),
  budget: z.looseObject({ updates: z.number().int().min(1) }),
  checkpoints: z.array(count),
  measure: measured.extend({ final: measured.exactOptional() }),
  seed: z.number(),
});

const experimentSpec = z.looseObject({
  version: z.literal(1),
  experiment: z.looseObject({ id: z.string(), parameters }),
  work: count,
  seed: z.number(),
});

const spec = z.union([experimentSpec, trainingSpec]);

const spent = z.looseObject({ updates: count, samples: count, flops: real, candidates: count });

const interval = z.looseObject({ low: real, high: real, level: real });

const measurement = z.union([
  z.looseObject({
    signature: z.string(),
    applicable: z.literal(true),
    value: real,
    unit: z.string(),
    interval,
    n: count,
    baselines: numbers,
    parts: z.record(
      z.string(),
      z.looseObject({ value: real, unit: z.string(), interval: interval.exactOptional() }),
    ),
    series: z.record(z.string(), z.array(real)),
  }),
  z.looseObject({ signature: z.string(), applicable: z.literal(false), reason: z.string() }),
]);

const checkpoint: z.ZodType<CheckpointRecord> = z.looseObject({
  spent,
  measurements: z.array(measurement),
  metrics: numbers,
});

const engine = z.looseObject({
  name: z.string(),
  version: z.string(),
  threads: count,
  fallback: z.string().exactOptional(),
});

const time = z.iso.datetime();

/** A file that a run consists of beside its JSON, as the result lists it. */
const file = z.object({ bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const run = { id: z.string(), study: z.string(), arm, seed: z.number(), spec };

/** One arm with one seed, as it passes between processes. */
export const plannedRunSchema: z.ZodType<PlannedRun> = z.object(run);

/** `spec.json`: what the run is, written before anything else of it. */
export const specFileSchema: z.ZodType<SpecFile> = z.looseObject({
  ...run,
  versions: z.record(z.string(), z.string()),
  when: time,
});

/** What `spec.json` holds. */
export interface SpecFile extends PlannedRun {
  /** Versions of what began the run, with the commit. */
  readonly versions: Readonly<Record<string, string>>;
  readonly when: string;
}

/** `result.json`: written last; a valid one makes the run complete. */
export const resultFileSchema: z.ZodType<ResultFile> = z.looseObject({
  ...run,
  spent,
  checkpoints: z.array(checkpoint).min(1),
  size: count,
  engine,
  versions: z.record(z.string(), z.string()),
  data: z.json().exactOptional(),
  seconds: real,
  when: time,
  files: z.record(z.string(), file),
});

/** What `result.json` holds: the result and the files that belong to it. */
export interface ResultFile extends RunResult {
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** `snapshot.json`: the state to go on from; names the file that holds its arrays. */
export const snapshotFileSchema: z.ZodType<SnapshotFile> = z.looseObject({
  spent,
  seconds: real,
  checkpoints: z.array(checkpoint),
  pending: z.looseObject({ count, sums: numbers }),
  arrays: z.object({
    file: z.string().regex(/^snapshot-[0-9a-f]{16}\.safetensors$/),
    sha256: file.shape.sha256,
  }),
});

/** What `snapshot.json` holds. */
export interface SnapshotFile extends Omit<RunSnapshot, "arrays"> {
  readonly arrays: { readonly file: string; readonly sha256: string };
}

/** `failure.json`: how the last attempt failed. */
export const failureFileSchema = z.looseObject({ message: z.string(), when: time, seconds: real });

/** `forecast-*.json`: what a study's analysis forecast before the runs that test it. */
export const forecastFileSchema: z.ZodType<Forecast> = z.looseObject({
  when: time,
  from: z.array(z.string()),
  content: z.json(),
});

/** `study.json`: how a study was last run in this data folder. */
export const studyRecordSchema: z.ZodType<StudyRecord> = z.looseObject({
  id: z.string(),
  number: z.string(),
  profile: z.string(),
  seeds: z.number().int().min(1).exactOptional(),
  set: z.array(z.string()),
  source: z.string(),
  when: time,
});

/** How a study was last run: what was asked for beside its file, and the file's text at that time. */
export interface StudyRecord {
  readonly id: string;
  readonly number: string;
  readonly profile: string;
  readonly seeds?: number;
  readonly set: readonly string[];
  readonly source: string;
  readonly when: string;
}
