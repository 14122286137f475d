/** `mesascope init`: a new study file to begin with. */
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { InputError, messageOf, WorkError } from "@mesascope/lab/core";
import { printJson } from "../output/json.ts";
import { shortPath } from "../short-path.ts";
import { findStudies } from "../studies.ts";
import { studyTemplate } from "../template.ts";
import type { World } from "../world.ts";
import type { AddCommand } from "./command.ts";

interface Flags {
  readonly dir?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const help = `
Writes NNN-id.yaml with the next free number into studies/, or into the current folder where there is no such folder:
a small study that runs as it is, with a comment on everything that is to be changed. Outside a checkout the schema
for editors is written beside it.

Examples:
  $ mesascope init my-study
  $ mesascope init arms-and-diversity --dir studies`;

/** Adds the command. */
export const addInitCommand: AddCommand = (program, world, act) => {
  program
    .command("init [id]")
    .description("write a commented study file to begin with")
    .option("--dir <dir>", "folder to write into")
    .option("--json", "print results as JSON")
    .option("--quiet", "only errors on standard error")
    .addHelpText("after", help)
    .action(act((id: string | undefined, flags: Flags) => init(world, id ?? "my-study", flags)));
};

async function init(world: World, id: string, flags: Flags): Promise<number> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new InputError(
      `a study's id is lower-case words joined by hyphens, e.g. my-study, not '${id}'`,
    );
  const folder = folderFor(world, flags.dir);
  const studies = findStudies({ ...world, studyFolders: [folder, ...world.studyFolders] });
  const same = studies.find((study) => study.id === id);
  if (same) throw new InputError(`there is a study '${id}' already: ${same.shown}`);
  const last = Math.max(0, ...studies.map(({ number }) => Number(number)));
  if (last >= 999) throw new InputError("the numbers of studies are used up: the last is 999");
  const number = String(last + 1).padStart(3, "0");
  const path = join(folder, `${number}-${id}.yaml`);
  const schema = await schemaBeside(world, folder);
  await write(path, studyTemplate(id, schema));
  const shown = shortPath(world, path);
  if (flags.json) printJson(world.stdout, { id, number, file: path });
  else world.stdout.write(`${shown}\n`);
  if (!flags.quiet)
    world.stderr.write(`to run it at its smallest: mesascope run ${shown} --profile start\n`);
  return 0;
}

function folderFor(world: World, dir: string | undefined): string {
  if (dir === undefined) {
    const studies = join(world.cwd, "studies");
    return existsSync(studies) ? studies : world.cwd;
  }
  const folder = resolve(world.cwd, dir);
  if (!existsSync(folder))
    throw new InputError("there is no such folder", { place: `--dir ${dir}` });
  return folder;
}

const schemaName = "study.schema.json";

/** Where the schema is as seen from `folder`: that of the checkout, or else a copy beside the study. */
async function schemaBeside(world: World, folder: string): Promise<string> {
  const root = dirname(dirname(world.schemaFile));
  const inside = !relative(root, folder).startsWith("..");
  if (inside) {
    const near = relative(folder, world.schemaFile).replaceAll("\\", "/");
    return near.startsWith(".") ? near : `./${near}`;
  }
  const copy = join(folder, schemaName);
  if (!existsSync(copy)) {
    const schema = (await world.lab()).studyJsonSchema();
    await write(copy, `${JSON.stringify(schema, null, 2)}\n`);
  }
  return `./${schemaName}`;
}

/** Creates a file; never replaces one. */
async function write(path: string, text: string): Promise<void> {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    throw new WorkError(`the study could not be written: ${messageOf(cause)}`, { cause });
  }
}
