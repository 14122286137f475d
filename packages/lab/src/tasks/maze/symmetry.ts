/** Turned and mirrored mazes: the 8 symmetries of a square, the 4 of any other rectangle. */
import { gridOf } from "./grid.ts";
import type { Maze } from "./maze.ts";
import { mazeWords } from "./words.ts";

/** Where a symmetry takes cells and directions. */
interface Symmetry {
  /** `[cells]` */
  readonly cells: Int16Array;
  /** New open sides for each mask of open sides `[16]`. */
  readonly sides: Uint8Array;
}

const made = new Map<number, readonly Symmetry[]>();

/** Number of symmetries of a grid; the first is the one that changes nothing. */
export function symmetryCount(rows: number, cols: number): number {
  return rows === cols ? 8 : 4;
}

/** The maze under one of its symmetries, 0 to `symmetryCount - 1`. */
export function transformedMaze(maze: Maze, symmetry: number): Maze {
  const { rows, cols, open, start, goal, costs } = maze;
  const { cells, sides } = symmetriesOf(rows, cols)[symmetry]!;
  const turned = new Uint8Array(open.length);
  for (let cell = 0; cell < open.length; cell++) turned[cells[cell]!] = sides[open[cell]!]!;
  const image = { rows, cols, open: turned, start: cells[start]!, goal: cells[goal]! };
  if (!costs) return image;
  const moved = new Uint8Array(costs.length);
  for (let cell = 0; cell < costs.length; cell++) moved[cells[cell]!] = costs[cell]!;
  return { ...image, costs: moved };
}

/** The words of all symmetric images that come first in order: equal for a maze and its images. */
export function symmetricWords(maze: Maze): number[] {
  let least = mazeWords(maze);
  for (let symmetry = 1; symmetry < symmetryCount(maze.rows, maze.cols); symmetry++) {
    const words = mazeWords(transformedMaze(maze, symmetry));
    if (comesBefore(words, least)) least = words;
  }
  return least;
}

function comesBefore(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}

function symmetriesOf(rows: number, cols: number): readonly Symmetry[] {
  const key = rows * 256 + cols;
  let symmetries = made.get(key);
  if (!symmetries) {
    gridOf(rows, cols);
    symmetries = Array.from({ length: symmetryCount(rows, cols) }, (_, i) =>
      makeSymmetry(rows, cols, (i & 1) !== 0, (i & 2) !== 0, (i & 4) !== 0),
    );
    made.set(key, symmetries);
  }
  return symmetries;
}

function makeSymmetry(
  rows: number,
  cols: number,
  flipRows: boolean,
  flipCols: boolean,
  transpose: boolean,
): Symmetry {
  const cells = Int16Array.from({ length: rows * cols }, (_, cell) => {
    const row = flipRows ? rows - 1 - Math.floor(cell / cols) : Math.floor(cell / cols);
    const col = flipCols ? cols - 1 - (cell % cols) : cell % cols;
    return transpose ? col * cols + row : row * cols + col;
  });
  const sides = Uint8Array.from({ length: 16 }, (_, mask) => {
    let image = 0;
    for (let direction = 0; direction < 4; direction++) {
      if (!((mask >> direction) & 1)) continue;
      let to = direction;
      if (flipRows && (direction & 1) === 0) to = (direction + 2) & 3;
      if (flipCols && (direction & 1) === 1) to = (direction + 2) & 3;
      // Transposing swaps north with west and east with south.
      image |= 1 << (transpose ? 3 - to : to);
    }
    return image;
  });
  return { cells, sides };
}
