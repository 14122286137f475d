/** What positions of one kind of chess share: the board, its lines, and how moves are numbered. */
import type { Player, Size } from "../game.ts";
import { directions, raysOf, stepFrom } from "../rays.ts";

export const pawn = 1;
export const knight = 2;
export const bishop = 3;
export const rook = 4;
export const queen = 5;
export const king = 6;
/** Letters of pieces, by kind. */
export const letters = " PNBRQK";

/** Rights to castle, as bits: on the king's side and the queen's, of player 0 and of player 1. */
export const castlingLetters = "KQkq";

export interface ChessRules extends Size {
  readonly cells: number;
  /** Whether pawns may start with two steps, and so be taken in passing, and kings may castle: as on 8 x 8. */
  readonly full: boolean;
  readonly start: string;
  readonly rays: ReturnType<typeof raysOf>;
  readonly kingSteps: readonly (readonly number[])[];
  readonly jumps: readonly (readonly number[])[];
}

export function chessRules(
  given: Pick<ChessRules, "columns" | "rows" | "full" | "start">,
): ChessRules {
  const cells = given.columns * given.rows;
  const reached = (steps: readonly (readonly [number, number])[]) =>
    Array.from({ length: cells }, (_, cell) =>
      steps.flatMap((step) => stepFrom(given, cell, step) ?? []),
    );
  const leaps = [1, -1].flatMap((x) => [2, -2].flatMap((y) => [[x, y] as const, [y, x] as const]));
  return {
    ...given,
    cells,
    rays: raysOf(given),
    kingSteps: reached(directions),
    jumps: reached(leaps),
  };
}

/** A move: from, to, and what a pawn becomes (0 for none). */
export interface ChessMove {
  readonly from: number;
  readonly to: number;
  readonly promotion: number;
}

/** Moves without promotion are numbered first, then promotions by columns, piece and player. */
export function moveNumber({ cells, columns, rows }: ChessRules, move: ChessMove): number {
  const { from, to, promotion } = move;
  if (promotion === 0) return from * cells + to;
  const player = Math.floor(to / columns) === rows - 1 ? 1 : 0;
  const across = (from % columns) * columns + (to % columns);
  return cells * cells + (across * 4 + promotion - knight) * 2 + player;
}

/** Number of moves that are told apart. */
export const moveCount = ({ cells, columns }: ChessRules): number =>
  cells * cells + columns * columns * 8;

export function readMove({ cells, columns, rows }: ChessRules, move: number): ChessMove {
  const rest = move - cells * cells;
  if (rest < 0) return { from: Math.floor(move / cells), to: move % cells, promotion: 0 };
  const across = rest >> 3;
  const [fromRow, toRow] = rest % 2 === 0 ? [1, 0] : [rows - 2, rows - 1];
  return {
    from: fromRow * columns + Math.floor(across / columns),
    to: toRow * columns + (across % columns),
    promotion: ((rest >> 1) & 3) + knight,
  };
}

/** All that a position is, but for its history: positive pieces are those of player 0. */
export interface ChessSetup {
  readonly board: Int8Array;
  readonly player: Player;
  /** Bits of `castlingLetters`. */
  readonly castling: number;
  /** Cell that a pawn has just passed over; -1 for none. */
  readonly passed: number;
  /** Moves since the last capture or move of a pawn. */
  readonly quiet: number;
  readonly ply: number;
}
