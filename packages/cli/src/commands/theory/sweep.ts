/** `mesascope theory sweep`: the frontier x*(P, N) of the toy model over budgets and diversities. */
import { resolve } from "node:path";
import { InputError, messageOf, WorkError } from "@mesascope/lab/core";
import type { FrontierRow } from "@mesascope/lab/theory";
import { shortPath } from "../../short-path.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { costHelp, type ModelFlags, modelOf, withModelOptions } from "./model-options.ts";
import { budgetRule, diversityName, diversityRule, gridFor } from "./numbers.ts";
import { optimumJson } from "./toy-model.ts";

type Flags = ModelFlags & {
  readonly budgets: readonly number[];
  readonly diversities: readonly number[];
  readonly out?: string;
  readonly json?: boolean;
};

/** Most cells of a frontier: beyond that the table is a mistake rather than a figure. */
const mostCells = 2 ** 16;

const help = `${costHelp}

A grid is a list of numbers and ranges; LOW:HIGH doubles from LOW up to HIGH: 1:1024 is 1, 2, 4, ..., 1024.
Diversities may include 'fresh', which stands for endlessly many instances.

The table has a line for every budget and diversity: budget, diversity, xStar, xHigh (the largest best x; equal to
xStar where that is unique), tunedBits, total, regime, threshold ('Infinity' where no diversity suffices; null in
JSON). 'mesascope theory toy-model --help' says what each means.

Examples:
  $ mesascope theory sweep --cost power:1,2 --budgets 1:1024 --diversities 1:65536 > frontier.csv
  $ mesascope theory sweep --cost fixed:8,2 --budgets 10,20,40 --diversities 1:64,fresh --json`;

/** Adds the command. */
export const addSweepCommand: AddCommand = (program, world, act) => {
  const command = program
    .command("sweep")
    .description("the frontier x*(P, N) over budgets and diversities, as CSV")
    .requiredOption(
      "--budgets <grid>",
      "budgets P in bits, e.g. 1:1024",
      gridFor("--budgets", budgetRule),
    )
    .requiredOption(
      "--diversities <grid>",
      "diversities N, e.g. 1:65536,fresh",
      gridFor("--diversities", diversityRule),
    );
  withModelOptions(command)
    .option("--out <file>", "write to a file instead of standard output")
    .option("--json", "JSON instead of CSV")
    .addHelpText("after", help)
    .action(act((flags: Flags) => sweep(world, flags)));
};

async function sweep(world: World, flags: Flags): Promise<number> {
  const { frontier } = await import("@mesascope/lab/theory");
  const { budgets, diversities } = flags;
  if (budgets.length * diversities.length > mostCells)
    throw new InputError(
      `${budgets.length} budgets times ${diversities.length} diversities are more than ${mostCells} cells`,
    );
  const rows = frontier(budgets, diversities, await modelOf(world, flags));
  const text = flags.json ? `${JSON.stringify(rows.map(rowJson), null, 2)}\n` : csv(rows);
  if (flags.out === undefined) world.stdout.write(text);
  else await writeTable(world, flags.out, text);
  return 0;
}

async function writeTable(world: World, out: string, text: string): Promise<void> {
  const { replaceFile } = await import("@mesascope/store");
  const path = resolve(world.cwd, out);
  try {
    await replaceFile(path, text);
  } catch (cause) {
    throw new WorkError(`--out ${out} could not be written: ${messageOf(cause)}`, { cause });
  }
  world.stdout.write(`${shortPath(world, path)}\n`);
}

const rowJson = ({ budget, diversity, ...optimum }: FrontierRow) => ({
  budget,
  diversity: diversityName(diversity),
  ...optimumJson(optimum),
});

const header = "budget,diversity,xStar,xHigh,tunedBits,total,regime,threshold";

function csv(rows: readonly FrontierRow[]): string {
  const lines = rows.map((row) =>
    [
      row.budget,
      diversityName(row.diversity),
      row.xStar,
      row.xRange?.high ?? row.xStar,
      row.tunedBits,
      row.total,
      row.regime,
      row.threshold,
    ].join(","),
  );
  return `${[header, ...lines].join("\n")}\n`;
}
