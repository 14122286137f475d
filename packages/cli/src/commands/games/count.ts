/** `mesascope games count`: number of positions. */
import { setImmediate as turn } from "node:timers/promises";
import { InputError, WorkError } from "@mesascope/lab/core";
import type { Game, PlyCount } from "@mesascope/lab/tasks";
import { wholeNumber } from "../../options.ts";
import { printJson } from "../../output/json.ts";
import { table } from "../../output/table.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { type GameFlags, openPosition, sizeName, withGameOptions } from "./options.ts";

type Flags = GameFlags & { readonly plies?: number };

/** Shorter side of the largest Go board whose legal boards are counted: seconds. */
const largestGoSide = 7;
/** Keys of the largest other game that is counted whole: seconds, and a gigabyte. */
const mostKeys = 2 ** 26;
/** Positions after one number of moves that fit into memory. */
const mostPositions = 4_000_000;

const help = `
Results:
  positions     without --plies: those that can come about, all told (for Go: all legal boards, that is those on which
                every chain has a liberty); with --plies: those after exactly that many moves
  upToSymmetry  the same, taking images of each other under turning and reflecting the board for one (not for Go as a
                whole)
  byPly         both after each number of moves
Numbers beyond 2^53 are given as strings.

Examples:
  $ mesascope games count --game go --size 3 --json
  $ mesascope games count --game tic-tac-toe
  $ mesascope games count --game connect-four --plies 8`;

/** Adds the command. */
export const addCountCommand: AddCommand = (program, world, act) => {
  withGameOptions(
    program
      .command("count")
      .description("count the positions of a game")
      .option("--plies <number>", "count those after this many moves", wholeNumber("--plies")),
  )
    .addHelpText("after", help)
    .action(act((flags: Flags) => countOf(world, flags)));
};

interface Counts {
  readonly positions: number | string;
  readonly upToSymmetry?: number;
  readonly byPly?: readonly PlyCount[];
}

async function countOf(world: World, flags: Flags): Promise<number> {
  const { game, position } = await openPosition(flags);
  const whole = game.id === "go" && flags.plies === undefined;
  const counts = whole ? await legalBoards(game, flags) : await byPly(game, position, flags.plies);
  const { plies } = flags;
  const about = { game: game.id, size: sizeName(game), ...(plies === undefined ? {} : { plies }) };
  if (flags.json) printJson(world.stdout, { ...about, ...counts });
  else world.stdout.write(text(game, plies, counts));
  return 0;
}

/** Legal boards of Go, from whatever position they come about. */
async function legalBoards(game: Game, { position, moves }: Flags): Promise<Counts> {
  const from = position !== undefined ? "--position" : moves !== undefined ? "--moves" : undefined;
  if (from)
    throw new InputError(
      "all legal boards of Go are counted; give --plies to begin from a position",
      {
        place: from,
      },
    );
  if (Math.min(game.size.columns, game.size.rows) > largestGoSide)
    throw new InputError(
      `legal boards of Go are counted up to a side of ${largestGoSide}, not on ${sizeName(game)}`,
      { place: "--size" },
    );
  const { countLegalBoards } = await import("@mesascope/lab/tasks");
  const boards = countLegalBoards(game.size);
  return { positions: boards <= Number.MAX_SAFE_INTEGER ? Number(boards) : String(boards) };
}

async function byPly(
  game: Game,
  position: Awaited<ReturnType<typeof openPosition>>["position"],
  plies: number | undefined,
): Promise<Counts> {
  if (plies === undefined && (game.keys ?? Number.POSITIVE_INFINITY) > mostKeys)
    throw new InputError(
      `${game.title} has too many positions to count them all; say after how many moves, such as --plies 4`,
      { place: "--game" },
    );
  const { countByPly } = await import("@mesascope/lab/tasks");
  const counts: PlyCount[] = [];
  for (const count of countByPly(position, plies)) {
    counts.push(count);
    if (count.positions > mostPositions && count.ply !== plies)
      throw new WorkError(
        `there are ${count.positions} positions after ${count.ply} moves, too many to go on from`,
      );
    await turn();
  }
  const last = counts.at(-1)!;
  if (plies !== undefined) {
    // Where every game is over before, there are none.
    const reached = last.ply === plies ? last : { positions: 0, upToSymmetry: 0 };
    return { positions: reached.positions, upToSymmetry: reached.upToSymmetry, byPly: counts };
  }
  const sum = (of: (count: PlyCount) => number) => counts.reduce((all, one) => all + of(one), 0);
  return {
    positions: sum(({ positions }) => positions),
    upToSymmetry: sum(({ upToSymmetry }) => upToSymmetry),
    byPly: counts,
  };
}

const grouped = (value: number | string): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

function text(game: Game, plies: number | undefined, counts: Counts): string {
  const { positions, upToSymmetry, byPly: rows } = counts;
  const when = plies === undefined ? "" : ` after ${grouped(plies)} moves`;
  const symmetries = game.symmetries.length > 1;
  const symmetric =
    upToSymmetry === undefined || !symmetries ? "" : `, ${grouped(upToSymmetry)} up to symmetry`;
  const what = rows === undefined ? "legal boards" : "positions";
  const heading = `${game.title}: ${grouped(positions)} ${what}${when}${symmetric}\n`;
  if (rows === undefined) return heading;
  const titles = ["moves", "positions", ...(symmetries ? ["up to symmetry"] : [])];
  return `${heading}\n${table(
    titles.map((title) => ({ title, number: true })),
    rows.map((row) => [row.ply, row.positions, row.upToSymmetry].map(grouped)),
  )}`;
}
