/** Positions of Go with positional superko, no suicide, and area scoring. */
import type { Random } from "../../../core/index.ts";
import type { Outcome, Player, Playout, Position, Symmetry } from "../game.ts";
import { boardText } from "../squares.ts";
import { Board, empty, type Points } from "./board.ts";

/** What positions of one game share. */
export interface GoRules {
  readonly points: Points;
  readonly komi: number;
  readonly symmetries: readonly Symmetry[];
}

/** A position; a move is a point, row by row from the top left, or the number of points for a pass. */
export class GoPosition implements Position {
  readonly #rules: GoRules;
  readonly #board: Board;
  /** Hashes of the boards that have occurred. */
  readonly #occurred: Set<number>;
  readonly #played: number[] = [];
  readonly #captures: number[] = [];
  /** Passes in a row before each move that was played. */
  readonly #passesBefore: number[] = [];
  player: Player;
  ply = 0;
  /** Passes in a row; two end the game. */
  passes: number;

  constructor(
    rules: GoRules,
    stones: Uint8Array = rules.points.blank,
    player: Player = 0,
    passes = 0,
    occurred: Iterable<number> = [],
  ) {
    this.#rules = rules;
    this.#board = new Board(rules.points, stones);
    this.#occurred = new Set(occurred).add(this.#board.hash);
    this.player = player;
    this.passes = passes;
  }

  /** Area of player 0 less that of player 1, less komi. */
  get score(): number {
    return this.#board.area() - this.#rules.komi;
  }

  get outcome(): Outcome | undefined {
    return this.passes < 2 ? undefined : (Math.sign(this.score) as Outcome);
  }

  get #pass(): number {
    return this.#rules.points.places.length;
  }

  moves(): number[] {
    const moves: number[] = [];
    if (this.passes >= 2) return moves;
    const { places } = this.#rules.points;
    for (let point = 0; point < places.length; point++)
      if (this.#board.stones[places[point]!] === empty && this.#tryStone(point)) {
        this.undo();
        moves.push(point);
      }
    moves.push(places.length);
    return moves;
  }

  play(move: number): void {
    if (move === this.#pass) this.#finish(move, 0, this.passes + 1);
    else this.#tryStone(move);
  }

  /** Places a stone on an empty point; false, with nothing changed, if that is suicide or repeats a board. */
  #tryStone(point: number): boolean {
    const place = this.#rules.points.places[point]!;
    const colour = this.player === 0 ? 1 : 2;
    const captures = this.#board.place(place, colour);
    if (captures < 0) return false;
    const { hash } = this.#board;
    if (this.#occurred.has(hash)) {
      this.#board.unplace(place, colour, captures);
      return false;
    }
    this.#occurred.add(hash);
    this.#finish(point, captures, 0);
    return true;
  }

  #finish(move: number, captures: number, passes: number): void {
    this.#played.push(move);
    this.#captures.push(captures);
    this.#passesBefore.push(this.passes);
    this.passes = passes;
    this.player = this.player === 0 ? 1 : 0;
    this.ply++;
  }

  undo(): void {
    const move = this.#played.pop()!;
    const captures = this.#captures.pop()!;
    this.passes = this.#passesBefore.pop()!;
    this.player = this.player === 0 ? 1 : 0;
    this.ply--;
    if (move === this.#pass) return;
    this.#occurred.delete(this.#board.hash);
    this.#board.unplace(this.#rules.points.places[move]!, this.player === 0 ? 1 : 2, captures);
  }

  /** The board, who moves, and passes: what has occurred is left out. */
  key(): string {
    return this.#keyOf(this.#rules.symmetries[0]!.cells);
  }

  canonicalKey(): string {
    let least = this.key();
    for (const { cells } of this.#rules.symmetries) {
      const key = this.#keyOf(cells);
      if (key < least) least = key;
    }
    return least;
  }

  #keyOf(cells: readonly number[]): string {
    const { places } = this.#rules.points;
    let key = `${this.player}${this.passes}`;
    for (const cell of cells) key += this.#board.stones[places[cell]!];
    return key;
  }

  encode(out: Float32Array, offset: number): void {
    const { places } = this.#rules.points;
    const own = this.player === 0 ? 1 : 2;
    const count = places.length;
    for (let point = 0; point < count; point++) {
      const stone = this.#board.stones[places[point]!]!;
      out[offset + point] = stone === own ? 1 : 0;
      out[offset + count + point] = stone !== empty && stone !== own ? 1 : 0;
      out[offset + 2 * count + point] = this.passes > 0 ? 1 : 0;
      out[offset + 3 * count + point] = this.player;
    }
  }

  /**
   * Stones at random, but none on a point that is surrounded by one's own, since such games would hardly end; a pass
   * where there is none to place. After four moves a point the board is scored as it is.
   */
  playout(random: Random): Playout {
    const position = this.copy();
    const most = 4 * this.#pass;
    const points = new Int32Array(this.#pass);
    let plies = 0;
    for (; position.passes < 2 && plies < most; plies++) position.#playAny(random, points);
    return { outcome: Math.sign(position.score) as Outcome, plies };
  }

  /** `points` is room for the points of the board. */
  #playAny(random: Random, points: Int32Array): void {
    const { places } = this.#rules.points;
    const { stones } = this.#board;
    const colour = this.player === 0 ? 1 : 2;
    let count = 0;
    for (let point = 0; point < places.length; point++)
      if (stones[places[point]!] === empty) points[count++] = point;
    while (count > 0) {
      const choice = Math.floor(((random.bits() >>> 0) * count) / 2 ** 32);
      const point = points[choice]!;
      if (!this.#board.surroundedBy(places[point]!, colour) && this.#tryStone(point)) return;
      points[choice] = points[--count]!;
    }
    this.play(this.#pass);
  }

  copy(): this {
    const copy = new GoPosition(
      this.#rules,
      this.#board.stones,
      this.player,
      this.passes,
      this.#occurred,
    );
    copy.ply = this.ply;
    return copy as this;
  }

  /** The board, then whose turn it is, then passes in a row if any; what has occurred is left out. */
  text(): string {
    const { points } = this.#rules;
    const board = boardText(
      points,
      (cell) => ([".", "x", "o"] as const)[this.#board.stones[points.places[cell]!]!]!,
    );
    return [board, this.player === 0 ? "x" : "o", ...(this.passes ? [this.passes] : [])].join(" ");
  }
}
