/** What the data folder holds, as pages are told; read anew when it has changed, and shared by all who ask. */
import { join } from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { messageOf } from "@mesascope/lab/core";
import type { CheckpointRecord, PlannedRun } from "@mesascope/lab/studies";
import { checkpointsIn, filesOf, type RunStore, updatesOf, versionOf } from "@mesascope/store";
import {
  briefOf,
  committedEvidence,
  type KnownStudy,
  readCalibration,
  viewOf,
} from "@mesascope/web/bake";
import {
  type CheckpointView,
  type Evidence,
  type Overview,
  pack,
  type RunBrief,
  type RunView,
  type StudyView,
} from "@mesascope/web/views";
import { outcomeOf } from "../outcomes.ts";
import { findStudies, flagsOrLast, loadStudy, planLoaded } from "../studies.ts";
import type { World } from "../world.ts";
import { Missing } from "./queries.ts";

/** What one study's runs gave, with what it was computed from. */
interface Analysed {
  readonly version: string;
  readonly known: Promise<{ readonly study: KnownStudy; readonly evidence: readonly Evidence[] }>;
}

/** The data folder of a server. */
export class ServedFolder {
  readonly #world: World;
  readonly #store: RunStore;
  /** `docs/results` of the checkout, which evidence comes from where the folder has none. */
  readonly #results: string;
  readonly #analysed = new Map<string, Analysed>();
  /** Runs in short, as they were when their folders were last seen to change. */
  readonly #briefs = new Map<string, { readonly version: string; readonly run: RunBrief }>();
  /** What was last found of each study. */
  readonly #last = new Map<string, Awaited<Analysed["known"]>>();
  /** Milliseconds that an overview waits for studies that have to be read. */
  readonly #patience = 250;

  constructor(world: World, store: RunStore, results: string) {
    this.#world = world;
    this.#store = store;
    this.#results = results;
  }

