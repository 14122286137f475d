/** Mazes as drawings in plain text, read and written. */
import { InputError } from "../../core/index.ts";
import type { Grid } from "./grid.ts";

const arrows = ["^", ">", "v", "<"] as const;

/**
 * Reads a drawing: corners `+`, walls `-` and `|`, cells in between: `^ > v <` the start with its heading, `G` the
 * goal, a digit the cost of entering, a blank or `.` the cost 1. Start and goal cost 1.
 *
 *     +-+-+
 *     |>  |
 *     + +-+
 *     |3 G|
 *     +-+-+
 * @throws InputError with line and column.
 */
export function parseGrid(text: string, file = "maze"): Grid {
  const lines = text.replace(/\s+$/, "").split(/\r?\n/);
  const fail = (row: number, column: number, message: string): never => {
    throw new InputError(message, { place: `${file}:${row + 1}:${column + 1}` });
  };
  const rows = lines.length;
  const columns = lines[0]!.trimEnd().length;
  if (rows < 3 || rows % 2 === 0 || columns < 3 || columns % 2 === 0)
    fail(0, 0, "a drawing has an odd number of lines and of columns, at least 3 of each");
  const at = (row: number, column: number) => lines[row]![column] ?? " ";
  const height = (rows - 1) / 2;
  const width = (columns - 1) / 2;
  const walls: number[] = [];
  const weights: number[] = [];
  let start = -1;
  let heading = 0;
  let goal = -1;
  const wall = (row: number, column: number, sign: string): boolean => {
    const found = at(row, column);
    if (found !== " " && found !== sign)
      fail(row, column, `expected a wall '${sign}' or a blank, not '${found}'`);
    return found === sign;
  };
  for (let cell = 0; cell < width * height; cell++) {
    const column = 2 * (cell % width) + 1;
    const row = 2 * Math.floor(cell / width) + 1;
    const sides = [
      wall(row - 1, column, "-"),
      wall(row, column + 1, "|"),
      wall(row + 1, column, "-"),
      wall(row, column - 1, "|"),
    ];
    walls.push(sides.reduce((bits, side, h) => bits | (side ? 1 << h : 0), 0));
    const sign = at(row, column);
    weights.push(/[1-9]/.test(sign) ? Number(sign) : 1);
    const arrow = (arrows as readonly string[]).indexOf(sign);
    if (arrow >= 0) {
      if (start >= 0) fail(row, column, "there is a second start");
      start = cell;
      heading = arrow;
    } else if (sign === "G") {
      if (goal >= 0) fail(row, column, "there is a second goal");
      goal = cell;
    } else if (!/[1-9 .]/.test(sign))
      fail(
        row,
        column,
        `expected ^, >, v, <, G, a digit from 1 to 9, '.' or a blank, not '${sign}'`,
      );
  }
  if (start < 0) fail(0, 0, "there is no start (^, >, v or <)");
  if (goal < 0) fail(0, 0, "there is no goal (G)");
  return { width, height, walls, weights, start, heading, goal };
}

/** Draws a maze; cells of `path` without a sign of their own are shown as `*`. */
export function drawGrid(grid: Grid, path: readonly number[] = []): string {
  const { width, height, walls, weights, start, goal } = grid;
  const lines = Array.from({ length: 2 * height + 1 }, (_, row) =>
    Array.from({ length: 2 * width + 1 }, (_, column): string =>
      row % 2 === 0 && column % 2 === 0 ? "+" : " ",
    ),
  );
  const entered = new Set(path);
  for (let cell = 0; cell < width * height; cell++) {
    const column = 2 * (cell % width) + 1;
    const row = 2 * Math.floor(cell / width) + 1;
    const has = (h: number) => ((walls[cell]! >> h) & 1) === 1;
    if (has(0) || row === 1) lines[row - 1]![column] = "-";
    if (has(2) || row === 2 * height - 1) lines[row + 1]![column] = "-";
    if (has(3) || column === 1) lines[row]![column - 1] = "|";
    if (has(1) || column === 2 * width - 1) lines[row]![column + 1] = "|";
    const weight = weights[cell]!;
    lines[row]![column] =
      cell === start
        ? arrows[grid.heading]!
        : cell === goal
          ? "G"
          : entered.has(cell)
            ? "*"
            : weight > 9
              ? "9"
              : weight > 1
                ? String(weight)
                : " ";
  }
  return lines.map((line) => line.join("").trimEnd()).join("\n");
}
