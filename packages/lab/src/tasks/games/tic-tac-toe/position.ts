/** Positions of tic-tac-toe: a mask of nine bits for each player. */
import type { Random } from "../../../core/index.ts";
import type { Outcome, Player, Playout, Position } from "../game.ts";
import { randomPlayout } from "../random-playout.ts";
import { boardText, cellSymmetries } from "../squares.ts";

/** The board. */
export const size = { columns: 3, rows: 3 } as const;
const full = 0b111_111_111;
const lines = [0o7, 0o70, 0o700, 0o111, 0o222, 0o444, 0o421, 0o124];

/** Whether a mask of cells holds three in a row. */
export const hasLine = (mask: number): boolean => lines.some((line) => (mask & line) === line);

/** The image of every mask under every symmetry. */
const images = cellSymmetries(size).map((cells) =>
  Array.from({ length: full + 1 }, (_, mask) =>
    cells.reduce((image, to, from) => image | (((mask >> from) & 1) << to), 0),
  ),
);

/** A position; bit i of a mask is cell i, row by row from the top left. */
export class TicTacToePosition implements Position {
  #x: number;
  #o: number;
  readonly #played: number[] = [];
  player: Player;
  ply: number;

  /** Masks of the cells of players 0 and 1. */
  constructor(x = 0, o = 0) {
    this.#x = x;
    this.#o = o;
    this.ply = [...(x | o).toString(2)].filter((bit) => bit === "1").length;
    this.player = this.ply % 2 === 0 ? 0 : 1;
  }

  get outcome(): Outcome | undefined {
    if (hasLine(this.#x)) return 1;
    if (hasLine(this.#o)) return -1;
    return (this.#x | this.#o) === full ? 0 : undefined;
  }

  moves(): number[] {
    if (this.outcome !== undefined) return [];
    const moves: number[] = [];
    const taken = this.#x | this.#o;
    for (let cell = 0; cell < 9; cell++) if (!((taken >> cell) & 1)) moves.push(cell);
    return moves;
  }

  play(move: number): void {
    if (this.player === 0) this.#x |= 1 << move;
    else this.#o |= 1 << move;
    this.#played.push(move);
    this.#turn(1);
  }

  undo(): void {
    const kept = ~(1 << this.#played.pop()!);
    this.#x &= kept;
    this.#o &= kept;
    this.#turn(-1);
  }

  #turn(plies: number): void {
    this.ply += plies;
    this.player = this.player === 0 ? 1 : 0;
  }

  key(): number {
    return this.#x | (this.#o << 9);
  }

  canonicalKey(): number {
    return Math.min(...images.map((image) => image[this.#x]! | (image[this.#o]! << 9)));
  }

  encode(out: Float32Array, offset: number): void {
    const [own, other] = this.player === 0 ? [this.#x, this.#o] : [this.#o, this.#x];
    for (let cell = 0; cell < 9; cell++) {
      out[offset + cell] = (own >> cell) & 1;
      out[offset + 9 + cell] = (other >> cell) & 1;
    }
  }

  playout(random: Random): Playout {
    return randomPlayout(this, random, 9);
  }

  copy(): this {
    return new TicTacToePosition(this.#x, this.#o) as this;
  }

  text(): string {
    return boardText(size, (cell) =>
      (this.#x >> cell) & 1 ? "x" : (this.#o >> cell) & 1 ? "o" : ".",
    );
  }
}
