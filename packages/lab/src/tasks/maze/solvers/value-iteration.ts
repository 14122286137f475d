/** Value iteration (Bellman 1957) on the graph of cells: the cost to the goal of every cell, by sweeps. */
import { costOf, type Maze } from "../maze.ts";
import { descend } from "./costs.ts";
import { Marker, type MazeSolver, neighboursOf } from "./trace.ts";

/** One sweep over all cells at once: the cost to the goal of each, from its neighbours' before the sweep. */
function sweep(maze: Maze, values: Float64Array): Float64Array {
  return values.map((_, cell) => {
    if (cell === maze.goal) return 0;
    let least = Number.POSITIVE_INFINITY;
    for (const neighbour of neighboursOf(maze, cell))
      least = Math.min(least, costOf(maze, neighbour) + values[neighbour]!);
    return least;
  });
}

export const valueIteration: MazeSolver = {
  id: "value-iteration",
  title: "Value iteration",
  description:
    "A tick is one sweep over all cells, from a cost of 0 at the goal and infinity elsewhere until nothing " +
    "changes; it marks the cells whose value changed, and finds the lowest cost.",
  solve(maze) {
    const marker = new Marker(maze.open.length);
    let values: Float64Array = new Float64Array(maze.open.length).fill(Number.POSITIVE_INFINITY);
    values[maze.goal] = 0;
    let changed = [maze.goal];
    while (changed.length > 0) {
      marker.tick(changed, values);
      const next = sweep(maze, values);
      changed = [...next.keys()].filter((cell) => next[cell] !== values[cell]);
      values = next;
    }
    return { ticks: marker.ticks, path: descend(maze, values, maze.start), arrived: true };
  },
};
