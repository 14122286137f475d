/** `mesascope theory`: what can be worked out exactly, without any trained system. */
import type { AddCommand } from "../command.ts";
import { addDeceptionCommand } from "./deception.ts";
import { addMeteredCommand } from "./metered.ts";
import { addSweepCommand } from "./sweep.ts";
import { addToyModelCommand } from "./toy-model.ts";

const help = `
Examples:
  $ mesascope theory toy-model --budget 100 --diversity 10 --cost power:1,2
  $ mesascope theory sweep --cost power:1,2 --budgets 1:1024 --diversities 1:65536
  $ mesascope theory deception --training 2 --deployment 3`;

/** Adds the command with its own commands. */
export const addTheoryCommand: AddCommand = (program, world, act) => {
  const theory = program
    .command("theory")
    .description("work out the paper's models exactly, without any trained system")
    .addHelpText("after", help);
  for (const add of [addToyModelCommand, addSweepCommand, addMeteredCommand, addDeceptionCommand])
    add(theory, world, act);
};
