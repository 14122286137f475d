/**
 * One run's folder, held by one process. The order of writing makes every moment a safe one to die at:
 * `spec.json` first; then, as often as state is kept, the metrics, the arrays under a name made of their
 * content, and `snapshot.json`, whose renaming commits all three; at the end the trained parameters and
 * the model, then `result.json`, whose renaming makes the run complete.
 */
import { messageOf, type NamedArrays, WorkError } from "@mesascope/lab/core";
import type { PlannedRun, RunArchive, RunResult, RunSnapshot } from "@mesascope/lab/studies";
import { type Disk, isTemporary, writeAtomically } from "./disk.ts";
import { files, isSnapshotArrays, sha256 } from "./files.ts";
import { toJson } from "./json.ts";
import { type WaitOptions, waitForLock } from "./lock.ts";
import { cutMetrics, MetricsLog } from "./metrics.ts";
import type { Processes } from "./processes.ts";
import type { ResultFile, SnapshotFile, SpecFile } from "./schemas.ts";
import { readSnapshot, readState } from "./state.ts";

/** How arrays become a file and back; the engine's package owns the format (safetensors). */
export interface ArrayCodec {
  encode(arrays: NamedArrays): Uint8Array;
  /** @throws for bytes that are not in the format. */
  decode(bytes: Uint8Array): NamedArrays;
}

/** What the store needs from outside. */
export interface StoreParts {
  readonly codec: ArrayCodec;
  /** Versions of what runs, with the commit, recorded in `spec.json`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly disk: Disk;
  readonly processes: Processes;
}

/** A run that was opened for writing, or why it need not or cannot be. */
export type Opening =
  | { readonly status: "open"; readonly archive: RunArchive; release(): Promise<void> }
  /** Another process has completed it. */
  | { readonly status: "complete" }
  /** The wait for another process was ended by the signal. */
  | { readonly status: "stopped" };

/**
 * Opens a run for writing, alone: waits while another living process holds it, takes over from a dead one.
 * What a failed attempt left is cleared, what a crash left half written is removed, a kept state is gone on from.
 * @throws WorkError for a folder that does not hold what it should; nothing in it is touched.
 */
export async function openRun(
  folder: string,
  run: PlannedRun,
  parts: StoreParts,
  wait: WaitOptions = {},
): Promise<Opening> {
  const { disk } = parts;
  await disk.makeFolder(folder);
  const lock = await waitForLock(disk, folder, parts.processes, wait);
  if (!lock) return { status: "stopped" };
  try {
    const state = await readState(disk, folder, run);
    if (state.status === "corrupted") throw new WorkError(state.message);
    if (state.status === "complete") {
      await lock.release();
      return { status: "complete" };
    }
    if (state.status === "failed") await clear(disk, folder);
    if (state.status === "absent") await writeSpec(disk, folder, run, parts.versions);
    const archive = await goOn(folder, parts);
    return { status: "open", archive, release: () => lock.release() };
  } catch (error) {
    await lock.release().catch(() => {});
    throw error;
  }
}

/** Writes `spec.json`, the first file of a run. */
export async function writeSpec(
  disk: Disk,
  folder: string,
  run: PlannedRun,
  versions: Readonly<Record<string, string>>,
): Promise<void> {
  const { id, study, arm, seed, spec } = run;
  const content: SpecFile = {
    id,
    study,
    arm,
    seed,
    spec,
    versions,
    when: new Date().toISOString(),
  };
  await writeAtomically(disk, folder, files.spec, toJson(content));
}

/** Makes a failed run as new; `failure.json` goes last, so that a crash in between leaves it failed. */
async function clear(disk: Disk, folder: string): Promise<void> {
  for (const name of [files.snapshot, files.metrics, files.parameters, files.model, files.failure])
    await disk.remove(`${folder}/${name}`);
}

/** Removes left-overs of a crash and brings the metrics back to the kept state. */
async function goOn(folder: string, parts: StoreParts): Promise<RunArchive> {
  const { disk } = parts;
  const found = await readSnapshot(disk, folder);
  if (found && "fault" in found) throw new WorkError(found.fault);
  for (const name of (await disk.list(folder)) ?? [])
    if (isTemporary(name) || (isSnapshotArrays(name) && name !== found?.value.arrays.file))
      await disk.remove(`${folder}/${name}`);
  await cutMetrics(disk, folder, found?.value.spent.updates ?? 0);
  return new HeldRun(folder, parts, found);
}

type FoundSnapshot = { readonly value: SnapshotFile; readonly bytes: Uint8Array };

class HeldRun implements RunArchive {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #codec: ArrayCodec;
  readonly #metrics: MetricsLog;
  readonly #found: FoundSnapshot | undefined;
  /** Name of the arrays that `snapshot.json` names now. */
  #arrays: string | undefined;

  constructor(folder: string, { disk, codec }: StoreParts, found: FoundSnapshot | undefined) {
    this.#folder = folder;
    this.#disk = disk;
    this.#codec = codec;
    this.#metrics = new MetricsLog(disk, folder);
    this.#found = found;
    this.#arrays = found?.value.arrays.file;
  }

  async resume(): Promise<RunSnapshot | undefined> {
    if (!this.#found) return undefined;
    const { value, bytes } = this.#found;
    const { spent, seconds, checkpoints, pending } = value;
    try {
      return { spent, seconds, checkpoints, pending, arrays: this.#codec.decode(bytes) };
    } catch (cause) {
      throw new WorkError(
        `${this.#folder}/${value.arrays.file} cannot be read: ${messageOf(cause)}`,
        { cause },
      );
    }
  }

  async keep(snapshot: RunSnapshot): Promise<void> {
    await this.#metrics.flush();
    const bytes = this.#codec.encode(snapshot.arrays);
    const hash = sha256(bytes);
    const name = `snapshot-${hash.slice(0, 16)}.safetensors`;
    const { spent, seconds, checkpoints, pending } = snapshot;
    const content: SnapshotFile = {
      spent,
      seconds,
      checkpoints,
      pending,
      arrays: { file: name, sha256: hash },
    };
    if (name !== this.#arrays) await writeAtomically(this.#disk, this.#folder, name, bytes);
    await writeAtomically(this.#disk, this.#folder, files.snapshot, toJson(content));
    const before = this.#arrays;
    this.#arrays = name;
    if (before !== undefined && before !== name)
      await this.#disk.remove(`${this.#folder}/${before}`);
  }

  metrics(line: { readonly update: number; readonly [name: string]: number }): void {
    this.#metrics.add(line);
  }

  async complete(
    result: RunResult,
    parameters: NamedArrays,
    onnx: Uint8Array | undefined,
  ): Promise<void> {
    await this.#metrics.flush();
    const contents: [string, Uint8Array][] = [[files.parameters, this.#codec.encode(parameters)]];
    if (onnx) contents.push([files.model, onnx]);
    else await this.#disk.remove(`${this.#folder}/${files.model}`);
    for (const [name, bytes] of contents)
      await writeAtomically(this.#disk, this.#folder, name, bytes);
    const content: ResultFile = {
      ...result,
      files: Object.fromEntries(
        contents.map(([name, bytes]) => [name, { bytes: bytes.length, sha256: sha256(bytes) }]),
      ),
    };
    await writeAtomically(this.#disk, this.#folder, files.result, toJson(content));
    await this.#disk.remove(`${this.#folder}/${files.snapshot}`);
    if (this.#arrays !== undefined) await this.#disk.remove(`${this.#folder}/${this.#arrays}`);
  }
}
