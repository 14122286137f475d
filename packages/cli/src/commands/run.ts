/** `mesascope run`: runs what is missing of studies, then judges them and renews the report. */
import {
  type DataFlags,
  type PlanFlags,
  withDataOptions,
  withJobsOption,
  withPlanOptions,
} from "../options.ts";
import { outcomeJson, printJson } from "../output/json.ts";
import { reportOn } from "../reporting.ts";
import {
  checkDistinct,
  type RunReport,
  runStudies,
  type StudyRequest,
  workLine,
} from "../running.ts";
import { chooseStudy, loadStudy, planLoaded } from "../studies.ts";
import { openData, type World } from "../world.ts";
import type { AddCommand } from "./command.ts";
import { printResults } from "./results.ts";

type Flags = DataFlags & PlanFlags & { readonly jobs: number };

const help = `
The profile is 'quick' unless --profile names another. Runs that are complete are skipped, runs that were
stopped go on, runs that failed are repeated: the same command may be given again at any time.

Examples:
  $ mesascope run diversity-keyed-bandit --profile full
  $ mesascope run 001 002 --jobs 4 --data /tmp/runs
  $ mesascope run 001 --set budget.updates=500 --seeds 2`;

/** Adds the command. */
export const addRunCommand: AddCommand = (program, world, act) => {
  const command = program
    .command("run <study...>")
    .description("run studies, given by id, number (001) or file, and judge their predictions");
  withJobsOption(withPlanOptions(withDataOptions(command)))
    .addHelpText("after", help)
    .action(act((names: string[], flags: Flags) => run(world, names, flags)));
};

async function run(world: World, names: readonly string[], flags: Flags): Promise<number> {
  // Everything is read, planned and checked before anything runs.
  const studies: StudyRequest[] = [];
  for (const name of names) {
    const loaded = await loadStudy(world, chooseStudy(world, name));
    const study = await planLoaded(world, loaded, flags);
    studies.push({ study, flags: { ...flags, profile: study.profile } });
  }
  checkDistinct(studies);
  return runAndReport(world, studies, flags);
}

/** Runs the studies, prints what they found, and renews the report of the data folder. */
export async function runAndReport(
  world: World,
  studies: readonly StudyRequest[],
  flags: DataFlags & { readonly jobs: number },
): Promise<number> {
  const store = await openData(world, flags.data);
  const quiet = flags.quiet === true;
  await store.prepare();
  if (!quiet) world.stderr.write(workLine(studies, flags.jobs));
  const ran: RunReport = await runStudies(world, { studies, store, jobs: flags.jobs, quiet });
  // A study that was stopped has no results yet; what ran before it is in the data folder.
  if (ran.interrupted) return ran.code;
  const { report } = await reportOn(world, store, ran.outcomes);
  if (flags.json) printJson(world.stdout, { studies: ran.outcomes.map(outcomeJson), report });
  else printResults(world, ran.outcomes, report);
  return ran.code;
}
