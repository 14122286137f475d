/** Minimax to a depth whose leaves are valued all at once, as a network wants them. */
import type { Position, PositionKey } from "../game.ts";
import { forMover } from "../game.ts";

/** What positions are worth to the player to move in each, from -1 to 1. */
export type ValueAll = (
  positions: readonly Position[],
) => ArrayLike<number> | Promise<ArrayLike<number>>;

/**
 * The value of every legal move of a position, `depth` moves (at least 1) ahead, for the player to move; NaN for other
 * moves of the game. Each different leaf is valued once; a win is worth 1 and a loss -1, however soon.
 */
export async function lookAhead(
  position: Position,
  moves: number,
  depth: number,
  valueAll: ValueAll,
): Promise<Float64Array> {
  const walker = position.copy();
  const leaves = new Map<PositionKey, { readonly position: Position; readonly index: number }>();
  eachLeaf(walker, depth, (leaf) => {
    const key = leaf.key();
    if (!leaves.has(key)) leaves.set(key, { position: leaf.copy(), index: leaves.size });
  });
  const worth = await valueAll([...leaves.values()].map((leaf) => leaf.position));
  const value = (left: number): number => {
    const { outcome } = walker;
    if (outcome !== undefined) return forMover(outcome, walker.player);
    if (left === 0) return worth[leaves.get(walker.key())!.index]!;
    return Math.max(...walker.moves().map((move) => after(move, left)));
  };
  const after = (move: number, left: number): number => {
    walker.play(move);
    const found = 0 - value(left - 1);
    walker.undo();
    return found;
  };
  const values = new Float64Array(moves).fill(Number.NaN);
  for (const move of walker.moves()) values[move] = after(move, depth);
  return values;
}

/** Visits the positions that are `depth` moves ahead, where the game has not ended. */
function eachLeaf(position: Position, depth: number, visit: (leaf: Position) => void): void {
  if (position.outcome !== undefined) return;
  if (depth === 0) {
    visit(position);
    return;
  }
  for (const move of position.moves()) {
    position.play(move);
    eachLeaf(position, depth - 1, visit);
    position.undo();
  }
}
