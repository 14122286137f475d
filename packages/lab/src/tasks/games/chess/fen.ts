/** Positions of chess as text: Forsyth-Edwards notation. */
import { InputError } from "../../../core/index.ts";
import type { Player } from "../game.ts";
import { squareNames } from "../squares.ts";
import {
  type ChessRules,
  type ChessSetup,
  castlingLetters,
  king,
  letters,
  pawn,
  rook,
} from "./rules.ts";

/** Board, turn, rights to castle and the square that a pawn passed; not the clocks. */
export function fen(rules: ChessRules, position: ChessSetup): string {
  const { columns, rows } = rules;
  let board = "";
  for (let row = 0; row < rows; row++) {
    let gap = 0;
    if (row > 0) board += "/";
    for (let cell = row * columns; cell < (row + 1) * columns; cell++) {
      const piece = position.board[cell]!;
      if (piece === 0) gap++;
      else {
        if (gap > 0) board += gap;
        gap = 0;
        board += piece > 0 ? letters[piece]! : letters[-piece]!.toLowerCase();
      }
    }
    if (gap > 0) board += gap;
  }
  let rights = "";
  for (let i = 0; i < castlingLetters.length; i++)
    if ((position.castling >> i) & 1) rights += castlingLetters[i];
  const passed = position.passed < 0 ? "-" : squareName(rules, position.passed);
  return `${board} ${position.player === 0 ? "w" : "b"} ${rights || "-"} ${passed}`;
}

const squareName = ({ columns, rows }: ChessRules, cell: number): string =>
  String.fromCharCode(97 + (cell % columns)) + (rows - Math.floor(cell / columns));

/**
 * Reads all six fields, of which those after the board may be left out.
 * @throws InputError for what is no position of this kind of chess.
 */
export function readFen(text: string, rules: ChessRules): ChessSetup {
  const refuse = (what: string): never => {
    throw new InputError(`${what} in the position '${text}'`);
  };
  const fields = text.trim().split(/\s+/);
  const [squares = "", turn = "w", rights = "-", passed = "-", quiet = "0", number = "1"] = fields;
  if (turn !== "w" && turn !== "b") refuse(`'${turn}' for whose turn it is is neither w nor b`);
  if (!/^\d+$/.test(quiet)) refuse(`'${quiet}' is no number of quiet moves`);
  if (!/^[1-9]\d*$/.test(number)) refuse(`'${number}' is no number of a move`);
  const rows = squares.split("/");
  if (rows.length !== rules.rows) refuse(`there are ${rows.length} rows, not ${rules.rows},`);
  const pieces = rows.flatMap((row, i) => {
    const cells = [...row].flatMap((part) =>
      /\d/.test(part)
        ? new Array<number>(Number(part)).fill(0)
        : (pieceOf(part) ?? refuse(`'${part}' is no piece`)),
    );
    if (cells.length !== rules.columns)
      refuse(`row ${i + 1} has ${cells.length} squares, not ${rules.columns},`);
    return cells;
  });
  const board = Int8Array.from(pieces);
  const flaw = flawOf(board, rules);
  if (flaw) refuse(flaw);
  const player: Player = turn === "w" ? 0 : 1;
  const castling =
    castlingOf(rights, board, rules) ?? refuse(`'${rights}' are no rights to castle`);
  const cell =
    passedCell(passed, board, player, rules) ?? refuse(`no pawn has just passed '${passed}'`);
  const ply = 2 * (Number(number) - 1) + player;
  return { board, player, castling, passed: cell, quiet: Number(quiet), ply };
}

function pieceOf(letter: string): number | undefined {
  const kind = letters.indexOf(letter.toUpperCase());
  if (kind < 1) return undefined;
  return letter === letter.toUpperCase() ? kind : -kind;
}

/** What is wrong with a board, if anything. */
function flawOf(board: Int8Array, { columns, cells }: ChessRules): string | undefined {
  for (const piece of [king, -king])
    if (board.filter((at) => at === piece).length !== 1)
      return "there must be one king of each side";
  for (let cell = 0; cell < cells; cell++)
    if (Math.abs(board[cell]!) === pawn && (cell < columns || cell >= cells - columns))
      return "there is a pawn in the first or last row";
  return undefined;
}

/** Rights as bits; undefined for those that king and rooks are not in place for. */
function castlingOf(text: string, board: Int8Array, rules: ChessRules): number | undefined {
  if (text === "-") return 0;
  if (!rules.full || !/^K?Q?k?q?$/.test(text)) return undefined;
  let rights = 0;
  for (const letter of text) {
    const bit = castlingLetters.indexOf(letter);
    const [home, sign] = bit < 2 ? [rules.cells - rules.columns, 1] : [0, -1];
    const corner = home + (bit % 2 === 0 ? rules.columns - 1 : 0);
    if (board[home + 4] !== king * sign || board[corner] !== rook * sign) return undefined;
    rights |= 1 << bit;
  }
  return rights;
}

/** The cell that the other's pawn has just passed over, -1 for none; undefined where it cannot have. */
function passedCell(
  text: string,
  board: Int8Array,
  player: Player,
  rules: ChessRules,
): number | undefined {
  if (text === "-") return -1;
  const cell = squareNames(rules).indexOf(text);
  const { columns, rows, full } = rules;
  const [row, ahead, sign] = player === 0 ? [2, columns, -1] : [rows - 3, -columns, 1];
  const possible =
    full &&
    cell >= 0 &&
    Math.floor(cell / columns) === row &&
    board[cell] === 0 &&
    board[cell - ahead] === 0 &&
    board[cell + ahead] === pawn * sign;
  return possible ? cell : undefined;
}
