/** `mesascope start`: every study at its smallest, then the report; what `npm start` runs. */
import { InputError } from "@mesascope/lab/core";
import { type DataFlags, withDataOptions, withJobsOption } from "../options.ts";
import type { StudyRequest } from "../running.ts";
import { findStudies, loadStudy, planLoaded } from "../studies.ts";
import type { World } from "../world.ts";
import type { AddCommand } from "./command.ts";
import { runAndReport } from "./run.ts";

type Flags = DataFlags & { readonly jobs: number; readonly all?: boolean };

/** Adds the command. */
export const addStartCommand: AddCommand = (program, world, act) => {
  withJobsOption(
    withDataOptions(
      program
        .command("start")
        .description("run the first studies at their smallest, then write the report"),
    ),
  )
    .option("--all", "also run the studies that are left out to keep this short")
    .addHelpText("after", "\nExample:\n  $ mesascope start --jobs 2")
    .action(act((flags: Flags) => start(world, flags)));
};

async function start(world: World, flags: Flags): Promise<number> {
  const studies: StudyRequest[] = [];
  const left: string[] = [];
  for (const location of findStudies(world)) {
    const plan = { profile: "start", set: [] } as const;
    const loaded = await loadStudy(world, location);
    if (loaded.file.inStart || flags.all)
      studies.push({ study: await planLoaded(world, loaded, plan), flags: plan });
    else left.push(location.id);
  }
  if (studies.length === 0)
    throw new InputError(`no study files (NNN-id.yaml) in ${world.studyFolders.join(" or ")}`);
  const code = await runAndReport(world, studies, flags);
  if (left.length > 0 && !flags.quiet)
    world.stderr.write(
      `Not run, to keep this short: ${left.join(", ")} (mesascope start --all runs them too).\n`,
    );
  return code;
}
