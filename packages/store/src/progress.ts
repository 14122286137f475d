/** How far a run has come, read while it may be written: for those who watch. */
import { open } from "node:fs/promises";
import type { CheckpointRecord, RunState } from "@mesascope/lab/studies";
import type { z } from "zod";
import { type Disk, nodeDisk } from "./disk.ts";
import { files } from "./files.ts";
import { fromJson } from "./json.ts";
import { type ResultFile, resultFileSchema, snapshotFileSchema } from "./schemas.ts";

/** Checkpoints measured so far, from the result or from the kept state; none where neither can be read. */
export async function checkpointsIn(
  folder: string,
  disk: Disk = nodeDisk,
): Promise<readonly CheckpointRecord[]> {
  const read = async (name: string, schema: z.ZodType<Pick<ResultFile, "checkpoints">>) => {
    const bytes = await disk.read(`${folder}/${name}`);
    const parsed = bytes && fromJson(bytes, name, schema);
    return parsed && "value" in parsed ? parsed.value.checkpoints : undefined;
  };
  return (
    (await read(files.result, resultFileSchema)) ??
    (await read(files.snapshot, snapshotFileSchema)) ??
    []
  );
}

/** Changes whenever something of the run does that a reader could see: names, sizes and times of its small files. */
export async function versionOf(folder: string, disk: Disk = nodeDisk): Promise<string> {
  const parts: string[] = [];
  for (const name of [files.spec, files.result, files.failure, files.snapshot, files.metrics]) {
    const found = await disk.stat(`${folder}/${name}`).catch(() => undefined);
    if (found) parts.push(`${name} ${found.size} ${found.modified}`);
  }
  return parts.join("; ");
}

/** One line of the log of training. */
export type MetricsLine = Readonly<Record<string, number | null>> & { readonly update: number };

/** Whole lines of the log after `from` bytes, and where the next reading goes on. */
export interface MetricsTail {
  readonly lines: readonly MetricsLine[];
  readonly next: number;
  /** Whether the log is shorter than `from`, so that it was read from its beginning: a run that went on from earlier. */
  readonly restarted: boolean;
}

/** Reads on in a log of training; one that is not there has no lines. */
export async function readMetrics(folder: string, from = 0): Promise<MetricsTail> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(`${folder}/${files.metrics}`, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      return { lines: [], next: 0, restarted: from > 0 };
    throw error;
  }
  try {
    const { size } = await file.stat();
    const restarted = size < from;
    const start = restarted ? 0 : from;
    const bytes = Buffer.alloc(size - start);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    const end = bytes.lastIndexOf(0x0a, bytesRead - 1) + 1;
    const text = bytes.toString("utf8", 0, end);
    return { lines: text.split("\n").flatMap(lineOf), next: start + end, restarted };
  } finally {
    await file.close();
  }
}

/** A torn or foreign line is left out. */
function lineOf(text: string): MetricsLine[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" &&
      value !== null &&
      "update" in value &&
      typeof value.update === "number"
      ? [value as MetricsLine]
      : [];
  } catch {
    return [];
  }
}

/** Files of a run that others may have, those that are there. */
export async function filesOf(folder: string, disk: Disk = nodeDisk): Promise<string[]> {
  const names = new Set((await disk.list(folder)) ?? []);
  return [files.result, files.metrics, files.model, files.parameters].filter((name) =>
    names.has(name),
  );
}

/** Updates that a state tells of. */
export function updatesOf(state: RunState): number {
  if (state.status === "complete") return state.result.spent.updates;
  return state.status === "partial" ? state.updates : 0;
}
