/** `mesascope games list`: the games there are. */
import { printJson } from "../../output/json.ts";
import { table } from "../../output/table.ts";
import type { AddCommand } from "../command.ts";

const help = `
Example:
  $ mesascope games list`;

/** Adds the command. */
export const addListCommand: AddCommand = (program, world, act) => {
  program
    .command("list")
    .description("the games, the sizes of their boards, and how moves and positions are written")
    .option("--json", "print results as JSON")
    .addHelpText("after", help)
    .action(
      act(async ({ json }: { readonly json?: boolean }) => {
        const { gameFamilies } = await import("@mesascope/lab/tasks");
        const rows = gameFamilies.all.map(({ id, title, sizes, notation }) => ({
          ...{ id, title, sizes, notation },
        }));
        if (json) printJson(world.stdout, rows);
        else
          world.stdout.write(
            table(
              ["game", "title", "boards", "moves; positions"].map((title) => ({ title })),
              rows.map((row) => [row.id, row.title, row.sizes, row.notation]),
            ),
          );
        return 0;
      }),
    );
};
