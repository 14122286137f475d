/** Runs what is missing of a study, several runs at once, through an injected executor. */
import { messageOf } from "../core/index.ts";
import { keepForecast, restingRuns } from "./forecast.ts";
import type { Archive, Executor, PlannedRun, PlannedStudy, Sink } from "./types.ts";

export interface RunnerParts {
  readonly archive: Archive;
  readonly executor: Executor;
  readonly sink: Sink;
  readonly signal: AbortSignal;
}

/** How many of the study's runs ended how in this call. */
export interface RunnerSummary {
  /** Finished now. */
  readonly complete: number;
  readonly failed: number;
  readonly stopped: number;
  /** Complete before. */
  readonly skipped: number;
  /** Folders that do not hold what they should; left untouched. */
  readonly corrupted: readonly { readonly run: PlannedRun; readonly message: string }[];
}

/**
 * Complete runs are skipped, partial ones go on, failed ones are repeated, corrupted ones are left alone.
 * A run that fails does not stop the others. Where the study's analysis forecasts, the runs that the forecast
 * rests on go first, and it is kept before any other run starts. Resolves when nothing is under way any more.
 */
export async function runStudy(study: PlannedStudy, parts: RunnerParts): Promise<RunnerSummary> {
  const { archive, executor, sink, signal } = parts;
  const todo: { run: PlannedRun; resumedAt: number }[] = [];
  const corrupted: { run: PlannedRun; message: string }[] = [];
  let skipped = 0;
  for (const run of study.runs) {
    const state = await archive.state(run);
    if (state.status === "complete") skipped++;
    else if (state.status === "corrupted") corrupted.push({ run, message: state.message });
    else todo.push({ run, resumedAt: state.status === "partial" ? state.updates : 0 });
  }
  sink({ type: "planned", study, todo: todo.map(({ run }) => run), done: skipped });
  const counts = { complete: 0, failed: 0, stopped: 0 };
  const work = (queue: typeof todo) => async () => {
    while (queue.length > 0 && !signal.aborted) {
      const { run, resumedAt } = queue.shift()!;
      const begun = performance.now();
      const seconds = () => (performance.now() - begun) / 1000;
      sink({ type: "started", run, resumedAt });
      const outcome = await executor
        .execute(run, (updates) => sink({ type: "progress", run, updates }), signal)
        .catch((error: unknown) => ({ status: "failed", message: messageOf(error) }) as const);
      counts[outcome.status]++;
      if (outcome.status === "complete") sink({ type: "finished", run, seconds: seconds() });
      else if (outcome.status === "stopped")
        sink({ type: "stopped", run, updates: outcome.updates });
      else {
        await archive.fail(run, outcome.message, seconds());
        sink({ type: "failed", run, message: outcome.message });
      }
    }
  };
  const runAll = (queue: typeof todo) =>
    Promise.all(
      Array.from({ length: Math.max(1, Math.min(executor.jobs, queue.length)) }, work(queue)),
    );
  const first = new Set(restingRuns(study)?.map(({ id }) => id));
  await runAll(todo.filter(({ run }) => first.has(run.id)));
  if (!signal.aborted) await keepForecast(study, archive);
  await runAll(todo.filter(({ run }) => !first.has(run.id)));
  return { ...counts, skipped, corrupted };
}
