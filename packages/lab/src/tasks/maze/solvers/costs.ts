/** Lowest costs between cells where entering a cell has its price. */
import type { Maze } from "../maze.ts";
import { costOf } from "../maze.ts";
import { distancesFrom } from "./breadth-first.ts";
import { neighboursOf } from "./trace.ts";

/**
 * Lowest cost of a way from every cell to `target` `[cells]`: the sum over the cells that it enters. Label
 * correction with a queue (Pape 1974; Moore 1959); Infinity where there is no way.
 */
export function costsTo(maze: Maze, target: number): Float64Array {
  if (!maze.costs)
    return Float64Array.from(distancesFrom(maze, target), (d) =>
      d < 0 ? Number.POSITIVE_INFINITY : d,
    );
  return corrected(maze, target, (from) => costOf(maze, from));
}

/** Lowest cost of a way from `source` to every cell `[cells]`. */
export function costsFrom(maze: Maze, source: number): Float64Array {
  if (!maze.costs) return costsTo(maze, source);
  return corrected(maze, source, (_, to) => costOf(maze, to));
}

/** Grows labels outward from `origin`; `price` is that of the move between a labelled cell and its neighbour. */
function corrected(
  maze: Maze,
  origin: number,
  price: (labelled: number, neighbour: number) => number,
): Float64Array {
  const labels = new Float64Array(maze.open.length).fill(Number.POSITIVE_INFINITY);
  labels[origin] = 0;
  const waiting = new Set([origin]);
  for (const cell of waiting) {
    waiting.delete(cell);
    for (const neighbour of neighboursOf(maze, cell)) {
      const label = labels[cell]! + price(cell, neighbour);
      if (label >= labels[neighbour]!) continue;
      labels[neighbour] = label;
      waiting.add(neighbour);
    }
  }
  return labels;
}

/** Cells on a way of lowest cost from `from` to the goal, by the costs to it. */
export function descend(maze: Maze, toGoal: ArrayLike<number>, from: number): number[] {
  const path = [from];
  for (let cell = from; cell !== maze.goal; path.push(cell))
    cell = bestNeighbour(maze, toGoal, cell);
  return path;
}

/** The neighbour through which the goal costs least; of equals the first to the north, east, ... */
export function bestNeighbour(maze: Maze, toGoal: ArrayLike<number>, cell: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const neighbour of neighboursOf(maze, cell)) {
    const cost = costOf(maze, neighbour) + toGoal[neighbour]!;
    if (best >= 0 && cost >= least) continue;
    best = neighbour;
    least = cost;
  }
  return best;
}
