/** Geometry of a rectangular grid of cells: sizes, directions, neighbours and inner walls. */
import { InputError } from "../../core/index.ts";

/** Smallest and largest number of rows or columns, in cells. */
export const smallestSide = 2;
export const largestSide = 64;

/** Directions in the order of the bits of a cell's open sides. */
export const north = 0;
export const east = 1;
export const south = 2;
export const west = 3;

/** The direction back. */
export function opposite(direction: number): number {
  return (direction + 2) & 3;
}

/** A grid without walls; cells are numbered row by row. */
export interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly cells: number;
  /** Cell number added by a step north, east, south, west. */
  readonly offsets: readonly [number, number, number, number];
  /** Directions that stay inside, as bits `[cells]`. */
  readonly inside: Uint8Array;
  /** Inner walls as `4 x cell + direction`, the direction being east or south. */
  readonly walls: Int16Array;
}

const grids = new Map<number, Grid>();

/**
 * The grid of so many cells, made once.
 * @throws InputError for sides that are no whole numbers from 2 to 64.
 */
export function gridOf(rows: number, cols: number): Grid {
  const key = rows * 256 + cols;
  const made = grids.get(key);
  if (made?.rows === rows && made.cols === cols) return made;
  checkSides(rows, cols);
  const grid = makeGrid(rows, cols);
  grids.set(key, grid);
  return grid;
}

function checkSides(rows: number, cols: number): void {
  for (const [name, side] of [
    ["rows", rows],
    ["cols", cols],
  ] as const)
    if (!(Number.isInteger(side) && side >= smallestSide && side <= largestSide))
      throw new InputError(
        `${name} must be a whole number of cells from ${smallestSide} to ${largestSide}, not ${side}`,
      );
}

function makeGrid(rows: number, cols: number): Grid {
  const inside = new Uint8Array(rows * cols);
  const walls: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++) {
      const cell = row * cols + col;
      if (row > 0) inside[cell]! |= 1 << north;
      if (col + 1 < cols) {
        inside[cell]! |= 1 << east;
        walls.push(4 * cell + east);
      }
      if (row + 1 < rows) {
        inside[cell]! |= 1 << south;
        walls.push(4 * cell + south);
      }
      if (col > 0) inside[cell]! |= 1 << west;
    }
  return {
    rows,
    cols,
    cells: rows * cols,
    offsets: [-cols, 1, cols, -1],
    inside,
    walls: Int16Array.from(walls),
  };
}
