/** Which game, and which position of it. */
import { InputError } from "@mesascope/lab/core";
import type { Game, Position } from "@mesascope/lab/tasks";
import type { Command } from "commander";

export interface GameFlags {
  readonly game: string;
  readonly size?: string;
  readonly position?: string;
  readonly moves?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `--game`, `--size`, `--position`, `--moves`, `--json` and `--quiet`. */
export const withGameOptions = (command: Command): Command =>
  command
    .requiredOption("--game <name>", "which game; 'mesascope games list' names all")
    .option("--size <columns x rows>", "size of the board, such as 7x6, or 5 for 5x5")
    .option("--position <text>", "position to begin from, in the game's notation")
    .option("--moves <moves>", "moves to play first, with blanks between them")
    .option("--json", "print results as JSON")
    .option("--quiet", "no progress, only errors on standard error");

/**
 * The game and position that options ask for.
 * @throws InputError naming the option that is wrong.
 */
export async function openPosition(
  flags: GameFlags,
): Promise<{ readonly game: Game; readonly position: Position }> {
  const { gameFamilies, parseSize, playMoves } = await import("@mesascope/lab/tasks");
  const family = gameFamilies.get(flags.game, "--game");
  const size = flags.size === undefined ? undefined : parseSize(flags.size, "--size");
  const game = placed("--size", () => family.open(size));
  const position = placed("--position", () => game.start(flags.position));
  const moves = flags.moves?.split(/\s+/).filter((name) => name !== "") ?? [];
  placed("--moves", () => playMoves(game, position, moves));
  return { game, position };
}

/** Names the option in errors of what is made from it. */
function placed<T>(place: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError && error.place === undefined)
      throw new InputError(error.message, { place, cause: error });
    throw error;
  }
}

/** `5x4`, as a size is given. */
export const sizeName = ({ size }: Game): string => `${size.columns}x${size.rows}`;
