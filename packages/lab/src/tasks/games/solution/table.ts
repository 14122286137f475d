/** Games small enough to be solved outright: the value of every position, kept in a table. */
import { InputError } from "../../../core/index.ts";
import { forMover, type Game, type Position } from "../game.ts";

/** What a position is worth with best play on both sides: winning soon, losing late. */
export interface Solved {
  /** For the player to move: 1 won, 0 drawn, -1 lost. */
  readonly value: number;
  /** Moves until the game is over. */
  readonly plies: number;
}

/** Exact knowledge of a game. */
export interface Solution {
  solve(position: Position): Solved;
  /** Moves that keep the value of the position, ascending; none once the game is over. */
  optimalMoves(position: Position): number[];
  /** Those of them that also win soonest or lose latest. */
  fastestMoves(position: Position): number[];
}

/** Entries of the largest table, a byte each. */
const largest = 2 ** 26;

/**
 * Solves a game by minimax over all positions that are asked for, each worked out once; a whole 5 x 4 board of connect
 * four takes about a second when it is first asked for. Positions are left as they were.
 * @throws InputError for a game whose positions do not fit the table.
 */
export function solveByTable(game: Game): Solution {
  const { keys = Number.POSITIVE_INFINITY, longest = 255 } = game;
  if (keys > largest || longest > 125)
    throw new InputError(`${game.title} has too many positions to be solved by a table`);
  // 0: not known yet; otherwise the score plus `offset`.
  const table = new Uint8Array(keys);
  const offset = longest + 2;

  /** A score for the player to move: 0 drawn, otherwise the more the sooner the game is won, negative where lost. */
  function score(position: Position): number {
    const key = position.canonicalKey() as number;
    if (table[key]) return table[key] - offset;
    const best = ended(position) ?? bestOf(position);
    table[key] = best + offset;
    return best;
  }

  function ended({ outcome, player, ply }: Position): number | undefined {
    if (outcome === undefined) return undefined;
    return forMover(outcome, player) * (longest + 1 - ply);
  }

  function bestOf(position: Position): number {
    let best = Number.NEGATIVE_INFINITY;
    for (const move of position.moves()) best = Math.max(best, scoreAfter(position, move));
    return best;
  }

  function scoreAfter(position: Position, move: number): number {
    position.play(move);
    const after = 0 - score(position);
    position.undo();
    return after;
  }

  return {
    solve(position) {
      const found = score(position);
      return {
        value: Math.sign(found),
        plies: found === 0 ? longest - position.ply : longest + 1 - Math.abs(found) - position.ply,
      };
    },
    optimalMoves(position) {
      const value = Math.sign(score(position));
      return position.moves().filter((move) => Math.sign(scoreAfter(position, move)) === value);
    },
    fastestMoves(position) {
      const best = score(position);
      return position.moves().filter((move) => scoreAfter(position, move) === best);
    },
  };
}
