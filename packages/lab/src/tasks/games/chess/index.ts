/** Chess and Gardner's 5 x 5 minichess. */
import { InputError } from "../../../core/index.ts";
import type { Game } from "../game.ts";
import { squareNames } from "../squares.ts";
import { readFen } from "./fen.ts";
import { ChessPosition, planeNames } from "./position.ts";
import { type ChessRules, chessRules, letters, moveCount, moveNumber, readMove } from "./rules.ts";

export type { ChessPosition } from "./position.ts";

/**
 * The rules on 8 x 8. Draws come by stalemate, at the third occurrence of a position, after fifty moves of each without
 * a capture or a move of a pawn, and with kings alone, with one knight more, or with bishops of one colour only.
 */
export const chess: Game<ChessPosition> = gameOf(
  "chess",
  chessRules({
    columns: 8,
    rows: 8,
    full: true,
    start: "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1",
  }),
);

/** Martin Gardner's game of 1969: the same pieces up to the king, no two steps of pawns, no castling. */
export const minichess: Game<ChessPosition> = gameOf(
  "minichess",
  chessRules({
    columns: 5,
    rows: 5,
    full: false,
    start: "rnbqk/ppppp/5/PPPPP/RNBQK w - - 0 1",
  }),
);

function gameOf(id: string, rules: ChessRules): Game<ChessPosition> {
  const { columns, rows, cells } = rules;
  const names = planeNames(rules.full);
  const squares = squareNames(rules);
  const identity = (length: number) => Array.from({ length }, (_, i) => i);
  return {
    id,
    title: id === "minichess" ? "Gardner's minichess" : id,
    size: { columns, rows },
    moves: moveCount(rules),
    planes: { channels: names.length, height: rows, width: columns },
    planeNames: names,
    symmetries: [{ cells: identity(cells), moves: identity(moveCount(rules)) }],
    start(text = rules.start) {
      const setup = readFen(text, rules);
      // Whoever is not to move must not be in check.
      const turned = { ...setup, player: setup.player === 0 ? 1 : 0, passed: -1 } as const;
      if (new ChessPosition(rules, turned).inCheck)
        throw new InputError(`a king could be taken at once in the position '${text}'`);
      return new ChessPosition(rules, setup);
    },
    moveName(move) {
      const { from, to, promotion } = readMove(rules, move);
      const piece = promotion === 0 ? "" : letters[promotion]!.toLowerCase();
      return squares[from]! + squares[to]! + piece;
    },
    moveNamed(name) {
      const found = /^([a-h][1-8])([a-h][1-8])([nbrq]?)$/.exec(name.trim());
      const from = squares.indexOf(found?.[1] ?? "");
      const to = squares.indexOf(found?.[2] ?? "");
      if (from < 0 || to < 0) return undefined;
      const promotion = found![3] ? letters.indexOf(found![3].toUpperCase()) : 0;
      const move = moveNumber(rules, { from, to, promotion });
      const read = readMove(rules, move);
      return read.from === from && read.to === to ? move : undefined;
    },
  };
}
