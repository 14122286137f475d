/** Positions of shogi as text: SFEN, of the Universal Shogi Interface. */
import { InputError } from "../../../core/index.ts";
import type { Player, Size } from "../game.ts";
import { canPromote, handKinds, king, letters, pawn, plain, promoted } from "./pieces.ts";
import { isStuck, type ShogiRules, type ShogiSetup } from "./rules.ts";

/** Order of pieces in hand. */
const handOrder = [7, 6, 5, 4, 3, 2, 1];

/** Board, turn and hands; not the number of the move. */
export function sfen(size: Size, position: ShogiSetup): string {
  const rows = Array.from({ length: size.rows }, (_, row) =>
    [...position.board.subarray(row * size.columns, (row + 1) * size.columns)]
      .map((piece) => (piece === 0 ? "1" : pieceText(piece)))
      .join("")
      .replace(/1+/g, (gap) => String(gap.length)),
  );
  const hands = position.hands.flatMap((hand, owner) =>
    handOrder
      .filter((kind) => hand[kind]! > 0)
      .map((kind) => (hand[kind]! > 1 ? hand[kind] : "") + pieceText(owner === 0 ? kind : -kind)),
  );
  return `${rows.join("/")} ${position.player === 0 ? "b" : "w"} ${hands.join("") || "-"}`;
}

function pieceText(piece: number): string {
  const kind = Math.abs(piece);
  const letter = letters[plain(kind)]!;
  return (kind > king ? "+" : "") + (piece > 0 ? letter : letter.toLowerCase());
}

/**
 * Reads board, turn, hands and number of the move, the last two optional.
 * @throws InputError for what is no position of this kind of shogi.
 */
export function readSfen(text: string, rules: ShogiRules): ShogiSetup {
  const refuse = (what: string): never => {
    throw new InputError(`${what} in the position '${text}'`);
  };
  const [squares = "", turn = "b", inHand = "-", number = "1"] = text.trim().split(/\s+/);
  if (turn !== "b" && turn !== "w") refuse(`'${turn}' for whose turn it is is neither b nor w`);
  if (!/^[1-9]\d*$/.test(number)) refuse(`'${number}' is no number of a move`);
  const rows = squares.split("/");
  if (rows.length !== rules.rows) refuse(`there are ${rows.length} rows, not ${rules.rows},`);
  const pieces = rows.flatMap((row, i) => {
    const cells = [...row.matchAll(/\+?[a-zA-Z]|\d+|./g)].flatMap(([part]) =>
      /\d/.test(part)
        ? new Array<number>(Number(part)).fill(0)
        : (pieceOf(part, rules) ?? refuse(`'${part}' is no piece`)),
    );
    if (cells.length !== rules.columns)
      refuse(`row ${i + 1} has ${cells.length} squares, not ${rules.columns},`);
    return cells;
  });
  const hands = readHands(inHand, rules) ?? refuse(`'${inHand}' are no pieces in hand`);
  const board = Int8Array.from(pieces);
  const flaw = flawOf(board, hands, rules);
  if (flaw) refuse(flaw);
  const player: Player = turn === "b" ? 0 : 1;
  return { board, hands, player, ply: Number(number) - 1 };
}

function pieceOf(text: string, { kinds }: ShogiRules): number | undefined {
  const letter = text.at(-1)!;
  const kind = letters.indexOf(letter.toUpperCase());
  if (kind < 1 || !kinds.includes(kind) || (text.length > 1 && !canPromote(kind))) return undefined;
  const whole = text.length > 1 ? kind + promoted : kind;
  return letter === letter.toUpperCase() ? whole : -whole;
}

function readHands(text: string, rules: ShogiRules): [Uint8Array, Uint8Array] | undefined {
  const hands: [Uint8Array, Uint8Array] = [
    new Uint8Array(handKinds + 1),
    new Uint8Array(handKinds + 1),
  ];
  if (text === "-") return hands;
  if (!/^(\d*[a-zA-Z])+$/.test(text)) return undefined;
  for (const [, count, letter] of text.matchAll(/(\d*)([a-zA-Z])/g)) {
    const piece = pieceOf(letter!, rules);
    if (piece === undefined || Math.abs(piece) > handKinds) return undefined;
    hands[piece > 0 ? 0 : 1][Math.abs(piece)]! += Number(count || 1);
  }
  return hands;
}

/** What is wrong with board and hands, if anything. */
function flawOf(
  board: Int8Array,
  hands: readonly [Uint8Array, Uint8Array],
  rules: ShogiRules,
): string | undefined {
  for (const piece of [king, -king])
    if (board.filter((at) => at === piece).length !== 1)
      return "there must be one king of each side";
  for (let kind = 1; kind <= handKinds; kind++) {
    const onBoard = board.filter((at) => plain(Math.abs(at)) === kind).length;
    const count = onBoard + hands[0][kind]! + hands[1][kind]!;
    if (count > piecesOf(rules, kind)) return `there are too many of ${letters[kind]}`;
  }
  for (let cell = 0; cell < board.length; cell++) {
    const piece = board[cell]!;
    if (piece !== 0 && isStuck(rules, Math.abs(piece), cell, piece > 0 ? 0 : 1))
      return `there is a ${letters[Math.abs(piece)]} that could never move`;
  }
  for (let column = 0; column < rules.columns; column++)
    for (const piece of [pawn, -pawn])
      if (board.filter((at, cell) => at === piece && cell % rules.columns === column).length > 1)
        return "there are two pawns of one side in a column";
  return undefined;
}

/** How many of a kind there are at the start. */
const piecesOf = ({ start }: ShogiRules, kind: number): number =>
  [...start.split(" ")[0]!.toUpperCase()].filter((letter) => letter === letters[kind]).length;