  /**
   * The conditions with the evidence of this folder's runs, and the committed evidence of other studies. What takes
   * longer to read than a reader waits is told of as pending.
   */
  async overview(): Promise<Overview> {
    const { conditions } = await import("@mesascope/lab/studies");
    const own = new Set(await this.#store.studies());
    let waiting = true;
    const patience = setTimeout(() => {
      waiting = false;
    }, this.#patience);
    const known = [];
    let pending = 0;
    for (const { id } of findStudies(this.#world)) {
      const analysis = own.has(id) ? this.#analyse(id) : Promise.resolve(undefined);
      const analysed = waiting
        ? await orAfter(analysis, this.#patience)
        : await orAfter(analysis, 0);
      if (analysed === "late") pending++;
      // What was known before the folder changed is better than nothing.
      const best = analysed === "late" ? this.#last.get(id) : analysed;
      known.push(best ?? { study: await this.#unrun(id), evidence: [] });
    }
    clearTimeout(patience);
    const evidence = known.flatMap((item) => item.evidence);
    const committed = committedEvidence(this.#results).filter(
      ({ study }) => !evidence.some((item) => item.study === study),
    );
    return {
      conditions,
      studies: known.map(({ study }) => briefOf(study)),
      evidence: [...evidence, ...committed],
      pending,
    };
  }

  /** Reads what the first reader would wait for: one study after the other, and the tables of curves. */
  async prepare(signal: AbortSignal): Promise<void> {
    for (const id of await this.#store.studies()) {
      if (signal.aborted) return;
      if (findStudies(this.#world).some((location) => location.id === id)) await this.#analyse(id);
      await pause();
    }
    await this.runs();
    const { refresh } = await import("@mesascope/store/tables");
    await refresh(this.#store.folder, { signal });
  }

  /** @throws Missing where there is no such study. */
  async study(id: string): Promise<StudyView> {
    this.#location(id);
    const { study, evidence } = (await this.#analyse(id)) ?? {
      study: await this.#unrun(id),
      evidence: committedEvidence(this.#results),
    };
    return viewOf(study, evidence, readCalibration(join(this.#store.folder, "calibration.json")));
  }

  /** Every run folder, of one study or of all. */
  async runs(of?: string): Promise<RunBrief[]> {
    const studies = of === undefined ? await this.#store.studies() : [of];
    const found = await Promise.all(
      studies.map(async (study) => {
        const ids = await this.#store.runs(study);
        return Promise.all(ids.map((id) => this.#brief(study, id)));
      }),
    );
    return found.flat().filter((run) => run !== undefined);
  }

  /** @throws Missing where there is no such run. */
  async run(study: string, id: string): Promise<RunView> {
    const planned = await this.planned(study, id);
    const folder = this.#store.folderOf(planned);
    const state = await this.#store.state(planned);
    const location = findStudies(this.#world).find((one) => one.id === study);
    const file = location && (await loadStudy(this.#world, location).catch(() => undefined))?.file;
    const files = await filesOf(folder);
    const { spec } = planned;
    const drawn =
      "task" in spec && spec.task.family === "maze-path" && files.includes("model.onnx");
    return {
      ...brief(planned, state.status, updatesOf(state)),
      number: location?.number ?? "",
      title: file?.title ?? study,
      ...("message" in state ? { message: state.message } : {}),
      spec,
      versions: state.status === "complete" ? state.result.versions : {},
      ...(state.status === "complete" ? { seconds: state.result.seconds } : {}),
      checkpoints: (await checkpointsIn(folder)).map(viewOfCheckpoint),
      instances: drawn ? Math.min(64, spec.measure.episodes) : 0,
      files,
    };
  }

  /** @throws Missing where there is no such run. */
  async planned(study: string, id: string): Promise<PlannedRun> {
    try {
      return await this.#store.planned(study, id);
    } catch (cause) {
      throw new Missing(`there is no run '${id}' of study '${study}' here`, { cause });
    }
  }

  folderOf(study: string, id: string): string {
    return this.#store.folderOf({ study, id });
  }

  model(run: PlannedRun): Promise<Uint8Array | undefined> {
    return this.#store.model(run);
  }

  #location(id: string) {
    const found = findStudies(this.#world).find((location) => location.id === id);
    if (!found) throw new Missing(`there is no study '${id}'`);
    return found;
  }

  async #unrun(id: string): Promise<KnownStudy> {
    const location = this.#location(id);
    const { file, text } = await loadStudy(this.#world, location);
    return { id, number: location.number, file, source: text, origin: "committed" };
  }

  /** The study's runs analysed, once for every state of their folders; undefined where none can be. */
  async #analyse(id: string) {
    const ids = await this.#store.runs(id).catch(() => []);
    if (ids.length === 0) return undefined;
    const versions = await Promise.all(
      ids.map(async (run) => `${run} ${await versionOf(this.folderOf(id, run))}`),
    );
    const version = versions.join("\n");
    const before = this.#analysed.get(id);
    if (before?.version === version) return before.known.catch(() => undefined);
    const known = this.#outcome(id);
    this.#analysed.set(id, { version, known });
    known.then((found) => this.#last.set(id, found)).catch(() => {});
    return known.catch((error: unknown) => {
      this.#world.stderr.write(`${id} cannot be shown: ${messageOf(error)}\n`);
      return undefined;
    });
  }

  async #outcome(id: string) {
    const loaded = await loadStudy(this.#world, this.#location(id));
    const flags = await flagsOrLast(this.#store, id, { set: [] });
    const planned = await planLoaded(this.#world, loaded, flags);
    const outcome = await outcomeOf(this.#world, this.#store, planned);
    const { evidenceOf } = await this.#world.lab();
    const study: KnownStudy = {
      ...{ id, number: loaded.location.number, file: loaded.file, source: loaded.text },
      origin: "data",
      outcome: pack(outcome),
    };
    return { study, evidence: evidenceOf([outcome]) };
  }

  /** A folder that vanished or was damaged since it was listed is no run. */
  async #brief(study: string, id: string): Promise<RunBrief | undefined> {
    try {
      const version = await versionOf(this.folderOf(study, id));
      const before = this.#briefs.get(`${study}/${id}`);
      if (before?.version === version) return before.run;
      const planned = await this.#store.planned(study, id);
      const state = await this.#store.state(planned);
      const run = brief(planned, state.status, updatesOf(state));
      this.#briefs.set(`${study}/${id}`, { version, run });
      return run;
    } catch {
      return undefined;
    }
  }
}

/** What the work gives, or that it was not there in time. */
function orAfter<T>(work: Promise<T>, milliseconds: number): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function brief(run: PlannedRun, status: RunBrief["status"], updates: number): RunBrief {
  const { id, study, arm, seed, spec } = run;
  const budget = "budget" in spec ? spec.budget.updates : spec.work;
  return { id, study, arm, seed, status, updates, budget };
}

function viewOfCheckpoint({ spent, measurements }: CheckpointRecord): CheckpointView {
  const applicable = measurements.filter((one) => one.applicable);
  return {
    updates: spent.updates,
    samples: spent.samples,
    measured: applicable.flatMap(({ signature, value, unit, interval, parts }) => [
      { measure: `${signature}.value`, value, unit, low: interval.low, high: interval.high },
      ...Object.entries(parts).map(([name, part]) => ({
        ...{ measure: `${signature}.${name}`, value: part.value, unit: part.unit },
        ...(part.interval ? { low: part.interval.low, high: part.interval.high } : {}),
      })),
    ]),
    series: Object.fromEntries(
      applicable.flatMap(({ signature, series }) =>
        Object.entries(series).map(([name, values]) => [`${signature}.${name}`, values]),
      ),
    ),
  };
}
