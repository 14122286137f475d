/** What the command touches outside itself, gathered in one value so that tests can give another. */
import { resolve } from "node:path";
import type { ArrayCodec, RunStore } from "@mesascope/store";
import type { PoolContext, ProcessPool } from "./executor/index.ts";

/** The parts of the lab that the command calls. */
export type Lab = Pick<
  typeof import("@mesascope/lab/studies"),
  | "parseStudy"
  | "planStudy"
  | "runStudy"
  | "analyzeStudy"
  | "forecastName"
  | "evidenceOf"
  | "conditionRows"
  | "studyJsonSchema"
  | "answersOf"
  | "questions"
>;

/** The parts of the report package that the command calls. */
export type ReportDocument = Pick<
  typeof import("@mesascope/report/document"),
  "renderReport" | "writeFigures"
>;

/** A stream to write to. */
export interface Output {
  write(text: string): unknown;
  /** A stream of Node tells when it can take more. */
  once?(event: "drain", listener: () => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Signals that ask the command to stop. */
export type StopSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

export interface World {
  readonly version: string;
  /** The command as it was given, for the report to name. */
  readonly command: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folders in which study files are looked for. */
  readonly studyFolders: readonly string[];
  /** The schema of study files in the checkout, `docs/study.schema.json`. */
  readonly schemaFile: string;
  /** The calibration in the checkout, `docs/results/calibration-maze.json`. */
  readonly calibrationFile: string;
  /** Loaded when first needed: help must not wait for the engine. */
  lab(): Promise<Lab>;
  document(): Promise<ReportDocument>;
  codec(): Promise<ArrayCodec>;
  /** Versions recorded with every run, with the commit. */
  versions(): Readonly<Record<string, string>>;
  /** Executes runs; `entry` of the context is the world's own. */
  pool(context: Omit<PoolContext, "entry"> & { readonly jobs: number }): ProcessPool;
  /** Calls `handler` at every stop signal until the function returned is called. */
  onStopSignal(handler: (signal: StopSignal) => void): () => void;
  /** Ends this process at once. */
  exit(code: number): void;
}

/** A data folder with the world's codec and versions. */
export async function openData(world: World, data: string): Promise<RunStore> {
  const { openArchive } = await import("@mesascope/store");
  return openArchive(resolve(world.cwd, data), {
    codec: await world.codec(),
    versions: world.versions(),
  });
}
