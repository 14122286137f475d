/** Playouts of games that have no quicker way of their own. */
import type { Random } from "../../core/index.ts";
import type { Playout, Position } from "./game.ts";

/** Plays uniformly random moves on a copy; a game that is not over after `most` moves counts as drawn. */
export function randomPlayout(position: Position, random: Random, most: number): Playout {
  const copy = position.copy();
  for (let plies = 0; plies < most; plies++) {
    const { outcome } = copy;
    if (outcome !== undefined) return { outcome, plies };
    const moves = copy.moves();
    copy.play(moves[random.integer(moves.length)]!);
  }
  return { outcome: copy.outcome ?? 0, plies: most };
}
