/** `derived/manifest.json`: which segments hold which run in which version. */
import { z } from "zod";
import { type Disk, writeAtomically } from "../disk.ts";
import { fromJson, toJson } from "../json.ts";
import { definitionsHash, storedTables } from "./definitions.ts";
import { parquetPath } from "./duckdb.ts";
import type { FoundRun } from "./scan.ts";

/** A folder of `derived/` with one Parquet file a table, written once and never changed. */
export interface Segment {
  readonly name: string;
  /** Version of the run folder that its rows were read from, by `study/run`. */
  readonly runs: Readonly<Record<string, string>>;
  /** Size of each table's file, by the table's name. */
  readonly bytes: Readonly<Record<string, number>>;
}

/** Every run is in one segment at most. */
export interface Manifest {
  /** Hash of the tables' definitions. */
  readonly definitions: string;
  readonly segments: readonly Segment[];
}

const manifestName = "manifest.json";

const manifestSchema: z.ZodType<Manifest> = z.looseObject({
  definitions: z.string(),
  segments: z.array(
    z.looseObject({
      name: z.string().regex(/^[0-9a-f]+$/),
      runs: z.record(z.string(), z.string()),
      bytes: z.record(z.string(), z.number()),
    }),
  ),
});

/** A run's name in a manifest. */
export const keyOf = ({ study, run }: Pick<FoundRun, "study" | "run">): string => `${study}/${run}`;

/** The manifest as far as it holds: without segments whose files are not as they were written. */
export async function readManifest(disk: Disk, derived: string): Promise<Segment[]> {
  const path = `${derived}/${manifestName}`;
  const bytes = await disk.read(path);
  if (!bytes) return [];
  const parsed = fromJson(bytes, path, manifestSchema);
  if ("fault" in parsed || parsed.value.definitions !== definitionsHash) return [];
  const whole: Segment[] = [];
  for (const segment of parsed.value.segments)
    if (await isWhole(disk, derived, segment)) whole.push(segment);
  return whole;
}

async function isWhole(disk: Disk, derived: string, { name, bytes }: Segment): Promise<boolean> {
  for (const table of storedTables) {
    const stat = await disk.stat(parquetPath(`${derived}/${name}`, table));
    if (stat?.size !== bytes[table.name]) return false;
  }
  return true;
}

/** Replaces the manifest as a whole. */
export function writeManifest(
  disk: Disk,
  derived: string,
  segments: readonly Segment[],
): Promise<void> {
  const content: Manifest = { definitions: definitionsHash, segments };
  return writeAtomically(disk, derived, manifestName, toJson(content), true);
}
