/** Runs planned studies one after the other in a process pool: what `run` and `start` share. */
import { InputError } from "@mesascope/lab/core";
import type { PlannedRun, PlannedStudy, StudyOutcome } from "@mesascope/lab/studies";
import type { RunStore } from "@mesascope/store";
import { watchForInterrupt } from "./interrupt.ts";
import type { PlanFlags } from "./options.ts";
import { outcomeOf } from "./outcomes.ts";
import { plural } from "./output/format.ts";
import { createDisplay, type Display } from "./progress/display.ts";
import type { World } from "./world.ts";

/** A plan with the flags that made it. */
export interface StudyRequest {
  readonly study: PlannedStudy;
  readonly flags: PlanFlags;
}

/** What is to be run and how. */
export interface RunRequest {
  readonly studies: readonly StudyRequest[];
  readonly store: RunStore;
  readonly jobs: number;
  readonly quiet: boolean;
}

/** How it went. */
export interface RunReport {
  readonly outcomes: readonly StudyOutcome[];
  /** Whether a signal stopped the work. */
  readonly interrupted: boolean;
  /** 0, or 1 where a run failed, was left unfinished or is corrupted, or the code of the signal that stopped it. */
  readonly code: number;
}

/** Runs what is missing of every study; the data folder must have been prepared. */
export async function runStudies(world: World, request: RunRequest): Promise<RunReport> {
  const { studies, store, jobs, quiet } = request;
  let display: Display | undefined;
  const notice = (message: string) => {
    if (display) display.notice(message);
    else if (!quiet) world.stderr.write(`${message}\n`);
  };
  const debug = world.env["MESASCOPE_DEBUG"] ? { output: notice } : {};
  const pool = world.pool({
    data: store.folder,
    versions: world.versions(),
    jobs,
    notice,
    ...debug,
  });
  const interrupt = watchForInterrupt(world, { kill: () => pool.kill(), notice });
  const { runStudy } = await world.lab();
  const outcomes: StudyOutcome[] = [];
  let code = 0;
  try {
    for (const [i, { study, flags }] of studies.entries()) {
      await record(store, study, flags);
      display = createDisplay(world, label(study, i, studies.length), quiet);
      const { sink } = display;
      const parts = { archive: store, executor: pool, sink, signal: interrupt.signal };
      const summary = await runStudy(study, parts).finally(() => display?.close());
      display = undefined;
      tellCorrupted(world, store, summary.corrupted);
      if (summary.failed + summary.stopped + summary.corrupted.length > 0) code = 1;
      if (interrupt.code !== undefined) break;
      outcomes.push(await outcomeOf(world, store, study));
    }
  } finally {
    await pool.close();
    interrupt.dispose();
  }
  if (interrupt.code !== undefined && !quiet)
    world.stderr.write("stopped; the same command goes on from here\n");
  return { outcomes, interrupted: interrupt.code !== undefined, code: interrupt.code ?? code };
}

const label = (study: PlannedStudy, i: number, of: number) =>
  of > 1 ? `${study.file.id} (${i + 1} of ${of})` : study.file.id;

async function record(
  store: RunStore,
  study: PlannedStudy,
  { seeds, set }: PlanFlags,
): Promise<void> {
  const { file, number, profile, source } = study;
  await store.record({
    ...{ id: file.id, number, profile, set, source, when: new Date().toISOString() },
    ...(seeds === undefined ? {} : { seeds }),
  });
}

function tellCorrupted(
  world: World,
  store: RunStore,
  corrupted: readonly { readonly run: PlannedRun; readonly message: string }[],
): void {
  for (const { run, message } of corrupted)
    world.stderr.write(
      `${run.id} is corrupted and was left as it is: ${message}. To run it again, move ${store.folderOf(run)} away.\n`,
    );
}

/** What is to be done, in one line for standard error. */
export function workLine(studies: readonly StudyRequest[], jobs: number): string {
  const runs = studies.reduce((sum, { study }) => sum + study.runs.length, 0);
  return `${plural(studies.length, "study").replace("studys", "studies")}, ${plural(runs, "run")}, ${jobs} at a time\n`;
}

/** Refuses a study that is named twice. */
export function checkDistinct(studies: readonly StudyRequest[]): void {
  const seen = new Set<string>();
  for (const { study } of studies) {
    if (seen.has(study.file.id)) throw new InputError(`study '${study.file.id}' is named twice`);
    seen.add(study.file.id);
  }
}
