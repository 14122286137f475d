/** An archive and an executor that live in this thread: for browsers, tests, and trying things out. */
import { entryOf, type NamedArrays } from "../core/index.ts";
import { executeRun } from "./execute.ts";
import type {
  Archive,
  Executor,
  Forecast,
  PlannedRun,
  RunArchive,
  RunResult,
  RunSnapshot,
  RunState,
} from "./types.ts";

interface Kept {
  snapshot?: RunSnapshot;
  result?: RunResult;
  parameters?: NamedArrays;
  failure?: { readonly message: string; readonly when: string; readonly seconds: number };
  metrics: { readonly update: number; readonly [name: string]: number }[];
}

/** Keeps everything in memory, by run id. */
export class MemoryArchive implements Archive {
  readonly runs = new Map<string, Kept>();
  readonly #forecasts = new Map<string, Forecast>();

  #kept(run: PlannedRun): Kept {
    return entryOf(this.runs, run.id, () => ({ metrics: [] }));
  }

  state(run: PlannedRun): Promise<RunState> {
    const { result, failure, snapshot } = this.#kept(run);
    if (result) return Promise.resolve({ status: "complete", result });
    if (failure) return Promise.resolve({ status: "failed", ...failure });
    if (snapshot) return Promise.resolve({ status: "partial", updates: snapshot.spent.updates });
    return Promise.resolve({ status: "absent" });
  }

  forecast(_study: string, name: string): Promise<Forecast | undefined> {
    return Promise.resolve(this.#forecasts.get(name));
  }

  keepForecast(_study: string, name: string, forecast: Forecast): Promise<void> {
    if (!this.#forecasts.has(name)) this.#forecasts.set(name, forecast);
    return Promise.resolve();
  }

  fail(run: PlannedRun, message: string, seconds: number): Promise<void> {
    this.#kept(run).failure = { message, when: new Date().toISOString(), seconds };
    return Promise.resolve();
  }

  /** The part of the archive that one run writes to. */
  open(run: PlannedRun): RunArchive {
    const kept = this.#kept(run);
    delete kept.failure;
    return {
      resume: () => Promise.resolve(kept.snapshot),
      keep(snapshot) {
        kept.snapshot = structuredClone(snapshot);
        return Promise.resolve();
      },
      metrics: (line) => {
        kept.metrics.push(line);
      },
      complete(result, parameters) {
        kept.result = result;
        kept.parameters = parameters;
        delete kept.snapshot;
        return Promise.resolve();
      },
    };
  }
}

/** Executes runs one after the other in this thread. */
export function inThreadExecutor(
  archive: MemoryArchive,
  versions: Readonly<Record<string, string>> = {},
): Executor {
  return {
    jobs: 1,
    execute: (run, report, signal) =>
      executeRun(run, archive.open(run), { signal, report, versions }),
    close: () => Promise.resolve(),
  };
}
