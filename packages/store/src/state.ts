/** How a run stands, read from its folder without writing to it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { PlannedRun, RunState } from "@mesascope/lab/studies";
import type { Disk } from "./disk.ts";
import { isTemporary } from "./disk.ts";
import { files, sha256, specHash } from "./files.ts";
import { fromJson } from "./json.ts";
import { isLock } from "./lock.ts";
import {
  failureFileSchema,
  resultFileSchema,
  type SnapshotFile,
  snapshotFileSchema,
  specFileSchema,
} from "./schemas.ts";

/** How often a folder must look damaged before it is called so: a run under way may change between two reads. */
const looks = 4;

/** How the run in `folder` stands; a folder that does not hold what it should is `corrupted`, with the file named. */
export async function readState(disk: Disk, folder: string, run: PlannedRun): Promise<RunState> {
  for (let look = 1; ; look++) {
    const state = await lookAt(disk, folder, run);
    if (state.status !== "corrupted" || look === looks) return state;
    await sleep(10 * look);
  }
}

const corrupted = (message: string): RunState => ({ status: "corrupted", message });

async function lookAt(disk: Disk, folder: string, run: PlannedRun): Promise<RunState> {
  const spec = await disk.read(`${folder}/${files.spec}`);
  if (!spec) return withoutSpec(disk, folder);
  const fault = specFault(spec, folder, run);
  if (fault) return corrupted(fault);
  const result = await disk.read(`${folder}/${files.result}`);
  if (result) return resultState(disk, folder, run, result);
  const failure = await disk.read(`${folder}/${files.failure}`);
  if (failure) {
    const parsed = fromJson(failure, `${folder}/${files.failure}`, failureFileSchema);
    if ("fault" in parsed) return corrupted(parsed.fault);
    const { message, when, seconds } = parsed.value;
    return { status: "failed", message, when, seconds };
  }
  const snapshot = await readSnapshot(disk, folder);
  if (!snapshot) return { status: "partial", updates: 0 };
  return "fault" in snapshot
    ? corrupted(snapshot.fault)
    : { status: "partial", updates: snapshot.value.spent.updates };
}

async function withoutSpec(disk: Disk, folder: string): Promise<RunState> {
  const names = (await disk.list(folder)) ?? [];
  const content = names.find((name) => !isLock(name) && !isTemporary(name));
  return content === undefined
    ? { status: "absent" }
    : corrupted(`${folder}/${files.spec} is missing beside ${content}`);
}

function specFault(bytes: Uint8Array, folder: string, run: PlannedRun): string | undefined {
  const path = `${folder}/${files.spec}`;
  const parsed = fromJson(bytes, path, specFileSchema);
  if ("fault" in parsed) return parsed.fault;
  return specHash(parsed.value.spec) === specHash(run.spec)
    ? undefined
    : `${path} describes another run than ${run.id}`;
}

async function resultState(
  disk: Disk,
  folder: string,
  run: PlannedRun,
  bytes: Uint8Array,
): Promise<RunState> {
  const path = `${folder}/${files.result}`;
  const parsed = fromJson(bytes, path, resultFileSchema);
  if ("fault" in parsed) return corrupted(parsed.fault);
  const { files: listed, ...result } = parsed.value;
  if (specHash(result.spec) !== specHash(run.spec))
    return corrupted(`${path} describes another run than ${run.id}`);
  for (const [name, { bytes: size }] of Object.entries(listed)) {
    const found = await disk.stat(`${folder}/${name}`);
    if (!found) return corrupted(`${folder}/${name} is missing`);
    if (found.size !== size)
      return corrupted(
        `${folder}/${name} has ${found.size} bytes, not the ${size} that were written`,
      );
  }
  return { status: "complete", result };
}

/** The kept state with its arrays still as bytes; undefined where none was kept. */
export async function readSnapshot(
  disk: Disk,
  folder: string,
): Promise<
  | { readonly value: SnapshotFile; readonly bytes: Uint8Array }
  | { readonly fault: string }
  | undefined
> {
  const text = await disk.read(`${folder}/${files.snapshot}`);
  if (!text) return undefined;
  const parsed = fromJson(text, `${folder}/${files.snapshot}`, snapshotFileSchema);
  if ("fault" in parsed) return parsed;
  const { arrays } = parsed.value;
  const path = `${folder}/${arrays.file}`;
  const bytes = await disk.read(path);
  if (!bytes) return { fault: `${path} is missing` };
  if (sha256(bytes) !== arrays.sha256)
    return { fault: `${path} does not hold what was written to it` };
  return { value: parsed.value, bytes };
}
