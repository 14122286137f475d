/** Connect four on boards of any size that fits 53 bits. */
import { InputError } from "../../../core/index.ts";
import type { Game, Size } from "../game.ts";
import { checkTurns, readBoard } from "../squares.ts";
import { ConnectFourPosition, type Layout, layoutOf } from "./position.ts";

export type { ConnectFourPosition } from "./position.ts";

/** Bits that a number holds exactly. */
const bits = 53;

/**
 * The rules: stones fall to the lowest free square of a column, and four in a line win.
 * @throws InputError for a board that is too small to hold four in a line, or too large.
 */
export function connectFour(size: Size = { columns: 7, rows: 6 }): Game<ConnectFourPosition> {
  checkSize(size);
  const { columns, rows } = size;
  const layout = layoutOf(size);
  const cells = Array.from({ length: columns * rows }, (_, cell) => cell);
  const moves = cells.slice(0, columns);
  return {
    id: "connect-four",
    title: `connect four on ${columns} x ${rows}`,
    size,
    moves: columns,
    planes: { channels: 2, height: rows, width: columns },
    planeNames: ["own", "other's"],
    symmetries: [
      { cells, moves },
      {
        cells: cells.map((cell) => cell - (cell % columns) + columns - 1 - (cell % columns)),
        moves: moves.toReversed(),
      },
    ],
    keys: 2 ** (columns * (rows + 1)),
    longest: columns * rows,
    start: (text) => (text === undefined ? new ConnectFourPosition(layout) : read(text, layout)),
    moveName: (move) => String(move + 1),
    moveNamed: (name) =>
      /^\d+$/.test(name.trim()) && Number(name) >= 1 && Number(name) <= columns
        ? Number(name) - 1
        : undefined,
  };
}

function checkSize({ columns, rows }: Size): void {
  const whole = Number.isInteger(columns) && Number.isInteger(rows) && columns >= 1 && rows >= 1;
  if (!whole || (columns < 4 && rows < 4) || columns * (rows + 1) > bits || rows > 13)
    throw new InputError(
      `connect four is played on boards with four squares in a line and columns x (rows + 1) at most ${bits}, such as 5x4 and 7x6, not on ${columns}x${rows}`,
    );
}

/** Which stone fell when does not matter to the rules, so that a board says all. */
function read(text: string, layout: Layout): ConnectFourPosition {
  const cells = readBoard(text, layout);
  checkTurns(cells);
  for (let cell = 0; cell < cells.length - layout.columns; cell++)
    if (cells[cell] !== "." && cells[cell + layout.columns] === ".")
      throw new InputError(
        `in '${text}' a stone in column ${(cell % layout.columns) + 1} has nothing below it`,
      );
  const position = ConnectFourPosition.of(layout, cells);
  if (!position) throw new InputError(`in '${text}' the game was over before the last move`);
  return position;
}
