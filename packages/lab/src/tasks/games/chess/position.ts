/** Positions of chess. Player 0 (white) moves up the board. */
import type { Random } from "../../../core/index.ts";
import type { Outcome, Player, Playout, Position } from "../game.ts";
import { randomPlayout } from "../random-playout.ts";
import { fen } from "./fen.ts";
import { isDead } from "./material.ts";
import {
  bishop,
  type ChessRules,
  type ChessSetup,
  king,
  knight,
  moveNumber,
  pawn,
  queen,
  readMove,
  rook,
} from "./rules.ts";

/** Moves after which a random game counts as drawn. */
const longestPlayout = 512;
/** Moves without a capture or a move of a pawn after which a game is drawn. */
const quietMoves = 100;

/** What a move changed, to take it back. */
interface Done {
  readonly move: number;
  readonly piece: number;
  readonly captured: number;
  readonly castling: number;
  readonly passed: number;
  readonly quiet: number;
}

/** A position after its history, which decides on repetition. */
export class ChessPosition implements Position {
  readonly #rules: ChessRules;
  readonly board: Int8Array;
  readonly #kings: [number, number];
  readonly #done: Done[] = [];
  /** Keys of every position so far, this one last. */
  readonly #keys: string[] = [];
  #legal: readonly number[] | undefined;
  player: Player;
  castling: number;
  passed: number;
  quiet: number;
  ply: number;

  constructor(rules: ChessRules, setup: ChessSetup) {
    this.#rules = rules;
    this.board = setup.board.slice();
    this.player = setup.player;
    this.castling = setup.castling;
    this.passed = setup.passed;
    this.quiet = setup.quiet;
    this.ply = setup.ply;
    this.#kings = [this.board.indexOf(king), this.board.indexOf(-king)];
    this.#forgetIdlePassing();
    this.#keys.push(this.key());
  }

  get inCheck(): boolean {
    return this.#attacked(this.#kings[this.player], this.player === 0 ? 1 : 0);
  }

  get outcome(): Outcome | undefined {
    if (this.#legalMoves().length === 0) {
      if (!this.inCheck) return 0;
      return this.player === 0 ? -1 : 1;
    }
    return this.#drawn() ? 0 : undefined;
  }

  moves(): readonly number[] {
    return this.#drawn() ? [] : this.#legalMoves();
  }

  /** By the third occurrence, fifty quiet moves each, or for want of pieces that could give mate. */
  #drawn(): boolean {
    if (this.quiet >= quietMoves || isDead(this.board, this.#rules)) return true;
    const last = this.#keys.length - 1;
    const key = this.#keys[last];
    let before = 0;
    for (let i = last - 4; i >= last - this.quiet && i >= 0; i -= 2)
      if (this.#keys[i] === key) before++;
    return before >= 2;
  }

  #legalMoves(): readonly number[] {
    this.#legal ??= this.#findMoves();
    return this.#legal;
  }

  #findMoves(): number[] {
    return this.#candidates()
      .filter((move) => this.#isSafe(move))
      .sort((a, b) => a - b);
  }

  /** Whether a move leaves no own king in check. */
  #isSafe(move: number): boolean {
    const mover = this.player;
    this.#make(move);
    const safe = !this.#attacked(this.#kings[mover], this.player);
    this.#unmake();
    return safe;
  }

