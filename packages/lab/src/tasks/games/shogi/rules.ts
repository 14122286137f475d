/** What positions of one kind of shogi share: the board, its lines, and how moves are numbered. */
import type { Player, Size } from "../game.ts";
import { raysOf, stepFrom } from "../rays.ts";
import { type ZobristBits, zobristBits } from "../zobrist.ts";
import { handKinds, knight, lance, pawn } from "./pieces.ts";

export interface ShogiRules extends Size {
  readonly cells: number;
  /** Rows at the far end in which pieces promote. */
  readonly zone: number;
  /** Who wins when a position occurs for the fourth time, without perpetual check: nobody, or player 1. */
  readonly repetition: 0 | -1;
  readonly start: string;
  /** Kinds that occur, plain and promoted. */
  readonly kinds: readonly number[];
  readonly rays: ReturnType<typeof raysOf>;
  /** Cells that a knight reaches, by player and cell. */
  readonly jumps: readonly [readonly number[][], readonly number[][]];
  readonly bits: ZobristBits;
}

/** Board and hands: positive pieces are those of player 0, negative those of player 1. */
export interface ShogiSetup {
  readonly board: Int8Array;
  /** Pieces in hand by player and kind. */
  readonly hands: readonly [Uint8Array, Uint8Array];
  readonly player: Player;
  readonly ply: number;
}

/** Pieces of one kind in hand that hashes tell apart. */
export const mostInHand = 19;

export function shogiRules(
  given: Pick<ShogiRules, "columns" | "rows" | "zone" | "repetition" | "start" | "kinds">,
): ShogiRules {
  const cells = given.columns * given.rows;
  const jumps = (down: number) =>
    Array.from({ length: cells }, (_, cell) =>
      [-1, 1].flatMap((right) => stepFrom(given, cell, [right, down]) ?? []),
    );
  return {
    ...given,
    cells,
    rays: raysOf(given),
    jumps: [jumps(-2), jumps(2)],
    bits: zobristBits(cells * 32 + 2 * (handKinds + 1) * mostInHand + 1),
  };
}

/** Rows between a cell and the far end of the board, for a player. */
export const rowsAhead = ({ columns, rows }: Size, cell: number, player: number): number => {
  const row = Math.floor(cell / columns);
  return player === 0 ? row : rows - 1 - row;
};

/** Whether a piece could never move again. */
export const isStuck = (rules: Size, kind: number, cell: number, player: number): boolean =>
  ((kind === pawn || kind === lance) && rowsAhead(rules, cell, player) < 1) ||
  (kind === knight && rowsAhead(rules, cell, player) < 2);

/** Moves of pieces are numbered first, then drops. */
export const moveNumber = (
  { cells }: ShogiRules,
  from: number,
  to: number,
  promote: boolean,
): number => 2 * (from * cells + to) + (promote ? 1 : 0);

export const dropNumber = ({ cells }: ShogiRules, kind: number, to: number): number =>
  2 * cells * cells + (kind - 1) * cells + to;

/** What a number of a move says. */
export type ShogiMove =
  | { readonly drop: number; readonly to: number }
  | { readonly from: number; readonly to: number; readonly promote: boolean };

export function readMove({ cells }: ShogiRules, move: number): ShogiMove {
  const drop = move - 2 * cells * cells;
  if (drop >= 0) return { drop: Math.floor(drop / cells) + 1, to: drop % cells };
  const squares = move >> 1;
  return { from: Math.floor(squares / cells), to: squares % cells, promote: (move & 1) === 1 };
}
