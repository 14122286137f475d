/** `mesascope programs`: programs for grid tasks, run, measured in bits, and searched for. */
import type { AddCommand } from "../command.ts";
import { addBits } from "./bits.ts";
import { addRun } from "./run.ts";
import { addSearch } from "./search.ts";

const help = `
The language, its prices and more examples: docs/guide/programs.md.

Examples:
  $ mesascope programs run solver.txt --maze 7x7:seed=3,loops=0.2
  $ mesascope programs bits solver.txt
  $ mesascope programs search --task 5x5:count=4,foil --method enumerate`;

/** Adds the commands. */
export const addProgramsCommand: AddCommand = (program, world, act) => {
  const programs = program
    .command("programs")
    .description("run, measure and search for programs that solve grid tasks")
    .addHelpText("after", help);
  for (const add of [addRun, addBits, addSearch]) add(programs, world, act);
  for (const command of programs.commands) command.copyInheritedSettings(programs);
};
