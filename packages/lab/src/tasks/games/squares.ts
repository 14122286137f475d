/** Boards of squares: their symmetries, their names, and boards written as text. */
import { InputError } from "../../core/index.ts";
import type { Size, Symmetry } from "./game.ts";

/** Names of squares from `a1` bottom left, for cells numbered row by row from the top left. */
export function squareNames({ columns, rows }: Size): readonly string[] {
  return Array.from(
    { length: columns * rows },
    (_, cell) =>
      String.fromCharCode(97 + (cell % columns)) + (rows - Math.floor(cell / columns)).toString(),
  );
}

/** Images of the cells under the eight symmetries of a square board (four of any other), the identity first. */
export function cellSymmetries({ columns, rows }: Size): readonly (readonly number[])[] {
  const cells = Array.from({ length: columns * rows }, (_, cell) => cell);
  const column = (cell: number) => cell % columns;
  const row = (cell: number) => Math.floor(cell / columns);
  const identity = cells;
  const mirrored = cells.map((cell) => row(cell) * columns + columns - 1 - column(cell));
  const flipped = cells.map((cell) => (rows - 1 - row(cell)) * columns + column(cell));
  const turned = mirrored.map((cell) => flipped[cell]!);
  const upright = [identity, mirrored, flipped, turned];
  if (columns !== rows) return upright;
  const transposed = cells.map((cell) => column(cell) * columns + row(cell));
  return [...upright, ...upright.map((map) => map.map((cell) => transposed[cell]!))];
}

/** Symmetries of a game in which a move is the cell that it is made at. */
export const placementSymmetries = (size: Size): readonly Symmetry[] =>
  cellSymmetries(size).map((cells) => ({ cells, moves: cells }));

/** A board of stones as text: rows from the top, `/` between them, `x` for player 0, `o` for player 1, `.` for nobody. */
export function boardText(size: Size, at: (cell: number) => "x" | "o" | "."): string {
  return Array.from({ length: size.rows }, (_, row) =>
    Array.from({ length: size.columns }, (_, column) => at(row * size.columns + column)).join(""),
  ).join("/");
}

/**
 * Reads what `boardText` writes.
 * @throws InputError where rows or columns are not those of the board, or a character is none of `x`, `o` and `.`
 */
export function readBoard(text: string, { columns, rows }: Size): ("x" | "o" | ".")[] {
  const lines = text.trim().toLowerCase().split("/");
  if (lines.length !== rows)
    throw new InputError(
      `a position has ${rows} rows with '/' between them, not ${lines.length}: '${text}'`,
    );
  return lines.flatMap((line, row) => {
    if (line.length !== columns)
      throw new InputError(
        `row ${row + 1} of '${text}' has ${line.length} squares, not ${columns}`,
      );
    return [...line].map((character) => {
      if (character !== "x" && character !== "o" && character !== ".")
        throw new InputError(`'${character}' in row ${row + 1} of '${text}' is none of x, o and .`);
      return character;
    });
  });
}

/**
 * Checks that stones were placed in turn, `x` first.
 * @throws InputError if there are too many of one kind.
 */
export function checkTurns(cells: readonly string[]): void {
  const x = cells.filter((cell) => cell === "x").length;
  const o = cells.filter((cell) => cell === "o").length;
  if (x !== o && x !== o + 1)
    throw new InputError(
      `x moves first and both in turn, so ${x} of x and ${o} of o are no position of this game`,
    );
}
