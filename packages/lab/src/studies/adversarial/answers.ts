/** Answers to mazes, true and wrong: pictures `[height, width]` of zeros and ones. */
import type { Random } from "../../core/index.ts";
import { costsFrom, type Maze, pathExample } from "../../tasks/index.ts";

/** The way from the start to another cell than the goal, true but for its end. */
export function wayElsewhere(maze: Maze, random: Random): Uint8Array {
  const costs = costsFrom(maze, maze.start);
  const others = [...costs.keys()].filter(
    (cell) => cell !== maze.start && cell !== maze.goal && Number.isFinite(costs[cell]),
  );
  // A corridor of two cells leads nowhere else: nothing but the start is marked.
  if (others.length === 0) return nothingBut(maze, maze.start);
  return pathExample({ ...maze, goal: others[random.integer(others.length)]! }).target;
}

function nothingBut(maze: Maze, cell: number): Uint8Array {
  const { input, target } = pathExample({ ...maze, start: cell });
  const area = target.length;
  return Uint8Array.from(input.subarray(area, 2 * area));
}

/** The true answer with one cell or open passage marked wrongly. */
export function oneOff(maze: Maze, random: Random): Uint8Array {
  const { target, mask } = pathExample(maze);
  const free = [...mask.keys()].filter((pixel) => mask[pixel] === 1);
  const pixel = free[random.integer(free.length)]!;
  const answer = target.slice();
  answer[pixel] = 1 - answer[pixel]!;
  return answer;
}
