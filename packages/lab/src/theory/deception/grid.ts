/** The 3 x 3 grid of the paper's figure 4.1: what an episode in it can come to. */

export type Corner = "A" | "B";
export type GridMove = "right" | "up" | "left" | "down";

/** A way for an episode to end, with the shortest route to it. */
export interface EpisodeOutcome {
  readonly corner: Corner;
  /** Whether a move was suboptimal for the base objective: it did not come nearer to A. */
  readonly strayed: boolean;
  readonly route: readonly GridMove[];
}

const size = 3;
/** In this order, the shortest route to B is the one that the figure draws. */
const steps: Readonly<Record<GridMove, readonly [dx: number, dy: number]>> = {
  right: [1, 0],
  up: [0, 1],
  left: [-1, 0],
  down: [0, -1],
};

/** The four moves. */
export const gridMoves = Object.keys(steps) as readonly GridMove[];

/** A cell of the grid, from the bottom left. */
export interface GridCell {
  readonly x: number;
  readonly y: number;
}

/** Every cell, the start first. */
export const gridCells: readonly GridCell[] = Array.from({ length: size * size }, (_, i) => ({
  x: i % size,
  y: Math.floor(i / size),
}));

/** The corner that ends an episode at this cell, if it does. */
export function cornerAt({ x, y }: GridCell): Corner | undefined {
  if (y !== size - 1) return undefined;
  if (x === 0) return "A";
  return x === size - 1 ? "B" : undefined;
}

/** Moves that A is away. B ends an episode, but lies on no shortest path to A. */
const distanceToA = ({ x, y }: GridCell): number => x + (size - 1 - y);

/** Where a move leads, and whether it is suboptimal for the base objective; undefined off the grid. */
export function afterMove(
  cell: GridCell,
  move: GridMove,
): { readonly cell: GridCell; readonly strayed: boolean } | undefined {
  const [dx, dy] = steps[move];
  const next = { x: cell.x + dx, y: cell.y + dy };
  if (next.x < 0 || next.x >= size || next.y < 0 || next.y >= size) return undefined;
  return { cell: next, strayed: distanceToA(next) >= distanceToA(cell) };
}

/**
 * Every way in which an episode can end, each by its shortest route, found breadth first over cells and whether
 * the agent has strayed: A the short way, A after a detour, and B, which no route reaches without straying.
 */
export function episodeOutcomes(): EpisodeOutcome[] {
  const outcomes: EpisodeOutcome[] = [];
  const seen = new Set<string>();
  const queue: { cell: GridCell; strayed: boolean; route: readonly GridMove[] }[] = [
    { cell: gridCells[0]!, strayed: false, route: [] },
  ];
  for (const { cell, strayed, route } of queue) {
    const key = `${cell.x},${cell.y},${strayed}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const corner = cornerAt(cell);
    if (corner) {
      outcomes.push({ corner, strayed, route });
      continue;
    }
    for (const move of gridMoves) {
      const next = afterMove(cell, move);
      if (next)
        queue.push({
          cell: next.cell,
          strayed: strayed || next.strayed,
          route: [...route, move],
        });
    }
  }
  return outcomes;
}
