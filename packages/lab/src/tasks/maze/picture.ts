/** Back from the picture of the path form to the maze that it shows. */
import type { SupervisedRules } from "../../core/index.ts";
import { gridOf, opposite } from "./grid.ts";
import { largestCost, type Maze } from "./maze.ts";
import { pixelOfCell, pixelOfWall } from "./pixels.ts";

/**
 * The maze in planes of walls, start, goal and, where there are four, costs; all that is in the picture, so
 * that what is made from it knows no more than a network does.
 * @param input `[channels, height, width]`
 * @param grid the picture's size, as rules of the path form give it
 */
export function mazeFromPicture(
  input: ArrayLike<number>,
  { channels, height, width }: NonNullable<SupervisedRules<Maze>["grid"]>,
): Maze {
  const rows = (height - 1) / 2;
  const cols = (width - 1) / 2;
  const { cells, inside, offsets } = gridOf(rows, cols);
  const open = new Uint8Array(cells);
  let [start, goal] = [0, 0];
  for (let cell = 0; cell < cells; cell++) {
    const pixel = pixelOfCell(cols, cell);
    if (input[height * width + pixel]! > 0.5) start = cell;
    if (input[2 * height * width + pixel]! > 0.5) goal = cell;
    for (const direction of [1, 2]) {
      if (!((inside[cell]! >> direction) & 1)) continue;
      if (input[pixelOfWall(cols, cell, direction)]! > 0.5) continue;
      open[cell]! |= 1 << direction;
      open[cell + offsets[direction]!]! |= 1 << opposite(direction);
    }
  }
  const maze = { rows, cols, open, start, goal };
  if (channels < 4) return maze;
  const costs = Uint8Array.from({ length: cells }, (_, cell) =>
    Math.max(1, Math.round(largestCost * input[3 * height * width + pixelOfCell(cols, cell)]!)),
  );
  return { ...maze, costs };
}
