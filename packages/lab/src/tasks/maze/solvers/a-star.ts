/** A* (Hart, Nilsson and Raphael 1968): the cheapest way, cells in order of cost so far plus a lower bound. */
import { costOf, type Maze } from "../maze.ts";
import { Marker, type MazeSolver, neighboursOf } from "./trace.ts";

export const aStar: MazeSolver = {
  id: "a-star",
  title: "A*",
  description:
    "A tick expands one cell: the one with the least cost so far plus distance to the goal as if there were " +
    "no walls; finds the lowest cost.",
  solve(maze) {
    const marker = new Marker(maze.open.length);
    const path = cheapestPath(maze, maze.start, (cell) => marker.tick([cell]));
    return { ticks: marker.ticks, path, arrived: true };
  },
};

/** Cells on a way of lowest cost from `from` to the goal; `expanded` is told of every cell in turn. */
export function cheapestPath(
  maze: Maze,
  from = maze.start,
  expanded: (cell: number) => void = () => {},
): number[] {
  const known = new Map<number, { cost: number; cameFrom: number }>([
    [from, { cost: 0, cameFrom: -1 }],
  ]);
  const frontier = new Set([from]);
  const estimate = (cell: number) => known.get(cell)!.cost + manhattan(maze, cell);
  while (frontier.size > 0) {
    const cell = leastOf(frontier, estimate);
    frontier.delete(cell);
    expanded(cell);
    if (cell === maze.goal) break;
    for (const neighbour of neighboursOf(maze, cell)) {
      const cost = known.get(cell)!.cost + costOf(maze, neighbour);
      if (cost >= (known.get(neighbour)?.cost ?? Number.POSITIVE_INFINITY)) continue;
      known.set(neighbour, { cost, cameFrom: cell });
      frontier.add(neighbour);
    }
  }
  const path: number[] = [];
  for (let cell = maze.goal; cell >= 0; cell = known.get(cell)!.cameFrom) path.push(cell);
  return path.reverse();
}

/** Steps to the goal if there were no walls: a lower bound of the cost, since every cell costs at least 1. */
export function manhattan({ cols, goal }: Pick<Maze, "cols" | "goal">, cell: number): number {
  const rows = Math.abs(Math.floor(cell / cols) - Math.floor(goal / cols));
  return rows + Math.abs((cell % cols) - (goal % cols));
}

function leastOf(cells: Iterable<number>, value: (cell: number) => number): number {
  let least = Number.POSITIVE_INFINITY;
  let best = -1;
  for (const cell of cells) {
    const v = value(cell);
    if (v >= least) continue;
    least = v;
    best = cell;
  }
  return best;
}
