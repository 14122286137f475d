/** A maze as text for the terminal, with a plan or a wavefront in it. */
import type { Maze } from "./maze.ts";
import { passable, pixelOfCell, pixelOfWall, pixelSize } from "./pixels.ts";
import { directionTo } from "./solvers/index.ts";

export interface DrawOptions {
  /** Cells of a way, each beside the one before. */
  readonly path?: readonly number[];
  /** A tick's marks `[cells]`: 0 untouched, 1 touched earlier, 2 touched now. */
  readonly marks?: ArrayLike<number>;
  /** Only characters of ASCII. */
  readonly ascii?: boolean;
}

/** What each kind of pixel looks like, two characters wide, since characters are twice as high as wide. */
const styles = {
  blocks: { wall: "██", free: "  ", earlier: "░░", now: "▒▒", path: "••" },
  ascii: { wall: "##", free: "  ", earlier: "..", now: "oo", path: "**" },
} as const;

/**
 * Lines of text, one for each row of pixels: walls, `S` and `G`, the way, and under it the marks; where cells
 * have costs, their digits.
 */
export function drawMaze(
  maze: Maze,
  { path = [], marks, ascii = false }: DrawOptions = {},
): string {
  const style = ascii ? styles.ascii : styles.blocks;
  const { rows, cols, start, goal, costs } = maze;
  const { height, width } = pixelSize({ rows, cols });
  const pixels: string[] = Array.from(passable(maze), (free) => (free ? style.free : style.wall));
  costs?.forEach((cost, cell) => {
    pixels[pixelOfCell(cols, cell)] = String(cost).padEnd(2);
  });
  if (marks) paintMarks(maze, marks, style, pixels);
  path.forEach((cell, i) => {
    pixels[pixelOfCell(cols, cell)] = style.path;
    const last = path[i - 1];
    if (last !== undefined && last !== cell)
      pixels[pixelOfWall(cols, last, directionTo(maze, last, cell))] = style.path;
  });
  pixels[pixelOfCell(cols, start)] = "S ";
  pixels[pixelOfCell(cols, goal)] = "G ";
  const lines = Array.from({ length: height }, (_, y) =>
    pixels.slice(y * width, (y + 1) * width).join(""),
  );
  return lines.join("\n");
}

/** Paints touched cells, and passages between two of them like the one touched first. */
function paintMarks(
  { rows, cols, open }: Maze,
  marks: ArrayLike<number>,
  style: (typeof styles)["ascii" | "blocks"],
  pixels: string[],
): void {
  if (marks.length !== rows * cols)
    throw new RangeError(`${marks.length} marks given for ${rows * cols} cells`);
  const look = (mark: number) => (mark === 2 ? style.now : style.earlier);
  for (let cell = 0; cell < open.length; cell++) {
    if (!marks[cell]) continue;
    pixels[pixelOfCell(cols, cell)] = look(marks[cell]!);
    for (const [direction, step] of [
      [1, 1],
      [2, cols],
    ] as const)
      if ((open[cell]! >> direction) & 1 && marks[cell + step])
        pixels[pixelOfWall(cols, cell, direction)] = look(
          Math.min(marks[cell]!, marks[cell + step]!),
        );
  }
}
