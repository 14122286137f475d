/** Counting what the rules lead to: paths and positions. */
import type { Position, PositionKey } from "./game.ts";

/** Number of ways to make `depth` moves from a position ("perft"); games that end sooner do not count. */
export function perft(position: Position, depth: number): number {
  if (depth === 0) return 1;
  const moves = position.moves();
  if (depth === 1) return moves.length;
  let nodes = 0;
  for (const move of moves) {
    position.play(move);
    nodes += perft(position, depth - 1);
    position.undo();
  }
  return nodes;
}

/** Number of ways that a game can go from here to its end. */
export function countGames(position: Position): number {
  if (position.outcome !== undefined) return 1;
  let games = 0;
  for (const move of position.moves()) {
    position.play(move);
    games += countGames(position);
    position.undo();
  }
  return games;
}

/** Distinct positions after each number of moves. */
export interface PlyCount {
  readonly ply: number;
  readonly positions: number;
  /** The same, taking positions that are images of each other for one. */
  readonly upToSymmetry: number;
}

/**
 * Counts distinct positions by ply, breadth first, until the game is over everywhere or `plies` moves have been made.
 * Memory grows with the positions of a ply.
 */
export function* countByPly(
  start: Position,
  plies = Number.POSITIVE_INFINITY,
): Generator<PlyCount> {
  let positions = new Map<PositionKey, Position>([[start.key(), start.copy()]]);
  for (let ply = 0; ply <= plies && positions.size > 0; ply++) {
    const symmetric = new Set<PositionKey>();
    const next = new Map<PositionKey, Position>();
    for (const position of positions.values()) {
      symmetric.add(position.canonicalKey());
      if (ply === plies) continue;
      for (const move of position.moves()) {
        position.play(move);
        const key = position.key();
        if (!next.has(key)) next.set(key, position.copy());
        position.undo();
      }
    }
    yield { ply, positions: positions.size, upToSymmetry: symmetric.size };
    positions = next;
  }
}
