/** One maze, drawn as its parameters say. */
import type { Random } from "../../core/index.ts";
import { Choices } from "./choices.ts";
import { generateWalls } from "./generators/index.ts";
import { gridOf } from "./grid.ts";
import type { Maze } from "./maze.ts";
import type { MazeParameters } from "./parameters.ts";
import { placeEnds } from "./placement.ts";

/**
 * Draws walls, then start and goal, then costs.
 * @throws InputError for sides, a share or a room that do not fit.
 */
export function sampleMaze(parameters: Omit<MazeParameters, "identity">, random: Random): Maze {
  const { rows, cols, costs } = parameters;
  const grid = gridOf(rows, cols);
  const open = generateWalls(grid, parameters, new Choices(random));
  const { start, goal } = placeEnds(grid, open, parameters, random);
  if (costs === 1) return { rows, cols, open, start, goal };
  const drawn = new Uint8Array(grid.cells);
  for (let cell = 0; cell < drawn.length; cell++) drawn[cell] = 1 + random.integer(costs);
  return { rows, cols, open, start, goal, costs: drawn };
}
