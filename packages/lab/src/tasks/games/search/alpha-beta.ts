/** Minimax to a depth with alpha-beta pruning (Knuth and Moore 1975). */
import type { Position } from "../game.ts";
import { forMover } from "../game.ts";

/** What a position is thought to be worth to the player to move, from -1 to 1; asked only while the game goes on. */
export type Heuristic = (position: Position) => number;

export interface Minimax {
  /** The first move of the greatest value; -1 where the game is over. */
  readonly move: number;
  /** For the player to move: the heuristic's value, or beyond 1 (below -1) for a win (loss), the further the sooner. */
  readonly value: number;
  /** Positions looked at. */
  readonly nodes: number;
}

/** A win with `depth` moves left to look at: sooner is better. */
const won = (depth: number): number => 2 + depth;

/** Searches `depth` moves (at least 1) ahead of a position, which is left as it was. */
export function alphaBeta(position: Position, depth: number, heuristic: Heuristic): Minimax {
  let nodes = 0;

  function value(left: number, alpha: number, beta: number): number {
    nodes++;
    const { outcome } = position;
    if (outcome !== undefined) return forMover(outcome, position.player) * won(left);
    if (left === 0) return heuristic(position);
    let best = alpha;
    for (const move of position.moves()) {
      position.play(move);
      best = Math.max(best, 0 - value(left - 1, -beta, -best));
      position.undo();
      if (best >= beta) return best;
    }
    return best;
  }

  const { outcome } = position;
  if (outcome !== undefined)
    return { move: -1, value: forMover(outcome, position.player) * won(depth), nodes: 1 };
  let move = -1;
  let best = Number.NEGATIVE_INFINITY;
  for (const candidate of position.moves()) {
    position.play(candidate);
    const found = 0 - value(depth - 1, Number.NEGATIVE_INFINITY, -best);
    position.undo();
    if (found > best) [move, best] = [candidate, found];
  }
  return { move, value: best, nodes: nodes + 1 };
}
