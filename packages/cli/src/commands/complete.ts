/** `mesascope complete`: the script that gives a shell completion. */
import { InputError, unknownName } from "@mesascope/lab/core";
import { completionScript, shells } from "../completion.ts";
import type { AddCommand } from "./command.ts";

const help = `
The command must be on the PATH by its name. In a checkout:

  $ export PATH="$PWD/node_modules/.bin:$PATH"

Examples:
  $ source <(mesascope complete bash)
  $ source <(mesascope complete zsh)
  $ mesascope complete fish | source`;

/** Adds the command. */
export const addCompleteCommand: AddCommand = (program, world, act) => {
  program
    .command("complete <shell>")
    .description(`print the completion script for ${shells.join(", ")}`)
    .addHelpText("after", help)
    .action(
      act(async (name: string) => {
        const shell = shells.find((known) => known === name);
        if (!shell) throw new InputError(unknownName("shell", name, shells));
        world.stdout.write(completionScript(shell));
        return 0;
      }),
    );
};
