/** `mesascope programs run`: a program on mazes, with its steps and bits. */
import type { GridRun } from "@mesascope/lab/architectures";
import { wholeNumber } from "../../options.ts";
import { count, plural } from "../../output/format.ts";
import { printJson } from "../../output/json.ts";
import { table } from "../../output/table.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { mazeForm, mazesNamed, readText } from "./files.ts";

interface Flags {
  readonly maze: string;
  readonly language: string;
  readonly fuel: number;
  readonly json?: boolean;
}

const help = `
${mazeForm}

Examples:
  $ mesascope programs run solver.txt --maze 7x7:seed=3,loops=0.2
  $ mesascope programs run solver.txt --maze drawing.txt --json`;

/** Adds the command. */
export const addRun: AddCommand = (program, world, act) => {
  program
    .command("run <file>")
    .description("run a program on mazes and show its steps and bits")
    .requiredOption("--maze <maze>", "a file, or a size such as 5x5 (see below)")
    .option("--language <name>", "whose prices the bits are counted in", "search")
    .option("--fuel <steps>", "steps a program may take", wholeNumber("--fuel"), 10_000)
    .option("--json", "print results as JSON")
    .addHelpText("after", help)
    .action(act((file: string, flags: Flags) => run(world, file, flags)));
};

/** How a run ended, in words. */
export function endOf({ status, steps, cost }: GridRun): string {
  switch (status) {
    case "goal":
      return "reached the goal";
    case "halted":
      return "came to its end elsewhere";
    case "fuel":
      return `stopped: out of fuel after ${plural(steps, "step")}`;
    case "cycle":
      return `stopped: would run for ever (a state came again within ${plural(steps, "step")})`;
    case "cost":
      return `stopped: cost ${cost} is over the limit`;
  }
}

async function run(world: World, file: string, flags: Flags): Promise<number> {
  const { assemble, bitsOf, drawGrid, languageNamed, parseProgram, printProgram, runOnGrids } =
    await import("@mesascope/lab/architectures");
  const language = languageNamed(flags.language, "--language");
  const program = parseProgram(readText(world, file), file);
  const mazes = await mazesNamed(world, flags.maze, "--maze");
  const runs = runOnGrids(assemble(program), mazes, { fuel: Math.min(flags.fuel, 10_000_000) });
  const bits = bitsOf(language, program);
  const text = printProgram(program);
  if (flags.json) {
    printJson(world.stdout, {
      program: text,
      language: language.id,
      // Infinity is no JSON.
      bits: Number.isFinite(bits) ? bits : null,
      solved: runs.filter(({ solved }) => solved).length,
      runs,
    });
    return 0;
  }
  const length = Number.isFinite(bits)
    ? `${plural(bits, "bit")} in the language '${language.id}'`
    : `not a program of the language '${language.id}'`;
  const columns = ["maze", "steps", "moves", "tried", "compared", "cost"].map((title) => ({
    title,
    number: true,
  }));
  const rows = runs.map((result, i) => [
    String(i + 1),
    ...[result.steps, result.moves, result.tried, result.compared, result.cost].map(count),
    endOf(result),
  ]);
  const drawing = mazes.length === 1 ? `${drawGrid(mazes[0]!, runs[0]!.path)}\n\n` : "";
  world.stdout.write(
    `${text}\n${length}\n\n${drawing}${table([...columns, { title: "end" }], rows)}`,
  );
  return 0;
}
