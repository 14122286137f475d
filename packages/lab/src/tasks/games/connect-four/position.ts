/**
 * Positions of connect four as bitboards (after Tromp's Fhourstones, https://tromp.github.io/c4/fhour.html): each column
 * has a bit for each row from the bottom and one above that stays empty, so that a shift never joins two columns. The
 * bits are in two halves of 32, since that is what the language can shift.
 */
import type { Random } from "../../../core/index.ts";
import type { Outcome, Player, Playout, Position, Size } from "../game.ts";
import { boardText } from "../squares.ts";

const word = 2 ** 32;

/** What positions of one size share. */
export interface Layout extends Size {
  /** Half (0 or 1) and bit of the square in each column and row from the bottom. */
  readonly high: Uint8Array;
  readonly bit: Int32Array;
}

export function layoutOf({ columns, rows }: Size): Layout {
  const squares = columns * (rows + 1);
  return {
    columns,
    rows,
    high: Uint8Array.from({ length: squares }, (_, square) => square >> 5),
    bit: Int32Array.from({ length: squares }, (_, square) => 1 << (square & 31)),
  };
}

/** Whether there are four in a line at a distance of `shift` bits. */
function aligned(low: number, high: number, shift: number): boolean {
  const twoLow = low & ((low >>> shift) | (high << (32 - shift)));
  const twoHigh = high & (high >>> shift);
  const far = 2 * shift;
  return (
    (twoLow & ((twoLow >>> far) | (twoHigh << (32 - far)))) !== 0 ||
    (twoHigh & (twoHigh >>> far)) !== 0
  );
}

/** Whether stones hold four in a line, in a column, a row or a diagonal. */
export const hasFour = (low: number, high: number, rows: number): boolean =>
  aligned(low, high, 1) ||
  aligned(low, high, rows) ||
  aligned(low, high, rows + 1) ||
  aligned(low, high, rows + 2);

/** Room for one playout at a time. */
const open = new Int32Array(64);
const levels = new Int32Array(64);

