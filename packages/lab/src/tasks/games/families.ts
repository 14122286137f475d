/** All games, by id, on boards of any size that each has. */
import { createRegistry, InputError } from "../../core/index.ts";
import { chess, minichess } from "./chess/index.ts";
import { connectFour } from "./connect-four/index.ts";
import type { Game, Size } from "./game.ts";
import { go } from "./go/index.ts";
import { minishogi, shogi } from "./shogi/index.ts";
import { ticTacToe } from "./tic-tac-toe/index.ts";

/** A game before the size of its board is chosen. */
export interface GameFamily {
  readonly id: string;
  readonly title: string;
  /** Sizes that it has, as a reader is told. */
  readonly sizes: string;
  /** Moves and positions of it, as they are written. */
  readonly notation: string;
  /**
   * The game on a board of that size, or of its usual one.
   * @throws InputError for a size that it does not have.
   */
  open(size?: Size): Game;
}

const stones = "x first, then o, rows from the top";

export const gameFamilies = createRegistry<GameFamily>("game", [
  ofOneSize(ticTacToe, `squares a1 to c3; ${stones}: 'x../.o./...'`),
  {
    id: "connect-four",
    title: "connect four",
    sizes: "four squares in a line, columns x (rows + 1) at most 53; 7x6",
    notation: `columns from 1; ${stones}`,
    open: connectFour,
  },
  {
    id: "go",
    title: "Go, positional superko, area scoring",
    sizes: "3 to 9 columns and rows; 9x9",
    notation: `points A1 to J9, pass; ${stones}, then x or o to move: 'x../.o./... x'`,
    open: (size) => go(size),
  },
  ofOneSize(chess, "e2e4, e7e8q; FEN"),
  ofOneSize(minichess, "a2a3, a4a5q; FEN"),
  ofOneSize(shogi, "7g7f, 8h2b+, P*5e; SFEN"),
  ofOneSize(minishogi, "1e1d, 3d3a+, P*3c; SFEN"),
]);

function ofOneSize(game: Game, notation: string): GameFamily {
  const { columns, rows } = game.size;
  return {
    id: game.id,
    title: game.title,
    sizes: `${columns}x${rows}`,
    notation,
    open(size) {
      if (size && (size.columns !== columns || size.rows !== rows))
        throw new InputError(
          `${game.title} is played on ${columns}x${rows}, not on ${size.columns}x${size.rows}`,
        );
      return game;
    },
  };
}
