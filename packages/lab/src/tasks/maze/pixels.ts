/**
 * Mazes as pictures: a grid of (2 rows + 1) x (2 cols + 1) pixels in which cells, passages and walls are pixels
 * alike, as in the mazes of Schwarzschild et al. (2021), arXiv 2108.06011.
 */
import type { Maze } from "./maze.ts";

export interface PixelSize {
  readonly height: number;
  readonly width: number;
}

export function pixelSize({ rows, cols }: Pick<Maze, "rows" | "cols">): PixelSize {
  return { height: 2 * rows + 1, width: 2 * cols + 1 };
}

/** The pixel of a cell. */
export function pixelOfCell(cols: number, cell: number): number {
  return (2 * Math.floor(cell / cols) + 1) * (2 * cols + 1) + 2 * (cell % cols) + 1;
}

/** The pixel of the wall between a cell and its neighbour in a direction. */
export function pixelOfWall(cols: number, cell: number, direction: number): number {
  const width = 2 * cols + 1;
  return pixelOfCell(cols, cell) + [-width, 1, width, -1][direction]!;
}

/** 1 where a pixel can be walked on: cells and open passages `[height, width]`. */
export function passable(maze: Maze): Uint8Array {
  const { rows, cols, open } = maze;
  const { height, width } = pixelSize({ rows, cols });
  const plane = new Uint8Array(height * width);
  for (let cell = 0; cell < open.length; cell++) {
    const pixel = pixelOfCell(cols, cell);
    plane[pixel] = 1;
    if (open[cell]! & 2) plane[pixel + 1] = 1;
    if (open[cell]! & 4) plane[pixel + width] = 1;
  }
  return plane;
}
