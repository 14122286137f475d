/** `mesascope start`: every study at its smallest, then the report; what `npm start` runs. */
import { InputError } from "@mesascope/lab/core";
import { type DataFlags, withDataOptions, withJobsOption } from "../options.ts";
import type { StudyRequest } from "../running.ts";
import { findStudies, loadStudy, planLoaded } from "../studies.ts";
import type { World } from "../world.ts";
import type { AddCommand } from "./command.ts";
import { runAndReport } from "./run.ts";

type Flags = DataFlags & { readonly jobs: number };

/** Adds the command. */
export const addStartCommand: AddCommand = (program, world, act) => {
  withJobsOption(
    withDataOptions(
      program
        .command("start")
        .description("run every study at its smallest, then write the report"),
    ),
  )
    .addHelpText("after", "\nExample:\n  $ mesascope start --jobs 2")
    .action(act((flags: Flags) => start(world, flags)));
};

async function start(world: World, flags: Flags): Promise<number> {
  const studies: StudyRequest[] = [];
  for (const location of findStudies(world)) {
    const plan = { profile: "start", set: [] } as const;
    studies.push({
      study: await planLoaded(world, await loadStudy(world, location), plan),
      flags: plan,
    });
  }
  if (studies.length === 0)
    throw new InputError(`no study files (NNN-id.yaml) in ${world.studyFolders.join(" or ")}`);
  return runAndReport(world, studies, flags);
}
