/** An explorer that maps what it sees and goes to the nearest cell that it has not seen whole. */
import type { Maze } from "../maze.ts";
import { directionTo, neighboursOf } from "../solvers/index.ts";
import type { WalkParameters } from "./parameters.ts";
import type { WalkSolver } from "./rules.ts";

/**
 * Nearest-frontier exploration (Yamauchi 1997): walks by the shortest known way to the goal once that has been
 * seen, until then to the nearest cell known of but not yet seen. Costs are not looked at.
 */
export function explorer({ view, radius }: WalkParameters): WalkSolver {
  const reach = view === "full" ? Number.POSITIVE_INFINITY : radius;
  return {
    id: "explorer",
    title: "Explorer",
    knows: "observations",
    description:
      "Maps what it sees and walks to the nearest frontier of the map, to the goal once it has seen it " +
      "(Yamauchi 1997).",
    begin(maze) {
      const seen = new Uint8Array(maze.open.length);
      return ({ cell }) => {
        look(maze, cell, reach, seen);
        const wanted = (at: number) => (seen[maze.goal] ? at === maze.goal : seen[at] === 0);
        // The goal may have been seen across a wall, with no known way to it yet.
        const path =
          knownPath(maze, cell, seen, wanted) ?? knownPath(maze, cell, seen, (at) => !seen[at]);
        // No way leads on from the goal itself, where swapped feedback may show the walker: any step will do.
        return directionTo(maze, cell, path?.[1] ?? cell);
      };
    },
  };
}

/** Marks the cells of the window. */
function look({ rows, cols }: Maze, cell: number, reach: number, seen: Uint8Array): void {
  const row = Math.floor(cell / cols);
  const col = cell % cols;
  for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y++)
    for (let x = Math.max(0, col - reach); x <= Math.min(cols - 1, col + reach); x++)
      seen[y * cols + x] = 1;
}

/** Shortest way through seen cells to a cell that is wanted, which itself need not have been seen. */
function knownPath(
  maze: Maze,
  from: number,
  seen: Uint8Array,
  wanted: (cell: number) => boolean,
): number[] | undefined {
  const cameFrom = new Map([[from, -1]]);
  for (const [cell] of cameFrom) {
    if (cell !== from && wanted(cell)) {
      const path: number[] = [];
      for (let at = cell; at >= 0; at = cameFrom.get(at)!) path.push(at);
      return path.reverse();
    }
    if (!seen[cell]) continue;
    for (const neighbour of neighboursOf(maze, cell))
      if (!cameFrom.has(neighbour)) cameFrom.set(neighbour, cell);
  }
  return undefined;
}
