/** Straight lines over a board, for pieces that move. */
import type { Size } from "./game.ts";

/** Steps in columns and rows: up the board first, then clockwise; `(d + 4) % 8` goes back. */
export const directions = [
  [0, -1],
  [1, -1],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
] as const;

/** The cell a step away from `cell`, counted row by row from the top left; undefined off the board. */
export function stepFrom(
  { columns, rows }: Size,
  cell: number,
  [right, down]: readonly [number, number],
): number | undefined {
  const column = (cell % columns) + right;
  const row = Math.floor(cell / columns) + down;
  const inside = column >= 0 && column < columns && row >= 0 && row < rows;
  return inside ? row * columns + column : undefined;
}

/** For each cell and direction, the cells on the way to the edge, the nearest first. */
export function raysOf(size: Size): readonly (readonly (readonly number[])[])[] {
  return Array.from({ length: size.columns * size.rows }, (_, start) =>
    directions.map((direction) => {
      const ray: number[] = [];
      for (
        let cell = stepFrom(size, start, direction);
        cell !== undefined;
        cell = stepFrom(size, cell, direction)
      )
        ray.push(cell);
      return ray;
    }),
  );
}
