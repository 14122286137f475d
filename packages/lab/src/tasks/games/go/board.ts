/** Stones on a Go board: chains, captures and the way back, with liberties found by flood fill. */
import type { Size } from "../game.ts";
import { Zobrist, type ZobristBits, zobristBits } from "../zobrist.ts";

export const empty = 0;
/** Colours are 1 for player 0 and 2 for player 1; the board has a border all around. */
const border = 3;
type Colour = 1 | 2;

/** What boards of one size share. */
export interface Points extends Size {
  readonly stride: number;
  /** Place of each point in the padded array, row by row from the top left. */
  readonly places: Int32Array;
  readonly blank: Uint8Array;
  readonly bits: ZobristBits;
}

export function pointsOf({ columns, rows }: Size): Points {
  const stride = columns + 2;
  const blank = new Uint8Array(stride * (rows + 2)).fill(border);
  const places = Int32Array.from(
    { length: columns * rows },
    (_, point) => (Math.floor(point / columns) + 1) * stride + (point % columns) + 1,
  );
  for (const place of places) blank[place] = empty;
  return { columns, rows, stride, places, blank, bits: zobristBits(3 * blank.length) };
}

/** A board, changed in place. Stones are at places of the padded array. */
export class Board {
  readonly points: Points;
  readonly stones: Uint8Array;
  /** Places of captured stones, the last capture at the end. */
  readonly #captured: number[] = [];
  readonly #marks: Int32Array;
  readonly #chain: Int32Array;
  #mark = 0;
  readonly #hash: Zobrist;

  constructor(points: Points, stones: Uint8Array = points.blank) {
    this.points = points;
    this.stones = stones.slice();
    this.#hash = new Zobrist(points.bits);
    this.#marks = new Int32Array(stones.length);
    this.#chain = new Int32Array(stones.length);
    for (const place of points.places)
      if (this.stones[place] !== empty) this.#toggle(place, this.stones[place] as Colour);
  }

  /** Tells boards apart, but for a chance of 2^-53. */
  get hash(): number {
    return this.#hash.value;
  }

  #toggle(place: number, colour: Colour): void {
    this.#hash.toggle(3 * place + colour);
  }

  /** 0 if the chain at `place` has a liberty; otherwise the number of its stones, which `#chain` then holds. */
  #stonesWithoutLiberty(place: number): number {
    const { stones } = this;
    const { stride } = this.points;
    const colour = stones[place]!;
    const chain = this.#chain;
    const marks = this.#marks;
    const mark = ++this.#mark;
    let count = 1;
    chain[0] = place;
    marks[place] = mark;
    for (let i = 0; i < count; i++) {
      const at = chain[i]!;
      for (let side = 0; side < 4; side++) {
        const next = at + (side === 0 ? 1 : side === 1 ? -1 : side === 2 ? stride : -stride);
        const stone = stones[next]!;
        if (stone === empty) return 0;
        if (stone === colour && marks[next] !== mark) {
          marks[next] = mark;
          chain[count++] = next;
        }
      }
    }
    return count;
  }

  hasLiberty(place: number): boolean {
    return this.#stonesWithoutLiberty(place) === 0;
  }

  /** Puts a stone on an empty place and takes what it captures; tells how many, or -1, with nothing changed, for suicide. */
  place(place: number, colour: Colour): number {
    const { stones } = this;
    const { stride } = this.points;
    const other: Colour = colour === 1 ? 2 : 1;
    stones[place] = colour;
    let captures = 0;
    let open = false;
    for (let side = 0; side < 4; side++) {
      const next = place + (side === 0 ? 1 : side === 1 ? -1 : side === 2 ? stride : -stride);
      const stone = stones[next]!;
      if (stone === empty) open = true;
      if (stone !== other) continue;
      const count = this.#stonesWithoutLiberty(next);
      for (let i = 0; i < count; i++) {
        const taken = this.#chain[i]!;
        stones[taken] = empty;
        this.#toggle(taken, other);
        this.#captured.push(taken);
      }
      captures += count;
    }
    if (!open && captures === 0 && !this.hasLiberty(place)) {
      stones[place] = empty;
      return -1;
    }
    this.#toggle(place, colour);
    return captures;
  }

  /** Takes back the last stone that was placed, and gives back what it captured. */
  unplace(place: number, colour: Colour, captures: number): void {
    const other: Colour = colour === 1 ? 2 : 1;
    this.stones[place] = empty;
    this.#toggle(place, colour);
    for (let i = 0; i < captures; i++) {
      const taken = this.#captured.pop()!;
      this.stones[taken] = other;
      this.#toggle(taken, other);
    }
  }

  /** Whether all points around an empty place are of one colour or off the board. */
  surroundedBy(place: number, colour: Colour): boolean {
    const { stride } = this.points;
    for (let side = 0; side < 4; side++) {
      const next = place + (side === 0 ? 1 : side === 1 ? -1 : side === 2 ? stride : -stride);
      const stone = this.stones[next]!;
      if (stone !== colour && stone !== border) return false;
    }
    return true;
  }

  /** Area of player 0 less that of player 1: stones, and empty regions that reach only one colour. */
  area(): number {
    const { stones } = this;
    const { places, stride } = this.points;
    const mark = ++this.#mark;
    let area = 0;
    for (const start of places) {
      if (stones[start] !== empty) {
        area += stones[start] === 1 ? 1 : -1;
        continue;
      }
      if (this.#marks[start] === mark) continue;
      let count = 1;
      let reached = 0;
      this.#chain[0] = start;
      this.#marks[start] = mark;
      for (let i = 0; i < count; i++) {
        const at = this.#chain[i]!;
        for (let side = 0; side < 4; side++) {
          const next = at + (side === 0 ? 1 : side === 1 ? -1 : side === 2 ? stride : -stride);
          const stone = stones[next]!;
          if (stone === 1 || stone === 2) reached |= stone;
          else if (stone === empty && this.#marks[next] !== mark) {
            this.#marks[next] = mark;
            this.#chain[count++] = next;
          }
        }
      }
      if (reached === 1) area += count;
      else if (reached === 2) area -= count;
    }
    return area;
  }
}
