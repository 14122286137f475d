/** From arguments to an exit code: 0 success, 1 the work failed, 2 wrong usage; 128 + signal when stopped. */
import { InputError, messageOf } from "@mesascope/lab/core";
import { Command, CommanderError } from "commander";
import { addCalibrateCommand } from "./commands/calibrate.ts";
import { addCircuitsCommand } from "./commands/circuits/index.ts";
import type { AddCommand } from "./commands/command.ts";
import { addCompleteCommand } from "./commands/complete.ts";
import { addExportCommand } from "./commands/export.ts";
import { addGamesCommand } from "./commands/games/index.ts";
import { addInitCommand } from "./commands/init.ts";
import { addInspectCommand } from "./commands/inspect.ts";
import { addListCommand } from "./commands/list.ts";
import { addProgramsCommand } from "./commands/programs/index.ts";
import { addQueryCommand } from "./commands/query.ts";
import { addReportCommand } from "./commands/report.ts";
import { addRunCommand } from "./commands/run.ts";
import { addSchemaCommand } from "./commands/schema.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addShowCommand } from "./commands/show.ts";
import { addStartCommand } from "./commands/start.ts";
import { addTheoryCommand } from "./commands/theory/index.ts";
import { completions } from "./completion.ts";
import type { World } from "./world.ts";

const commands: readonly AddCommand[] = [
  addStartCommand,
  addListCommand,
  addRunCommand,
  addShowCommand,
  addReportCommand,
  addServeCommand,
  addTheoryCommand,
  addGamesCommand,
  addCalibrateCommand,
  addInspectCommand,
  addQueryCommand,
  addExportCommand,
  addInitCommand,
  addCircuitsCommand,
  addSchemaCommand,
  addCompleteCommand,
  addProgramsCommand,
];

const examples = `
Examples:
  $ mesascope start                                        every study at its smallest, then the report
  $ mesascope run diversity-keyed-bandit --profile full    one study in full

Results go to standard output, progress and diagnostics to standard error.
Exit codes: 0 success, 1 the work failed, 2 wrong usage, 130 stopped by Ctrl-C.`;

/** Runs the command line and tells the exit code; never throws, and never shows a stack trace unasked. */
export async function runCommandLine(args: readonly string[], world: World): Promise<number> {
  let code = 0;
  const program = new Command("mesascope")
    .description(
      "A laboratory for the conditions under which training produces learned optimizers.",
    )
    .version(world.version)
    // A command and its parent may share the name of an option.
    .enablePositionalOptions()
    .addHelpText("after", examples)
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      outputError: () => {},
    })
    .exitOverride();
  for (const add of commands)
    add(program, world, (action) => async (...args) => {
      code = await action(...args);
    });
  // Commands that were added before do not inherit what is set later, and each reports its own errors.
  inherit(program);
  try {
    // What the completion script asks: the words are an unfinished command line, not one to be parsed.
    if (args[0] === "complete" && args[1] === "--") {
      world.stdout.write(completions(program, world, args.slice(2)));
      return 0;
    }
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    return explain(error, world);
  }
}

function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inherit(command);
  }
}

function explain(error: unknown, world: World): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Help that was shown for want of a command says enough.
    if (error.code !== "commander.help")
      world.stderr.write(`mesascope: ${inOneLine(error.message)}\n`);
    return 2;
  }
  world.stderr.write(`mesascope: ${messageOf(error)}\n`);
  if (world.env["MESASCOPE_DEBUG"] && error instanceof Error)
    world.stderr.write(`${error.stack}\n`);
  return error instanceof InputError ? 2 : 1;
}

/** "unknown option '--profil' (Did you mean --profile?)" from commander's two lines. */
const inOneLine = (message: string): string =>
  message
    .replace(/^error: /, "")
    .replaceAll("\n", " ")
    .trim();
