/** Breadth-first search (Moore 1959; Lee 1961): fewest steps, whatever they cost. */
import { largestSide } from "../grid.ts";
import type { Maze } from "../maze.ts";
import { Marker, type MazeSolver, neighboursOf } from "./trace.ts";

const queue = new Int16Array(largestSide * largestSide);
const steps = new Int16Array(largestSide * largestSide);

/**
 * Steps from `source` to every cell `[cells]`, -1 where there is no way.
 * @param into an array to write over, at least as long
 */
export function distancesFrom(
  { open, cols }: Pick<Maze, "open" | "cols">,
  source: number,
  into: Int16Array = new Int16Array(open.length),
): Int16Array {
  into.fill(-1, 0, open.length);
  into[source] = 0;
  queue[0] = source;
  for (let head = 0, tail = 1; head < tail; head++) {
    const cell = queue[head]!;
    const sides = open[cell]!;
    const farther = into[cell]! + 1;
    if (sides & 1 && into[cell - cols]! < 0) {
      into[cell - cols] = farther;
      queue[tail++] = cell - cols;
    }
    if (sides & 2 && into[cell + 1]! < 0) {
      into[cell + 1] = farther;
      queue[tail++] = cell + 1;
    }
    if (sides & 4 && into[cell + cols]! < 0) {
      into[cell + cols] = farther;
      queue[tail++] = cell + cols;
    }
    if (sides & 8 && into[cell - 1]! < 0) {
      into[cell - 1] = farther;
      queue[tail++] = cell - 1;
    }
  }
  return into;
}

/** Cells from start to goal in as few steps as can be; of equal ways the one that turns north, east, ... first. */
export function shortestPath(maze: Maze, from = maze.start): number[] {
  const toGoal = distancesFrom(maze, maze.goal, steps);
  const path = [from];
  for (let cell = from; cell !== maze.goal; path.push(cell)) {
    const closer = toGoal[cell]! - 1;
    const { cols } = maze;
    const sides = maze.open[cell]!;
    if (sides & 1 && toGoal[cell - cols] === closer) cell -= cols;
    else if (sides & 2 && toGoal[cell + 1] === closer) cell++;
    else if (sides & 4 && toGoal[cell + cols] === closer) cell += cols;
    else cell--;
  }
  return path;
}

export const breadthFirst: MazeSolver = {
  id: "breadth-first",
  title: "Breadth-first search",
  description:
    "A tick reaches all cells one step farther from the start; finds the fewest steps, not the lowest cost.",
  solve(maze) {
    const marker = new Marker(maze.open.length);
    const seen = new Set([maze.start]);
    for (let front = [maze.start]; front.length > 0; ) {
      marker.tick(front);
      if (front.includes(maze.goal)) break;
      const next = new Set<number>();
      for (const cell of front)
        for (const neighbour of neighboursOf(maze, cell))
          if (!seen.has(neighbour)) {
            seen.add(neighbour);
            next.add(neighbour);
          }
      front = [...next];
    }
    return { ticks: marker.ticks, path: shortestPath(maze), arrived: true };
  },
};
