/** `mesascope games`: the rules of games, counted out. */
import type { AddCommand } from "../command.ts";
import { addCountCommand } from "./count.ts";
import { addListCommand } from "./list.ts";
import { addPerftCommand } from "./perft.ts";

const help = `
What the games are, and how they are used from code: docs/guide/games.md.

Examples:
  $ mesascope games list
  $ mesascope games perft --game chess --depth 4
  $ mesascope games count --game go --size 3`;

/** Adds the command with its own commands. */
export const addGamesCommand: AddCommand = (program, world, act) => {
  const games = program
    .command("games")
    .description("count what the rules of games lead to")
    .addHelpText("after", help);
  for (const add of [addPerftCommand, addCountCommand, addListCommand]) add(games, world, act);
};
