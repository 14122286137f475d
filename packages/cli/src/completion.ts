/** What the shell may complete at a point of the command line: commands, options, studies, runs, names of values. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command as Completable, RootCommand } from "@bomb.sh/tab";
import { exportFormats, tables } from "@mesascope/store/tables";
import type { Argument, Command, Option } from "commander";
import { bashScript } from "./bash-completion.ts";
import { profileNames } from "./options.ts";
import { findStudies } from "./studies.ts";
import type { World } from "./world.ts";

/** Shells for which there is a script that was tried. */
export const shells = ["bash", "zsh", "fish"] as const;

type Complete = (value: string, description: string) => void;
type Candidates = (complete: Complete) => void;

/** The script that a shell sources once; it asks `mesascope complete -- WORDS` at every Tab. */
export const completionScript = (shell: (typeof shells)[number]): string =>
  shell === "bash"
    ? bashScript
    : printed(() => new RootCommand().setup("mesascope", "mesascope", shell));

/** Candidates for the last of `words`, one a line with a tab and a description, then `:` and a directive. */
export function completions(program: Command, world: World, words: readonly string[]): string {
  const root = new RootCommand();
  const addCommands = (parent: Command, path: string) => {
    for (const command of parent.createHelp().visibleCommands(parent)) {
      const own = root.command(`${path}${command.name()}`, command.description());
      for (const option of command.createHelp().visibleOptions(command))
        addOption(own, option, world, words);
      for (const argument of command.registeredArguments)
        own.argument(argument.name(), candidatesFor(argument, world, words), argument.variadic);
      addCommands(command, `${path}${command.name()} `);
    }
  };
  addCommands(program, "");
  for (const option of program.createHelp().visibleOptions(program))
    addOption(root, option, world, words);
  return printed(() => root.parse([...words]));
}

function addOption(command: Completable, option: Option, world: World, words: readonly string[]) {
  const name = option.long?.slice(2);
  if (!name) return;
  const takesValue = option.required || option.optional;
  if (takesValue) command.option(name, option.description, valuesOf(name, world, words));
  else command.option(name, option.description);
}

/** Values of an option; those of numbers and free text are the user's. */
function valuesOf(name: string, world: World, words: readonly string[]): Candidates {
  const values: Readonly<Record<string, Candidates>> = {
    profile: these(profileNames),
    format: these(exportFormats),
    table: (complete) => {
      for (const table of tables) complete(table.name, table.title);
    },
    data: folders(world, words),
    out: folders(world, words),
    dir: folders(world, words),
    evidence: folders(world, words),
  };
  return values[name] ?? (() => {});
}

const these =
  (names: readonly string[]): Candidates =>
  (complete) => {
    for (const name of names) complete(name, "");
  };

function candidatesFor(argument: Argument, world: World, words: readonly string[]): Candidates {
  const name = argument.name();
  return (complete) => {
    if (name === "shell") these(shells)(complete);
    if (/study/.test(name))
      for (const { id, number, shown } of findStudies(world))
        complete(/^\d/.test(words.at(-1) ?? "") ? number : id, shown);
    if (/run/.test(name)) for (const run of runFolders(world, words)) complete(run, "run");
  };
}

/** Folders beside the one that is being typed. */
function folders(world: World, words: readonly string[]): Candidates {
  return (complete) => {
    const typed = (words.at(-1) ?? "").replace(/^--[^=]*=/, "");
    const before = typed.slice(0, typed.lastIndexOf("/") + 1);
    for (const name of foldersIn(resolve(world.cwd, before || ".")))
      if (!name.startsWith(".") || typed.slice(before.length).startsWith("."))
        complete(`${before}${name}`, "");
  };
}

function runFolders(world: World, words: readonly string[]): string[] {
  const given = words.indexOf("--data");
  const data = resolve(world.cwd, (given >= 0 && words[given + 1]) || "runs");
  return foldersIn(data)
    .filter((name) => name !== "derived" && name !== "report")
    .flatMap((study) => foldersIn(join(data, study)));
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    // What cannot be read has nothing to offer; a Tab is no place for an error.
    return [];
  }
}

/** What `work` prints: the library writes to the console, and to nothing else. */
function printed(work: () => void): string {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: unknown) => lines.push(`${line}\n`);
  try {
    work();
  } finally {
    console.log = log;
  }
  return lines.join("");
}
