/** The data folder: `DATA/<study>/<run id>/`, one folder a run, written by as many processes as like. */
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { InputError, messageOf, WorkError } from "@mesascope/lab/core";
import type { Archive, Forecast, PlannedRun, RunState } from "@mesascope/lab/studies";
import { type Disk, nodeDisk, writeAtomically } from "./disk.ts";
import { files } from "./files.ts";
import { fromJson, toJson } from "./json.ts";
import { tryLock, type WaitOptions } from "./lock.ts";
import { type Processes, systemProcesses } from "./processes.ts";
import { type ArrayCodec, type Opening, openRun, type StoreParts, writeSpec } from "./run.ts";
import {
  forecastFileSchema,
  type StudyRecord,
  specFileSchema,
  studyRecordSchema,
} from "./schemas.ts";
import { readState } from "./state.ts";

/** What an archive is opened with; `disk` and `processes` are those of this machine unless a test gives others. */
export interface ArchiveOptions {
  readonly codec: ArrayCodec;
  /** Versions of what runs, with the commit, recorded with every run. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly disk?: Disk;
  readonly processes?: Processes;
}

/** All runs of a data folder. */
export interface RunStore extends Archive {
  /** Absolute path of the data folder. */
  readonly folder: string;
  /**
   * Makes the data folder if it is not there.
   * @throws InputError where it cannot be made or written to.
   */
  prepare(): Promise<void>;
  /** Absolute path of a run's folder. */
  folderOf(run: Pick<PlannedRun, "study" | "id">): string;
  /** Opens a run for writing, waiting while another process holds it. */
  open(run: PlannedRun, wait?: WaitOptions): Promise<Opening>;
  /** Ids of the studies that have a folder, sorted. */
  studies(): Promise<string[]>;
  /** Ids of the runs of a study that have a folder, sorted. */
  runs(study: string): Promise<string[]>;
  /**
   * What a run was planned to be, from its `spec.json`.
   * @throws WorkError where that does not hold what it should.
   */
  planned(study: string, id: string): Promise<PlannedRun>;
  /** The learned algorithm of a run as an ONNX file, where it has one. */
  model(run: Pick<PlannedRun, "study" | "id">): Promise<Uint8Array | undefined>;
  /** Keeps how a study was last run. */
  record(record: StudyRecord): Promise<void>;
  /** How a study was last run, if it was and the record can be read. */
  recorded(study: string): Promise<StudyRecord | undefined>;
}

/** Opens a data folder; nothing is read or written before it is asked for. */
export function openArchive(dataDir: string, options: ArchiveOptions): RunStore {
  return new FolderStore(dataDir, {
    codec: options.codec,
    versions: options.versions ?? {},
    disk: options.disk ?? nodeDisk,
    processes: options.processes ?? systemProcesses(),
  });
}

const recordName = "study.json";

class FolderStore implements RunStore {
  readonly folder: string;
  readonly #given: string;
  readonly #parts: StoreParts;

  constructor(given: string, parts: StoreParts) {
    this.#given = given;
    this.folder = resolve(given);
    this.#parts = parts;
  }

  async prepare(): Promise<void> {
    const { disk } = this.#parts;
    const probe = `${this.folder}/.writable-${randomBytes(4).toString("hex")}`;
    try {
      await disk.makeFolder(this.folder);
      await disk.write(probe, new Uint8Array(1));
      await disk.remove(probe);
    } catch (cause) {
      throw new InputError(messageOf(cause), { place: `--data ${this.#given}`, cause });
    }
  }

  folderOf({ study, id }: Pick<PlannedRun, "study" | "id">): string {
    return `${this.#studyFolder(study)}/${asName(id)}`;
  }

