/** Go on small boards. */
import { InputError } from "../../../core/index.ts";
import type { Game, Size } from "../game.ts";
import { cellSymmetries, readBoard } from "../squares.ts";
import { Board, pointsOf } from "./board.ts";
import { GoPosition, type GoRules } from "./position.ts";

export { countLegalBoards } from "./count.ts";
export type { GoPosition } from "./position.ts";

/** Columns are lettered without I. */
const letters = "ABCDEFGHJ";

/**
 * The rules: positional superko (no move may make a board that has occurred before, whoever was to move), no suicide,
 * two passes end the game, and area counts (stones and empty regions that reach only one colour).
 * @param options.komi points that player 1 is given; 0 if left out
 * @throws InputError for boards other than 3 to 9 columns and rows.
 */
export function go(
  size: Size = { columns: 9, rows: 9 },
  { komi = 0 }: { readonly komi?: number } = {},
): Game<GoPosition> {
  const { columns, rows } = size;
  const fits = (side: number) => Number.isInteger(side) && side >= 3 && side <= 9;
  if (!fits(columns) || !fits(rows))
    throw new InputError(
      `Go is played here on boards of 3 to 9 columns and rows, not on ${columns}x${rows}`,
    );
  if (!Number.isFinite(komi)) throw new InputError(`komi is a number, not ${komi}`);
  const count = columns * rows;
  const symmetries = cellSymmetries(size).map((cells) => ({ cells, moves: [...cells, count] }));
  const rules: GoRules = { points: pointsOf(size), komi, symmetries };
  return {
    id: "go",
    title: `Go on ${columns} x ${rows}`,
    size,
    moves: count + 1,
    planes: { channels: 4, height: rows, width: columns },
    planeNames: ["own", "other's", "1 if the last move was a pass", "1 if player 1 is to move"],
    symmetries,
    start: (text) => (text === undefined ? new GoPosition(rules) : read(text, rules)),
    moveName: (move) =>
      move === count ? "pass" : `${letters[move % columns]}${rows - Math.floor(move / columns)}`,
    moveNamed(name) {
      if (/^pass$/i.test(name.trim())) return count;
      const found = /^([a-hj])([1-9])$/i.exec(name.trim());
      const column = found ? letters.indexOf(found[1]!.toUpperCase()) : columns;
      const row = found ? rows - Number(found[2]) : -1;
      return column < columns && row >= 0 ? row * columns + column : undefined;
    },
  };
}

function read(text: string, rules: GoRules): GoPosition {
  const { points } = rules;
  const [board = "", mover = "x", passes = "0", ...rest] = text.trim().split(/\s+/);
  if (!/^[xo]$/i.test(mover) || !/^[012]$/.test(passes) || rest.length > 0)
    throw new InputError(
      `a position of Go is a board, x or o for who is to move, and 0 to 2 passes, not '${text}'`,
    );
  const stones = points.blank.slice();
  readBoard(board, points).forEach((stone, cell) => {
    if (stone !== ".") stones[points.places[cell]!] = stone === "x" ? 1 : 2;
  });
  const checked = new Board(points, stones);
  for (const place of points.places)
    if (stones[place] !== 0 && !checked.hasLiberty(place))
      throw new InputError(`in '${text}' there are stones without a liberty`);
  return new GoPosition(rules, stones, mover.toLowerCase() === "x" ? 0 : 1, Number(passes));
}
