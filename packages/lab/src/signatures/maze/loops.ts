/** The same maze with walls taken away, so that it has loops. */
import type { Random } from "../../core/index.ts";
import { directionTo, type Maze } from "../../tasks/index.ts";

/** Share of the closed inner walls that are opened. */
const opened = 0.3;

/** A maze with each closed inner wall opened with probability 0.3; ends and costs stay. */
export function withLoops(maze: Maze, random: Random): Maze {
  const { rows, cols } = maze;
  const open = maze.open.slice();
  for (let cell = 0; cell < rows * cols; cell++)
    for (const next of [
      ...(cell % cols < cols - 1 ? [cell + 1] : []),
      ...(cell + cols < rows * cols ? [cell + cols] : []),
    ]) {
      const there = directionTo(maze, cell, next);
      if ((open[cell]! >> there) & 1 || random.uniform() >= opened) continue;
      open[cell]! |= 1 << there;
      open[next]! |= 1 << directionTo(maze, next, cell);
    }
  return { ...maze, open };
}
