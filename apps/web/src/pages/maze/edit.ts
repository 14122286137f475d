/** Changing a maze by hand, one pixel of its picture at a time. */
import { checkedMaze, type Maze, pixelSize } from "@mesascope/lab/tasks";

/** What a pixel of a maze's picture is. */
export type PixelKind =
  | { readonly kind: "cell"; readonly cell: number }
  /** Between a cell and its neighbour to the east (1) or south (2). */
  | { readonly kind: "passage"; readonly cell: number; readonly direction: 1 | 2 }
  /** A corner, or the rim. */
  | { readonly kind: "fixed" };

export function pixelKind(maze: Pick<Maze, "rows" | "cols">, pixel: number): PixelKind {
  const { height, width } = pixelSize(maze);
  const row = Math.floor(pixel / width);
  const col = pixel % width;
  const rim = row === 0 || col === 0 || row === height - 1 || col === width - 1;
  if (rim || (row % 2 === 0 && col % 2 === 0)) return { kind: "fixed" };
  const cell = Math.floor((row - 1) / 2) * maze.cols + Math.floor((col - 1) / 2);
  if (row % 2 === 1 && col % 2 === 1) return { kind: "cell", cell };
  return { kind: "passage", cell, direction: col % 2 === 0 ? 1 : 2 };
}

/**
 * Opens a closed passage, or closes an open one.
 * @throws InputError where the goal could not be reached any more.
 */
export function togglePassage(maze: Maze, cell: number, direction: 1 | 2): Maze {
  const open = maze.open.slice();
  open[cell]! ^= 1 << direction;
  open[cell + (direction === 1 ? 1 : maze.cols)]! ^= 1 << ((direction + 2) % 4);
  return checkedMaze({ ...maze, open }, "this wall");
}

/** @throws InputError where start and goal would be one, or not joined. */
export function withEnd(maze: Maze, end: "start" | "goal", cell: number): Maze {
  return checkedMaze({ ...maze, [end]: cell }, `the ${end}`);
}

/** A pixel in words, for who does not see the picture: rows and columns count cells from 1. */
export function pixelWords(maze: Maze, pixel: number): string {
  const at = (cell: number) =>
    `row ${Math.floor(cell / maze.cols) + 1}, column ${(cell % maze.cols) + 1}`;
  const found = pixelKind(maze, pixel);
  if (found.kind === "fixed") return "fixed wall";
  if (found.kind === "cell") {
    const end = found.cell === maze.start ? ", start" : found.cell === maze.goal ? ", goal" : "";
    return `cell in ${at(found.cell)}${end}`;
  }
  const open = (maze.open[found.cell]! >> found.direction) & 1;
  const side = found.direction === 1 ? "to the right of" : "below";
  return `${open ? "passage" : "wall"} ${side} ${at(found.cell)}`;
}
