/** `mesascope list`: the studies there are, and what the data folder holds of each. */
import { InputError, messageOf } from "@mesascope/lab/core";
import type { RunStore } from "@mesascope/store";
import { type DataFlags, profileNames, withDataOptions } from "../options.ts";
import { countStates, entriesOf, type StateCounts } from "../outcomes.ts";
import { printJson } from "../output/json.ts";
import { table } from "../output/table.ts";
import { findStudies, loadStudy, planLoaded, type StudyLocation } from "../studies.ts";
import { openData, type World } from "../world.ts";
import type { AddCommand } from "./command.ts";

interface Listed {
  readonly number: string;
  readonly id: string;
  readonly title: string;
  readonly condition: string;
  readonly file: string;
  readonly profiles: Readonly<
    Record<string, { readonly runs: number; readonly updates?: number } & StateCounts>
  >;
}

const help = `
Each profile shows how many of its runs the data folder holds complete.

Example:
  $ mesascope list --data runs`;

/** Adds the command. */
export const addListCommand: AddCommand = (program, world, act) => {
  withDataOptions(program.command("list").description("list the studies and what was run of them"))
    .addHelpText("after", help)
    .action(act((flags: DataFlags) => list(world, flags)));
};

async function list(world: World, flags: DataFlags): Promise<number> {
  const store = await openData(world, flags.data);
  const listed: Listed[] = [];
  const faults: string[] = [];
  for (const location of findStudies(world))
    try {
      listed.push(await describe(world, store, location));
    } catch (error) {
      // One file that is wrong must not hide the others.
      if (!(error instanceof InputError)) throw error;
      faults.push(messageOf(error));
    }
  if (flags.json) printJson(world.stdout, listed);
  else world.stdout.write(asTable(listed));
  for (const fault of faults) world.stderr.write(`mesascope: ${fault}\n`);
  return faults.length > 0 ? 2 : 0;
}

async function describe(world: World, store: RunStore, location: StudyLocation): Promise<Listed> {
  const loaded = await loadStudy(world, location);
  const profiles: Record<string, Listed["profiles"][string]> = {};
  for (const profile of profileNames) {
    const study = await planLoaded(world, loaded, { profile, set: [] });
    const counts = countStates(await entriesOf(store, study));
    const updates = study.kind === "training" ? { updates: study.updates } : {};
    profiles[profile] = { runs: study.runs.length, ...updates, ...counts };
  }
  const { id, title, condition } = loaded.file;
  return { number: location.number, id, title, condition, file: location.shown, profiles };
}

function asTable(listed: readonly Listed[]): string {
  if (listed.length === 0) return "no studies found\n";
  const columns = [
    { title: "no." },
    { title: "study" },
    { title: "condition" },
    ...profileNames.map((title) => ({ title, number: true })),
    { title: "title" },
  ];
  const rows = listed.map(({ number, id, condition, profiles, title }) => [
    number,
    id,
    condition,
    ...profileNames.map((name) => standing(profiles[name]!)),
    title,
  ]);
  return table(columns, rows);
}

function standing({ runs, complete, failed, corrupted }: Listed["profiles"][string]): string {
  const wrong = [
    failed > 0 ? `${failed} failed` : "",
    corrupted > 0 ? `${corrupted} corrupted` : "",
  ].filter(Boolean);
  return `${complete}/${runs}${wrong.length > 0 ? ` (${wrong.join(", ")})` : ""}`;
}
