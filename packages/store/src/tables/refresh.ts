/**
 * Brings `DATA/derived/` up to the run folders. Rows lie in segments of a few dozen runs, so that a run
 * that has changed costs the rewriting of one segment, and only its own folder is read. Nothing that is written
 * is changed afterwards: readers go on with the segments that they opened while others are being made.
 */
import { rm, stat } from "node:fs/promises";
import { messageOf, WorkError } from "@mesascope/lab/core";
import { type Disk, isTemporary, nodeDisk } from "../disk.ts";
import { waitForLock } from "../lock.ts";
import { type Holder, systemProcesses } from "../processes.ts";
import { openDatabase } from "./duckdb.ts";
import { keyOf, readManifest, type Segment, writeManifest } from "./manifest.ts";
import { type FoundRun, scanRuns } from "./scan.ts";
import { type SegmentRun, writeSegment } from "./segment.ts";

/** How the tables are brought up to date. */
export interface RefreshOptions {
  /** Stops between segments, and ends the wait for another process; what was done by then is kept. */
  readonly signal?: AbortSignal;
  /** Told the number of runs brought up to date, of all that have changed. */
  readonly progress?: (done: number, total: number) => void;
  /** Told of another process that is deriving the tables and is waited for. */
  readonly onHeld?: (holder: Holder) => void;
  /** Derives everything again. */
  readonly rebuild?: boolean;
}

/** Where the tables stand: absolute paths of the segments' folders. */
export interface Derived {
  readonly folders: readonly string[];
  /** Number of run folders. */
  readonly runs: number;
}

/** Runs of a segment that is written, and fewer than which a segment is merged into the next one written. */
const most = 32;
const few = 16;

/** How long a segment that is out of use is left for those who read it, in milliseconds. */
const grace = 120_000;

/** The tables of a data folder, brought up to date where they are not. */
export async function refresh(data: string, options: RefreshOptions = {}): Promise<Derived> {
  const disk = nodeDisk;
  const derived = `${data}/derived`;
  const plan = await planNow(disk, data, derived, options.rebuild);
  const now = plan.work.length > 0 ? await renew(disk, data, derived, options) : plan;
  return { folders: now.keep.map(({ name }) => `${derived}/${name}`), runs: now.runs };
}

interface Plan {
  /** Segments that stay as they are. */
  readonly keep: readonly Segment[];
  /** Runs to be written into new segments. */
  readonly work: readonly SegmentRun[];
  readonly runs: number;
}

async function planNow(disk: Disk, data: string, derived: string, rebuild = false): Promise<Plan> {
  const segments = rebuild ? [] : await readManifest(disk, derived);
  const found = await scanRuns(disk, data);
  return { ...planRefresh(segments, found), runs: found.length };
}

/** Which segments stay, and which runs go into new ones: those that have changed, and those of segments dissolved. */
export function planRefresh(
  segments: readonly Segment[],
  found: readonly FoundRun[],
): Omit<Plan, "runs"> {
  const current = new Map(found.map((run) => [keyOf(run), run.version]));
  const stands = ([key, version]: [string, string]) => current.get(key) === version;
  const whole = segments.filter(({ runs }) => Object.entries(runs).every(stands));
  const held = new Map(
    segments.flatMap(({ name, runs }) =>
      Object.entries(runs)
        .filter(stands)
        .map(([key]) => [key, name] as const),
    ),
  );
  const unchanged = whole.length === segments.length && held.size === found.length;
  const keep = unchanged ? whole : whole.filter(({ runs }) => Object.keys(runs).length >= few);
  const kept = new Set(keep.flatMap(({ runs }) => Object.keys(runs)));
  const work = found
    .filter((run) => !kept.has(keyOf(run)))
    .map((run) => {
      const from = held.get(keyOf(run));
      return from === undefined ? run : { ...run, from };
    });
  return { keep, work };
}

async function renew(
  disk: Disk,
  data: string,
  derived: string,
  { signal, onHeld, progress, rebuild }: RefreshOptions,
): Promise<Plan> {
  await disk.makeFolder(derived);
  const wait = { ...(signal ? { signal } : {}), ...(onHeld ? { onHeld } : {}) };
  const lock = await waitForLock(disk, derived, systemProcesses(), wait);
  if (!lock) throw new WorkError("stopped while waiting for another process to derive the tables");
  try {
    // Whoever held the lock may have done the work by now.
    const { keep, work, runs } = await planNow(disk, data, derived, rebuild);
    const segments = [...keep];
    const database = await openDatabase();
    try {
      for (let i = 0; i < work.length; i += most) {
        if (signal?.aborted) throw new WorkError("stopped while deriving the tables");
        segments.push(await writeSegment(database, disk, derived, work.slice(i, i + most)));
        await writeManifest(disk, derived, segments);
        progress?.(Math.min(i + most, work.length), work.length);
      }
    } catch (cause) {
      if (cause instanceof WorkError) throw cause;
      const why = messageOf(cause).replace(/\s*\n\s*/g, " ");
      throw new WorkError(`the tables could not be derived: ${why}`, { cause });
    } finally {
      database.close();
    }
    if (work.length === 0) await writeManifest(disk, derived, segments);
    await sweep(disk, derived, segments);
    return { keep: segments, work: [], runs };
  } finally {
    await lock.release();
  }
}

/** Removes segments that are out of use, and what a crash left half written. */
async function sweep(disk: Disk, derived: string, segments: readonly Segment[]): Promise<void> {
  const used = new Set(segments.map(({ name }) => name));
  for (const name of (await disk.list(derived)) ?? []) {
    if (used.has(name) || !(/^[0-9a-f]{16}$/.test(name) || isTemporary(name))) continue;
    const path = `${derived}/${name}`;
    const found = await stat(path).catch(() => undefined);
    const outOfUse = found && Date.now() - found.mtimeMs > grace;
    if (outOfUse) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
