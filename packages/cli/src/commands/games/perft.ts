/** `mesascope games perft`: number of ways to make so many moves. */
import { setImmediate as turn } from "node:timers/promises";
import type { Position } from "@mesascope/lab/tasks";
import { wholeNumber } from "../../options.ts";
import { count, plural } from "../../output/format.ts";
import { printJson } from "../../output/json.ts";
import { table } from "../../output/table.ts";
import { showSteps } from "../../progress/steps.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { type GameFlags, openPosition, sizeName, withGameOptions } from "./options.ts";

type Flags = GameFlags & { readonly depth: number };

/** Milliseconds before progress is shown. */
const patience = 2000;

const help = `
A game that is over before the depth is reached does not count, as is usual. Results:
  nodes  number of ways to make that many moves from the position
  moves  the same for each first move

Examples:
  $ mesascope games perft --game chess --depth 4 --json
  $ mesascope games perft --game chess --depth 3 --position "8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1"
  $ mesascope games perft --game connect-four --size 5x4 --depth 6 --moves "3 3 2"`;

/** Adds the command. */
export const addPerftCommand: AddCommand = (program, world, act) => {
  withGameOptions(
    program
      .command("perft")
      .description("count the ways to make a number of moves, to check rules with")
      .requiredOption("--depth <number>", "number of moves, from 1", wholeNumber("--depth")),
  )
    .addHelpText("after", help)
    .action(act((flags: Flags) => perftOf(world, flags)));
};

async function perftOf(world: World, flags: Flags): Promise<number> {
  const { game, position } = await openPosition(flags);
  const { depth } = flags;
  const names = (move: number) => game.moveName(move);
  const text = position.text();
  const moves = await nodesByMove(world, position, flags, names);
  const nodes = moves.reduce((sum, move) => sum + move.nodes, 0);
  const size = sizeName(game);
  if (flags.json)
    printJson(world.stdout, { game: game.id, size, position: text, depth, nodes, moves });
  else {
    const rows = moves.map((move) => [move.move, count(move.nodes)]);
    const listed = table([{ title: "move" }, { title: "nodes", number: true }], rows);
    world.stdout.write(
      `${game.title}, ${text}\n\n${listed}\n${count(nodes)} ways to make ${plural(depth, "move")}\n`,
    );
  }
  return 0;
}

/** Nodes below each legal move, with progress where it takes long. */
async function nodesByMove(
  world: World,
  position: Position,
  { depth, quiet }: Flags,
  nameOf: (move: number) => string,
): Promise<{ readonly move: string; readonly nodes: number }[]> {
  const { perft } = await import("@mesascope/lab/tasks");
  const steps = showSteps(world, "moves", quiet ?? false);
  const began = performance.now();
  const found: { move: string; nodes: number }[] = [];
  const moves = position.moves();
  try {
    for (const move of moves) {
      position.play(move);
      found.push({ move: nameOf(move), nodes: perft(position, depth - 1) });
      position.undo();
      if (performance.now() - began > patience) steps.done(found.length, moves.length);
      await turn();
    }
  } finally {
    steps.close();
  }
  return found;
}