  /** Moves by how pieces move; own king's safety aside. */
  #candidates(): number[] {
    const moves: number[] = [];
    const sign = this.player === 0 ? 1 : -1;
    for (let cell = 0; cell < this.#rules.cells; cell++) {
      const kind = this.board[cell]! * sign;
      if (kind === pawn) this.#addPawnMoves(cell, moves);
      else if (kind === knight) this.#addLeaps(cell, this.#rules.jumps[cell]!, moves);
      else if (kind === king) this.#addLeaps(cell, this.#rules.kingSteps[cell]!, moves);
      else if (kind > 0) this.#addSlides(cell, kind, moves);
    }
    if (this.castling !== 0) this.#addCastling(moves);
    return moves;
  }

  #addLeaps(from: number, reached: readonly number[], moves: number[]): void {
    const sign = this.player === 0 ? 1 : -1;
    for (const to of reached) if (this.board[to]! * sign <= 0) this.#add(from, to, moves);
  }

  #addSlides(from: number, kind: number, moves: number[]): void {
    const sign = this.player === 0 ? 1 : -1;
    for (let direction = 0; direction < 8; direction++) {
      if (kind !== queen && (kind === bishop) !== (direction % 2 === 1)) continue;
      for (const to of this.#rules.rays[from]![direction]!) {
        if (this.board[to]! * sign > 0) break;
        this.#add(from, to, moves);
        if (this.board[to] !== 0) break;
      }
    }
  }

  #addPawnMoves(from: number, moves: number[]): void {
    const { rays, columns, rows, full } = this.#rules;
    const sign = this.player === 0 ? 1 : -1;
    const [ahead, right, left] = this.player === 0 ? [0, 1, 7] : [4, 3, 5];
    const way = rays[from]![ahead]!;
    const row = Math.floor(from / columns);
    const atHome = full && row === (this.player === 0 ? rows - 2 : 1);
    for (let i = 0; i < (atHome ? 2 : 1) && this.board[way[i]!] === 0; i++)
      this.#addPawnMove(from, way[i]!, moves);
    for (const side of [right, left]) {
      const to = rays[from]![side]![0];
      if (to === undefined) continue;
      if (this.board[to]! * sign < 0 || to === this.passed) this.#addPawnMove(from, to, moves);
    }
  }

  #addPawnMove(from: number, to: number, moves: number[]): void {
    const { columns, rows } = this.#rules;
    const row = Math.floor(to / columns);
    if (row > 0 && row < rows - 1) {
      this.#add(from, to, moves);
      return;
    }
    for (let promotion = knight; promotion <= queen; promotion++)
      moves.push(moveNumber(this.#rules, { from, to, promotion }));
  }

  #add(from: number, to: number, moves: number[]): void {
    moves.push(from * this.#rules.cells + to);
  }

  #addCastling(moves: number[]): void {
    const other = this.player === 0 ? 1 : 0;
    const from = this.#kings[this.player];
    const free = (...cells: number[]) => cells.every((cell) => this.board[cell] === 0);
    const rights = this.castling >> (this.player === 0 ? 0 : 2);
    if ((rights & 3) === 0 || this.#attacked(from, other)) return;
    if (rights & 1 && free(from + 1, from + 2) && !this.#attacked(from + 1, other))
      this.#add(from, from + 2, moves);
    if (rights & 2 && free(from - 1, from - 2, from - 3) && !this.#attacked(from - 1, other))
      this.#add(from, from - 2, moves);
  }

  /** Whether a piece of player `by` could take on `cell`. */
  #attacked(cell: number, by: Player): boolean {
    const { rays, jumps } = this.#rules;
    const sign = by === 0 ? 1 : -1;
    for (const from of jumps[cell]!) if (this.board[from] === knight * sign) return true;
    for (let direction = 0; direction < 8; direction++) {
      const ray = rays[cell]![direction]!;
      for (let i = 0; i < ray.length; i++) {
        const kind = this.board[ray[i]!]! * sign;
        if (kind === 0) continue;
        if (kind === queen || kind === (direction % 2 === 1 ? bishop : rook)) return true;
        if (i === 0 && kind === king) return true;
        // A pawn takes forward: it stands below the cell if it moves up.
        const below = direction === 3 || direction === 5;
        const above = direction === 1 || direction === 7;
        if (i === 0 && kind === pawn && (by === 0 ? below : above)) return true;
        break;
      }
    }
    return false;
  }

  play(move: number): void {
    this.#make(move);
    this.#forgetIdlePassing();
    this.#keys.push(this.key());
  }

  undo(): void {
    this.#keys.pop();
    this.#unmake();
  }

  /** A pawn that nobody may take in passing has passed nothing: positions that allow the same moves are the same. */
  #forgetIdlePassing(): void {
    const { passed } = this;
    if (passed < 0) return;
    const sign = this.player === 0 ? 1 : -1;
    const taken = this.#legalMoves().some((move) => {
      const { from, to } = readMove(this.#rules, move);
      return to === passed && this.board[from] === pawn * sign;
    });
    if (!taken) this.passed = -1;
  }

  #make(move: number): void {
    const { columns, full } = this.#rules;
    const { from, to, promotion } = readMove(this.#rules, move);
    const sign = this.player === 0 ? 1 : -1;
    const piece = this.board[from]!;
    const kind = Math.abs(piece);
    const passing = kind === pawn && to === this.passed;
    const captured = passing ? -piece : this.board[to]!;
    const { castling, passed, quiet } = this;
    this.#done.push({ move, piece, captured, castling, passed, quiet });
    if (passing) this.#put(to + sign * columns, 0);
    this.#put(from, 0);
    this.#put(to, promotion === 0 ? piece : promotion * sign);
    if (kind === king && Math.abs(to - from) === 2) this.#moveRook(from, to, 1);
    if (castling !== 0) this.castling &= this.#rightsAfter(from) & this.#rightsAfter(to);
    const twoSteps = full && kind === pawn && Math.abs(to - from) === 2 * columns;
    this.passed = twoSteps ? (from + to) / 2 : -1;
    this.quiet = kind === pawn || captured !== 0 ? 0 : quiet + 1;
    this.#turn(1);
  }

  #unmake(): void {
    const { move, piece, captured, castling, passed, quiet } = this.#done.pop()!;
    const { from, to } = readMove(this.#rules, move);
    this.#turn(-1);
    const sign = this.player === 0 ? 1 : -1;
    const kind = Math.abs(piece);
    const passing = kind === pawn && to === passed;
    this.#put(to, passing ? 0 : captured);
    this.#put(from, piece);
    if (passing) this.#put(to + sign * this.#rules.columns, captured);
    if (kind === king && Math.abs(to - from) === 2) this.#moveRook(from, to, -1);
    this.castling = castling;
    this.passed = passed;
    this.quiet = quiet;
  }

  /** Moves the rook of a castling there, or back. */
  #moveRook(from: number, to: number, way: 1 | -1): void {
    const corner = to > from ? from + 3 : from - 4;
    const beside = (from + to) / 2;
    const piece = this.board[way === 1 ? corner : beside]!;
    this.#put(way === 1 ? corner : beside, 0);
    this.#put(way === 1 ? beside : corner, piece);
  }

  /** Rights that a move from or to a cell leaves: a king or rook that moved, or a rook that was taken, has none. */
  #rightsAfter(cell: number): number {
    const { cells, columns } = this.#rules;
    if (cell === cells - 1) return ~1;
    if (cell === cells - columns) return ~2;
    if (cell === cells - columns + 4) return ~3;
    if (cell === columns - 1) return ~4;
    if (cell === 0) return ~8;
    return cell === 4 ? ~12 : ~0;
  }

  #turn(plies: number): void {
    this.player = this.player === 0 ? 1 : 0;
    this.ply += plies;
    this.#legal = undefined;
  }

  #put(cell: number, piece: number): void {
    this.board[cell] = piece;
    if (piece === king) this.#kings[0] = cell;
    else if (piece === -king) this.#kings[1] = cell;
  }

  /** Board, turn, rights to castle, and a pawn that may be taken in passing. */
  key(): string {
    return fen(this.#rules, this);
  }

  canonicalKey(): string {
    return this.key();
  }

  encode(out: Float32Array, offset: number): void {
    const { cells, full } = this.#rules;
    const planes = planeNames(full).length;
    out.fill(0, offset, offset + planes * cells);
    const own = this.player === 0 ? 1 : -1;
    for (let cell = 0; cell < cells; cell++) {
      const piece = this.board[cell]! * own;
      if (piece !== 0) out[offset + (piece > 0 ? piece - 1 : king - piece - 1) * cells + cell] = 1;
    }
    let next = offset + 2 * king * cells;
    const whole = (value: number) => {
      out.fill(value, next, next + cells);
      next += cells;
    };
    whole(this.player);
    whole(this.quiet / quietMoves);
    if (!full) return;
    for (const shift of this.player === 0 ? [0, 1, 2, 3] : [2, 3, 0, 1])
      whole((this.castling >> shift) & 1);
    if (this.passed >= 0) out[next + this.passed] = 1;
  }

  playout(random: Random): Playout {
    return randomPlayout(this, random, longestPlayout);
  }

  copy(): this {
    const copy = new ChessPosition(this.#rules, this);
    copy.#keys.unshift(...this.#keys.slice(0, -1));
    return copy as this;
  }

  text(): string {
    return `${this.key()} ${this.quiet} ${Math.floor(this.ply / 2) + 1}`;
  }
}

/** What `encode` writes, plane by plane. */
export const planeNames = (full: boolean): readonly string[] => [
  ...["own", "other's"].flatMap((whose) =>
    ["pawn", "knight", "bishop", "rook", "queen", "king"].map((name) => `${whose} ${name}`),
  ),
  "1 if player 1 is to move",
  "moves without capture or pawn's move, in hundreds",
  ...(full
    ? [
        ...["own", "other's"].flatMap((whose) =>
          ["king", "queen"].map((side) => `${whose} right to castle on the ${side}'s side`),
        ),
        "square passed by a pawn that may be taken",
      ]
    : []),
];
