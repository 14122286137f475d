/** Writes the report of a data folder: one HTML file, and the figures as SVG and PNG. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError, messageOf, WorkError } from "@mesascope/lab/core";
import type { StudyOutcome } from "@mesascope/lab/studies";
import { type RunStore, replaceFile } from "@mesascope/store";
import { readCalibration } from "./calibrated.ts";
import type { PlanFlags } from "./options.ts";
import { outcomeOf } from "./outcomes.ts";
import { findStudies, flagsOrLast, loadStudy, planLoaded } from "./studies.ts";
import type { World } from "./world.ts";

/** The files that were written, as paths. */
export interface ReportFiles {
  readonly report: string;
  readonly figures: readonly string[];
}

/** Writes `DATA/report/`; `data` is the absolute path of the data folder. */
export async function writeReport(
  world: World,
  data: string,
  outcomes: readonly StudyOutcome[],
): Promise<ReportFiles> {
  const { answersOf, conditionRows, evidenceOf, questions } = await world.lab();
  const { renderReport, writeFigures } = await world.document();
  const folder = join(data, "report");
  const report = join(folder, "index.html");
  const conditions = conditionRows(evidenceOf(outcomes));
  const provenance = {
    generated: new Date().toISOString(),
    command: world.command,
    versions: world.versions(),
  };
  const calibration = await readCalibration(world, data);
  const answered = calibration
    ? outcomes
        .map((outcome) => ({ outcome, learners: answersOf(outcome, calibration) }))
        .filter(({ learners }) => learners.length > 0)
    : [];
  const answers =
    calibration && answered.length > 0
      ? { answers: { calibration, file: calibration.file, questions, studies: answered } }
      : {};
  const figures: string[] = [];
  try {
    await mkdir(join(folder, "figures"), { recursive: true });
    await replaceFile(report, renderReport({ outcomes, conditions, provenance, ...answers }));
    for (const outcome of outcomes)
      for (const { name, svg, png } of writeFigures(outcome)) {
        const path = join(folder, "figures", `${outcome.study.file.id}-${name}`);
        await replaceFile(`${path}.svg`, svg);
        await replaceFile(`${path}.png`, png);
        figures.push(`${path}.svg`, `${path}.png`);
      }
  } catch (cause) {
    throw new WorkError(`the report could not be written: ${messageOf(cause)}`, { cause });
  }
  return { report, figures };
}

/**
 * What the data folder says of every study of which it holds runs, as each was last run or as `flags` ask.
 * A study whose file is gone or no longer fits is told on standard error and left out.
 */
export async function outcomesInData(
  world: World,
  store: RunStore,
  flags: PlanFlags,
  but: ReadonlySet<string> = new Set(),
): Promise<StudyOutcome[]> {
  const outcomes: StudyOutcome[] = [];
  const present = new Set(await store.studies());
  for (const location of findStudies(world)) {
    if (!present.delete(location.id) || but.has(location.id)) continue;
    try {
      const loaded = await loadStudy(world, location);
      const plan = await flagsOrLast(store, location.id, flags);
      outcomes.push(await outcomeOf(world, store, await planLoaded(world, loaded, plan)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      world.stderr.write(`${location.id} is left out of the report: ${messageOf(error)}\n`);
    }
  }
  for (const id of present)
    world.stderr.write(`${id} is left out of the report: it has no study file\n`);
  return outcomes;
}

/** Renews the report after a run: the studies just run, and whatever else the data folder holds. */
export async function reportOn(
  world: World,
  store: RunStore,
  ran: readonly StudyOutcome[],
): Promise<ReportFiles> {
  const others = await outcomesInData(
    world,
    store,
    { set: [] },
    new Set(ran.map(({ study }) => study.file.id)),
  );
  const all = [...ran, ...others].sort((a, b) => a.study.number.localeCompare(b.study.number));
  return writeReport(world, store.folder, all);
}

/**
 * Writes each study's evidence for the table of conditions as `NNN-id.json` into a folder, and what its runs gave, which
 * the pages draw, under the same name into `outcomes/` below it.
 */
export async function writeEvidence(
  world: World,
  folder: string,
  outcomes: readonly StudyOutcome[],
): Promise<string[]> {
  const { evidenceOf } = await world.lab();
  const { pack, rounded, toText } = await import("@mesascope/web/views");
  const written: string[] = [];
  try {
    await mkdir(join(folder, "outcomes"), { recursive: true });
    for (const outcome of outcomes) {
      const name = `${outcome.study.number}-${outcome.study.file.id}.json`;
      const path = join(folder, name);
      await replaceFile(path, `${JSON.stringify(evidenceOf([outcome]), null, 2)}\n`);
      await replaceFile(join(folder, "outcomes", name), `${toText(rounded(pack(outcome)))}\n`);
      written.push(path);
    }
  } catch (cause) {
    throw new WorkError(`the evidence could not be written: ${messageOf(cause)}`, { cause });
  }
  return written;
}
