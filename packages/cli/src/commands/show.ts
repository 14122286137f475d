/** `mesascope show`: a study's arms and verdicts, or one run's checkpoints. */
import { InputError, nearestName } from "@mesascope/lab/core";
import type { RunEntry } from "@mesascope/lab/studies";
import type { RunStore } from "@mesascope/store";
import { type InstanceFlags, showInstance, withInstanceOptions } from "../instance.ts";
import { type DataFlags, type PlanFlags, withDataOptions, withPlanOptions } from "../options.ts";
import { outcomeOf } from "../outcomes.ts";
import { armsTable } from "../output/arms.ts";
import { outcomeJson, printJson } from "../output/json.ts";
import { runText } from "../output/run.ts";
import { styleFor } from "../output/style.ts";
import {
  engineLine,
  failureLines,
  heading,
  thresholdLines,
  verdictsTable,
} from "../output/verdicts.ts";
import {
  chooseStudy,
  findStudies,
  flagsOrLast,
  loadStudy,
  planLoaded,
  type StudyLocation,
} from "../studies.ts";
import { openData, type World } from "../world.ts";
import type { AddCommand } from "./command.ts";

type Flags = DataFlags & PlanFlags & InstanceFlags;

const help = `
A study is shown with the profile, seeds and changes that it was last run with, unless flags say otherwise.
With --instance, a run on mazes is shown at work: what its learned algorithm marks in one of the held-out mazes that
it was measured on, tick by tick, beside breadth-first search and the filling of dead ends.

Examples:
  $ mesascope show diversity-keyed-bandit
  $ mesascope show 001 --json | less
  $ mesascope show gru-n16-s1-0123456789
  $ mesascope show recurrent-n5000-s1-0123456789 --instance 3 --ticks 1,4,12 --svg plan.svg`;

/** Adds the command. */
export const addShowCommand: AddCommand = (program, world, act) => {
  const command = program
    .command("show <study-or-run>")
    .description("show a study's arms and verdicts, or a run's checkpoints");
  withInstanceOptions(withPlanOptions(withDataOptions(command)))
    .addHelpText("after", help)
    .action(act((name: string, flags: Flags) => show(world, name, flags)));
};

async function show(world: World, name: string, flags: Flags): Promise<number> {
  const store = await openData(world, flags.data);
  const entry = await findRun(store, name);
  if (entry && flags.instance !== undefined)
    return showInstance(world, store, entry, flags, flags.instance);
  if (flags.instance !== undefined)
    throw new InputError(`an instance is shown of one run, and no run is called '${name}'`, {
      place: "--instance",
    });
  if (flags.ticks || flags.svg)
    throw new InputError("needs --instance, which says what maze is meant", {
      place: flags.ticks ? "--ticks" : "--svg",
    });
  if (entry) return showRun(world, store, entry, flags);
  return showStudy(world, store, await chosen(world, store, name), flags);
}

async function findRun(store: RunStore, id: string): Promise<RunEntry | undefined> {
  for (const study of await store.studies())
    if ((await store.runs(study)).includes(id)) {
      const run = await store.planned(study, id);
      return { run, state: await store.state(run) };
    }
  return undefined;
}

/** The study meant; where there is none, the nearest run is worth naming too. */
async function chosen(world: World, store: RunStore, name: string): Promise<StudyLocation> {
  const isStudy = findStudies(world).some(({ id }) => nearestName(name, [id]) !== undefined);
  if (isStudy || /^\d+$|\.yaml$/.test(name)) return chooseStudy(world, name);
  const runs: string[] = [];
  for (const study of await store.studies()) runs.push(...(await store.runs(study)));
  const near = nearestName(name, runs);
  if (near) throw new InputError(`no study or run is called '${name}'; did you mean '${near}'?`);
  return chooseStudy(world, name);
}

async function showStudy(
  world: World,
  store: RunStore,
  location: StudyLocation,
  flags: Flags,
): Promise<number> {
  const loaded = await loadStudy(world, location);
  const plan = await flagsOrLast(store, loaded.file.id, flags);
  const outcome = await outcomeOf(world, store, await planLoaded(world, loaded, plan));
  if (flags.json) {
    printJson(world.stdout, outcomeJson(outcome));
    return 0;
  }
  const style = styleFor(world.stdout, world.env);
  world.stdout.write(
    `${heading(outcome, style)}\n${armsTable(outcome)}` +
      `${style.dim("at the end of training: mean over seeds [least, greatest]")}\n\n` +
      `${verdictsTable(outcome, style)}${thresholdLines(outcome)}` +
      `${failureLines(outcome.entries, style)}${engineLine(outcome.entries)}`,
  );
  return 0;
}

function showRun(world: World, store: RunStore, entry: RunEntry, flags: Flags): number {
  const folder = store.folderOf(entry.run);
  if (flags.json) printJson(world.stdout, { ...entry.run, folder, state: entry.state });
  else world.stdout.write(runText(entry, folder, styleFor(world.stdout, world.env)));
  return 0;
}
