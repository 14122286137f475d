/** Tic-tac-toe: three in a row on 3 x 3. */
import { InputError } from "../../../core/index.ts";
import type { Game } from "../game.ts";
import { checkTurns, placementSymmetries, readBoard, squareNames } from "../squares.ts";
import { hasLine, size, TicTacToePosition } from "./position.ts";

const names = squareNames(size);

/** The rules; moves are cells, row by row from the top left. */
export const ticTacToe: Game<TicTacToePosition> = {
  id: "tic-tac-toe",
  title: "tic-tac-toe",
  size,
  moves: 9,
  planes: { channels: 2, height: 3, width: 3 },
  planeNames: ["own", "other's"],
  symmetries: placementSymmetries(size),
  keys: 2 ** 18,
  longest: 9,
  start: (text) => (text === undefined ? new TicTacToePosition() : read(text)),
  moveName: (move) => names[move]!,
  moveNamed(name) {
    const cell = names.indexOf(name.trim().toLowerCase());
    return cell < 0 ? undefined : cell;
  },
};

function read(text: string): TicTacToePosition {
  const cells = readBoard(text, size);
  checkTurns(cells);
  const mask = (of: string) =>
    cells.reduce((bits, at, cell) => bits | (at === of ? 1 << cell : 0), 0);
  const position = new TicTacToePosition(mask("x"), mask("o"));
  const last = position.player === 0 ? "o" : "x";
  if (hasLine(mask(last === "x" ? "o" : "x")))
    throw new InputError(`in '${text}' the game was over before ${last} made the last move`);
  return position;
}