/** A position; a move is a column, from 0 on the left. */
export class ConnectFourPosition implements Position {
  readonly #layout: Layout;
  /** Stones in each column. */
  readonly #heights: number[];
  readonly #played: number[] = [];
  // Stones of player 0 and of player 1.
  #low0 = 0;
  #high0 = 0;
  #low1 = 0;
  #high1 = 0;
  #won = false;
  player: Player = 0;
  ply = 0;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#heights = new Array<number>(layout.columns).fill(0);
  }

  /** The position with stones on cells counted row by row from the top left; undefined if it ended before its last move. */
  static of(layout: Layout, cells: readonly ("x" | "o" | ".")[]): ConnectFourPosition | undefined {
    const position = new ConnectFourPosition(layout);
    const { columns, rows } = layout;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const stone = cells[(rows - 1 - row) * columns + column];
        if (stone === "." || stone === undefined) continue;
        position.player = stone === "x" ? 0 : 1;
        position.#toggle(column, row);
        position.#heights[column] = row + 1;
        position.ply++;
      }
    position.player = position.ply % 2 === 0 ? 0 : 1;
    const won0 = hasFour(position.#low0, position.#high0, rows);
    const won1 = hasFour(position.#low1, position.#high1, rows);
    position.#won = won0 || won1;
    return (position.player === 0 ? won0 : won1) ? undefined : position;
  }

  get outcome(): Outcome | undefined {
    if (this.#won) return this.player === 1 ? 1 : -1;
    const { columns, rows } = this.#layout;
    return this.ply === columns * rows ? 0 : undefined;
  }

  moves(): number[] {
    const moves: number[] = [];
    if (this.#won) return moves;
    const { columns, rows } = this.#layout;
    for (let column = 0; column < columns; column++)
      if (this.#heights[column]! < rows) moves.push(column);
    return moves;
  }

  play(column: number): void {
    this.#toggle(column, this.#heights[column]!++);
    this.#played.push(column);
    const { rows } = this.#layout;
    this.#won =
      this.player === 0
        ? hasFour(this.#low0, this.#high0, rows)
        : hasFour(this.#low1, this.#high1, rows);
    this.player = this.player === 0 ? 1 : 0;
    this.ply++;
  }

  undo(): void {
    const column = this.#played.pop()!;
    this.ply--;
    this.player = this.player === 0 ? 1 : 0;
    this.#toggle(column, --this.#heights[column]!);
    this.#won = false;
  }

  /** Puts or takes a stone of the player to move. */
  #toggle(column: number, row: number): void {
    const { rows, high, bit } = this.#layout;
    const square = column * (rows + 1) + row;
    if (high[square]) {
      if (this.player === 0) this.#high0 ^= bit[square]!;
      else this.#high1 ^= bit[square]!;
    } else if (this.player === 0) this.#low0 ^= bit[square]!;
    else this.#low1 ^= bit[square]!;
  }

  /** Own stones plus all stones: in each column the sum tells both apart (P. Pons, https://blog.gamesolver.org). */
  key(): number {
    const low = (this.#low0 | this.#low1) >>> 0;
    const high = (this.#high0 | this.#high1) >>> 0;
    return this.player === 0
      ? (high + (this.#high0 >>> 0)) * word + low + (this.#low0 >>> 0)
      : (high + (this.#high1 >>> 0)) * word + low + (this.#low1 >>> 0);
  }

  canonicalKey(): number {
    const key = this.key();
    return Math.min(key, mirrorKey(key, this.#layout));
  }

  encode(out: Float32Array, offset: number): void {
    const { columns, rows } = this.#layout;
    const cells = columns * rows;
    for (let cell = 0; cell < cells; cell++) {
      const owner = this.#at(cell);
      out[offset + cell] = owner === this.player ? 1 : 0;
      out[offset + cells + cell] = owner !== undefined && owner !== this.player ? 1 : 0;
    }
  }

  /** Whose stone lies on a cell, counted row by row from the top left. */
  #at(cell: number): Player | undefined {
    const { columns, rows, high, bit } = this.#layout;
    const square = (cell % columns) * (rows + 1) + rows - 1 - Math.floor(cell / columns);
    const upper = high[square];
    if ((upper ? this.#high0 : this.#low0) & bit[square]!) return 0;
    if ((upper ? this.#high1 : this.#low1) & bit[square]!) return 1;
    return undefined;
  }

  playout(random: Random): Playout {
    const { outcome } = this;
    if (outcome !== undefined) return { outcome, plies: 0 };
    const { columns, rows, high, bit } = this.#layout;
    let count = 0;
    for (let column = 0; column < columns; column++) {
      levels[column] = this.#heights[column]!;
      if (levels[column]! < rows) open[count++] = column;
    }
    // Own stones are those of whoever is to move.
    const first = this.player === 0;
    let ownLow = first ? this.#low0 : this.#low1;
    let ownHigh = first ? this.#high0 : this.#high1;
    let otherLow = first ? this.#low1 : this.#low0;
    let otherHigh = first ? this.#high1 : this.#high0;
    for (let plies = 1; ; plies++) {
      // The product favours some columns by less than one part in 10^8.
      const choice = Math.floor(((random.bits() >>> 0) * count) / word);
      const column = open[choice]!;
      const row = levels[column]!;
      const square = column * (rows + 1) + row;
      if (high[square]) ownHigh |= bit[square]!;
      else ownLow |= bit[square]!;
      if (hasFour(ownLow, ownHigh, rows))
        return { outcome: first === (plies % 2 === 1) ? 1 : -1, plies };
      levels[column] = row + 1;
      if (row + 1 === rows) {
        open[choice] = open[--count]!;
        if (count === 0) return { outcome: 0, plies };
      }
      const low = ownLow;
      const upper = ownHigh;
      ownLow = otherLow;
      ownHigh = otherHigh;
      otherLow = low;
      otherHigh = upper;
    }
  }

  copy(): this {
    const copy = new ConnectFourPosition(this.#layout);
    for (let column = 0; column < this.#heights.length; column++)
      copy.#heights[column] = this.#heights[column]!;
    copy.#low0 = this.#low0;
    copy.#high0 = this.#high0;
    copy.#low1 = this.#low1;
    copy.#high1 = this.#high1;
    copy.#won = this.#won;
    copy.player = this.player;
    copy.ply = this.ply;
    return copy as this;
  }

  text(): string {
    return boardText(this.#layout, (cell) => {
      const owner = this.#at(cell);
      return owner === undefined ? "." : owner === 0 ? "x" : "o";
    });
  }
}

/** The key of the position seen in a mirror: the columns' parts in the opposite order. */
function mirrorKey(key: number, { columns, rows }: Layout): number {
  const base = 2 ** (rows + 1);
  let rest = key;
  let mirrored = 0;
  for (let column = 0; column < columns; column++) {
    const next = Math.floor(rest / base);
    mirrored = mirrored * base + rest - next * base;
    rest = next;
  }
  return mirrored;
}