  state(run: PlannedRun): Promise<RunState> {
    return readState(this.#parts.disk, this.folderOf(run), run);
  }

  open(run: PlannedRun, wait?: WaitOptions): Promise<Opening> {
    return openRun(this.folderOf(run), run, this.#parts, wait);
  }

  async fail(run: PlannedRun, message: string, seconds: number): Promise<void> {
    const { disk, processes, versions } = this.#parts;
    const folder = this.folderOf(run);
    await disk.makeFolder(folder);
    const lock = await tryLock(disk, folder, processes);
    // Another process has the run in hand by now: how it ends is for that one to say.
    if (!("release" in lock)) return;
    try {
      const { status } = await readState(disk, folder, run);
      if (status === "complete" || status === "corrupted") return;
      if (status === "absent") await writeSpec(disk, folder, run, versions);
      const content = { message, when: new Date().toISOString(), seconds };
      await writeAtomically(disk, folder, files.failure, toJson(content));
    } finally {
      await lock.release();
    }
  }

  async studies(): Promise<string[]> {
    const { disk } = this.#parts;
    const found: string[] = [];
    for (const name of (await disk.list(this.folder)) ?? [])
      if (!name.includes(".") && (await this.runs(name)).length > 0) found.push(name);
    return found;
  }

  async runs(study: string): Promise<string[]> {
    const { disk } = this.#parts;
    const folder = this.#studyFolder(study);
    const found: string[] = [];
    for (const name of (await disk.list(folder).catch(() => undefined)) ?? [])
      if (
        !name.startsWith(".") &&
        (await disk.stat(`${folder}/${name}/${files.spec}`).catch(() => undefined))
      )
        found.push(name);
    return found;
  }

  async planned(study: string, id: string): Promise<PlannedRun> {
    const path = `${this.folderOf({ study, id })}/${files.spec}`;
    const bytes = await this.#parts.disk.read(path);
    if (!bytes) throw new WorkError(`${path} is missing`);
    const parsed = fromJson(bytes, path, specFileSchema);
    if ("fault" in parsed) throw new WorkError(parsed.fault);
    const { arm, seed, spec } = parsed.value;
    return { id, study, arm, seed, spec };
  }

  model(run: Pick<PlannedRun, "study" | "id">): Promise<Uint8Array | undefined> {
    return this.#parts.disk.read(`${this.folderOf(run)}/${files.model}`);
  }

  async record(record: StudyRecord): Promise<void> {
    const folder = this.#studyFolder(record.id);
    await this.#parts.disk.makeFolder(folder);
    await writeAtomically(this.#parts.disk, folder, recordName, toJson(record), true);
  }

  async recorded(study: string): Promise<StudyRecord | undefined> {
    const path = `${this.#studyFolder(study)}/${recordName}`;
    const bytes = await this.#parts.disk.read(path);
    if (!bytes) return undefined;
    const parsed = fromJson(bytes, path, studyRecordSchema);
    return "value" in parsed ? parsed.value : undefined;
  }

  async forecast(study: string, name: string): Promise<Forecast | undefined> {
    const path = `${this.#studyFolder(study)}/${asName(name)}.json`;
    const bytes = await this.#parts.disk.read(path);
    if (!bytes) return undefined;
    const parsed = fromJson(bytes, path, forecastFileSchema);
    if ("fault" in parsed) throw new WorkError(parsed.fault);
    return parsed.value;
  }

  async keepForecast(study: string, name: string, forecast: Forecast): Promise<void> {
    if (await this.forecast(study, name)) return;
    const folder = this.#studyFolder(study);
    await this.#parts.disk.makeFolder(folder);
    await writeAtomically(this.#parts.disk, folder, `${asName(name)}.json`, toJson(forecast), true);
  }

  #studyFolder(study: string): string {
    return `${this.folder}/${asName(study)}`;
  }
}

/** Refuses ids that would leave the data folder. */
function asName(id: string): string {
  if (!/^[A-Za-z0-9][\w.-]*$/.test(id))
    throw new WorkError(`'${id}' cannot be the name of a folder`);
  return id;
}
