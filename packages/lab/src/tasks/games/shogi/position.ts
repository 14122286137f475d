/** Positions of shogi. Player 0 (sente, black in English books) moves up the board. */
import type { Random } from "../../../core/index.ts";
import type { Outcome, Player, Playout, Position } from "../game.ts";
import { randomPlayout } from "../random-playout.ts";
import { Zobrist } from "../zobrist.ts";
import { canPromote, handKinds, king, knight, movements, pawn, plain, promoted } from "./pieces.ts";
import {
  dropNumber,
  isStuck,
  mostInHand,
  moveNumber,
  readMove,
  rowsAhead,
  type ShogiRules,
  type ShogiSetup,
} from "./rules.ts";
import { sfen } from "./sfen.ts";

/** Moves after which a random game counts as drawn. */
const longestPlayout = 512;

/** What a move changed, to take it back. */
interface Done {
  readonly move: number;
  /** The piece that was moved, before it promoted. */
  readonly piece: number;
  readonly captured: number;
}

/** A position after its history, which decides on repetition. */
export class ShogiPosition implements Position {
  readonly #rules: ShogiRules;
  readonly board: Int8Array;
  readonly hands: readonly [Uint8Array, Uint8Array];
  readonly #kings: [number, number];
  readonly #hash: Zobrist;
  readonly #done: Done[] = [];
  /** Hash and check of every position so far, this one last. */
  readonly #hashes: number[] = [];
  readonly #checks: boolean[] = [];
  #legal: readonly number[] | undefined;
  player: Player;
  ply: number;

  constructor(rules: ShogiRules, { board, hands, player, ply }: ShogiSetup) {
    this.#rules = rules;
    this.board = board.slice();
    this.hands = [hands[0].slice(), hands[1].slice()];
    this.player = player;
    this.ply = ply;
    this.#kings = [board.indexOf(king), board.indexOf(-king)];
    this.#hash = new Zobrist(rules.bits);
    for (let cell = 0; cell < board.length; cell++)
      if (board[cell]) this.#toggleCell(cell, board[cell]!);
    for (const owner of [0, 1] as const)
      for (let kind = 1; kind <= handKinds; kind++)
        for (let i = 0; i < hands[owner][kind]!; i++) this.#toggleHand(owner, kind, i);
    if (player === 1) this.#toggleTurn();
    this.#remember();
  }

  get inCheck(): boolean {
    return this.#checks.at(-1)!;
  }

  get outcome(): Outcome | undefined {
    const repeated = this.#repetition();
    if (repeated !== undefined) return repeated;
    if (this.#legalMoves().length > 0) return undefined;
    return this.player === 0 ? -1 : 1;
  }

  moves(): readonly number[] {
    return this.#repetition() === undefined ? this.#legalMoves() : [];
  }

  /** The outcome where this position has occurred three times before: who gave check all along has lost. */
  #repetition(): Outcome | undefined {
    const hash = this.#hashes.at(-1);
    const last = this.#hashes.length - 1;
    let before = 0;
    let first = last;
    for (let i = last - 4; i >= 0 && before < 3; i -= 2)
      if (this.#hashes[i] === hash) {
        before++;
        first = i;
      }
    if (before < 3) return undefined;
    const checked = (from: number) => {
      for (let i = from; i <= last; i += 2) if (!this.#checks[i]) return false;
      return true;
    };
    if (checked(first)) return this.player === 0 ? 1 : -1;
    if (checked(first + 1)) return this.player === 0 ? -1 : 1;
    return this.#rules.repetition;
  }

  #legalMoves(): readonly number[] {
    this.#legal ??= this.#findMoves();
    return this.#legal;
  }

  #findMoves(): number[] {
    const moves = this.#candidates().filter((move) => this.#isLegal(move));
    return moves.sort((a, b) => a - b);
  }

  /** Whether a move leaves no own king in check, and is no mate by dropping a pawn. */
  #isLegal(move: number): boolean {
    const mover = this.player;
    this.#make(move);
    const safe = this.#kings[mover] < 0 || !this.#attacked(this.#kings[mover], this.player);
    const legal = safe && !(this.#dropsPawnOnKing(move) && this.#isMate());
    this.#unmake();
    return legal;
  }

  #dropsPawnOnKing(move: number): boolean {
    const made = readMove(this.#rules, move);
    if (!("drop" in made) || made.drop !== pawn) return false;
    const ahead = this.player === 1 ? -this.#rules.columns : this.#rules.columns;
    return this.#kings[this.player] === made.to + ahead;
  }

  /** Whether there is no way out of check; pawn drops do not count, since none can stop a pawn that stands next to a king. */
  #isMate(): boolean {
    return !this.#candidates().some((move) => {
      const defender = this.player;
      if ("drop" in readMove(this.#rules, move)) return false;
      this.#make(move);
      const safe = !this.#attacked(this.#kings[defender], this.player);
      this.#unmake();
      return safe;
    });
  }

  /** Moves by how pieces move, and drops; own king's safety aside. */
  #candidates(): number[] {
    const moves: number[] = [];
    const sign = this.player === 0 ? 1 : -1;
    for (let cell = 0; cell < this.#rules.cells; cell++) {
      const piece = this.board[cell]! * sign;
      if (piece > 0) this.#addMovesOf(cell, piece, moves);
    }
    for (let kind = 1; kind <= handKinds; kind++)
      if (this.hands[this.player][kind]! > 0) this.#addDropsOf(kind, moves);
    return moves;
  }

  #addMovesOf(from: number, kind: number, moves: number[]): void {
    const { rays, jumps } = this.#rules;
    const { steps, slides } = movements[kind]!;
    const sign = this.player === 0 ? 1 : -1;
    if (kind === knight)
      for (const to of jumps[this.player][from]!)
        if (this.board[to]! * sign <= 0) this.#addMove(from, to, kind, moves);
    for (let direction = 0; direction < 8; direction++) {
      const slide = (slides >> direction) & 1;
      if (!slide && !((steps >> direction) & 1)) continue;
      const ray = rays[from]![this.player === 0 ? direction : (direction + 4) & 7]!;
      const length = slide ? ray.length : Math.min(1, ray.length);
      for (let i = 0; i < length; i++) {
        const to = ray[i]!;
        if (this.board[to]! * sign > 0) break;
        this.#addMove(from, to, kind, moves);
        if (this.board[to] !== 0) break;
      }
    }
  }

  #addMove(from: number, to: number, kind: number, moves: number[]): void {
    const rules = this.#rules;
    const { zone } = rules;
    if (!isStuck(rules, kind, to, this.player)) moves.push(moveNumber(rules, from, to, false));
    const near = (cell: number) => rowsAhead(rules, cell, this.player) < zone;
    if (canPromote(kind) && (near(from) || near(to))) moves.push(moveNumber(rules, from, to, true));
  }

  #addDropsOf(kind: number, moves: number[]): void {
    const { cells, columns } = this.#rules;
    const own = this.player === 0 ? kind : -kind;
    for (let column = 0; column < columns; column++) {
      if (kind === pawn && this.#columnHolds(column, own)) continue;
      for (let cell = column; cell < cells; cell += columns)
        if (this.board[cell] === 0 && !isStuck(this.#rules, kind, cell, this.player))
          moves.push(dropNumber(this.#rules, kind, cell));
    }
  }

  #columnHolds(column: number, piece: number): boolean {
    for (let cell = column; cell < this.#rules.cells; cell += this.#rules.columns)
      if (this.board[cell] === piece) return true;
    return false;
  }

  /** Whether a piece of player `by` could take on `cell`. */
  #attacked(cell: number, by: Player): boolean {
    const { rays, jumps } = this.#rules;
    const sign = by === 0 ? 1 : -1;
    for (let direction = 0; direction < 8; direction++) {
      // As the attacker sees it, the way to the cell.
      const way = 1 << (by === 0 ? (direction + 4) & 7 : direction);
      const ray = rays[cell]![direction]!;
      for (let i = 0; i < ray.length; i++) {
        const piece = this.board[ray[i]!]! * sign;
        if (piece === 0) continue;
        if (piece > 0) {
          const { steps, slides } = movements[piece]!;
          if (slides & way || (i === 0 && steps & way)) return true;
        }
        break;
      }
    }
    const from = jumps[by === 0 ? 1 : 0][cell]!;
    return from.some((place) => this.board[place] === knight * sign);
  }

  play(move: number): void {
    this.#make(move);
    this.#remember();
  }

  undo(): void {
    this.#hashes.pop();
    this.#checks.pop();
    this.#unmake();
  }

  #remember(): void {
    const own = this.#kings[this.player];
    this.#hashes.push(this.#hash.value);
    this.#checks.push(own >= 0 && this.#attacked(own, this.player === 0 ? 1 : 0));
  }

  #make(move: number): void {
    const made = readMove(this.#rules, move);
    const sign = this.player === 0 ? 1 : -1;
    if ("drop" in made) {
      this.#take(made.drop);
      this.#put(made.to, made.drop * sign);
      this.#done.push({ move, piece: 0, captured: 0 });
    } else {
      const piece = this.board[made.from]!;
      const captured = this.board[made.to]!;
      this.#put(made.from, 0);
      this.#put(made.to, made.promote ? piece + promoted * sign : piece);
      if (captured !== 0) this.#give(plain(Math.abs(captured)));
      this.#done.push({ move, piece, captured });
    }
    this.#turn(1);
  }

  #unmake(): void {
    const { move, piece, captured } = this.#done.pop()!;
    this.#turn(-1);
    const made = readMove(this.#rules, move);
    if ("drop" in made) {
      this.#put(made.to, 0);
      this.#give(made.drop);
      return;
    }
    if (captured !== 0) this.#take(plain(Math.abs(captured)));
    this.#put(made.to, captured);
    this.#put(made.from, piece);
  }

  #turn(plies: number): void {
    this.player = this.player === 0 ? 1 : 0;
    this.ply += plies;
    this.#legal = undefined;
    this.#toggleTurn();
  }

  #put(cell: number, piece: number): void {
    const before = this.board[cell]!;
    if (before !== 0) this.#toggleCell(cell, before);
    this.board[cell] = piece;
    if (piece !== 0) this.#toggleCell(cell, piece);
    if (piece === king) this.#kings[0] = cell;
    else if (piece === -king) this.#kings[1] = cell;
  }

  /** A piece more in the hand of whoever is to move. */
  #give(kind: number): void {
    this.#toggleHand(this.player, kind, this.hands[this.player][kind]!++);
  }

  #take(kind: number): void {
    this.#toggleHand(this.player, kind, --this.hands[this.player][kind]!);
  }

  #toggleCell(cell: number, piece: number): void {
    this.#hash.toggle(cell * 32 + piece + 16);
  }

  /** That a player has more than `count` of a kind in hand. */
  #toggleHand(player: Player, kind: number, count: number): void {
    const hand = player * (handKinds + 1) + kind;
    this.#hash.toggle(this.#rules.cells * 32 + hand * mostInHand + count);
  }

  #toggleTurn(): void {
    this.#hash.toggle(this.#rules.cells * 32 + 2 * (handKinds + 1) * mostInHand);
  }

  key(): string {
    return sfen(this.#rules, this);
  }

  canonicalKey(): string {
    return this.key();
  }

  encode(out: Float32Array, offset: number): void {
    const { cells, kinds } = this.#rules;
    const inHand = kinds.filter((kind) => kind <= handKinds);
    const count = 2 * (kinds.length + inHand.length) + 1;
    out.fill(0, offset, offset + count * cells);
    const players: readonly Player[] = this.player === 0 ? [0, 1] : [1, 0];
    players.forEach((owner, side) => {
      const sign = owner === 0 ? 1 : -1;
      for (let cell = 0; cell < cells; cell++) {
        const plane = kinds.indexOf(this.board[cell]! * sign);
        if (plane >= 0) out[offset + (side * kinds.length + plane) * cells + cell] = 1;
      }
      inHand.forEach((kind, i) => {
        const plane = 2 * kinds.length + side * inHand.length + i;
        const from = offset + plane * cells;
        out.fill(this.hands[owner][kind]!, from, from + cells);
      });
    });
    const last = offset + (count - 1) * cells;
    out.fill(this.player, last, last + cells);
  }

  playout(random: Random): Playout {
    return randomPlayout(this, random, longestPlayout);
  }

  copy(): this {
    const copy = new ShogiPosition(this.#rules, this);
    copy.#hashes.unshift(...this.#hashes.slice(0, -1));
    copy.#checks.unshift(...this.#checks.slice(0, -1));
    return copy as this;
  }

  text(): string {
    return `${sfen(this.#rules, this)} ${this.ply + 1}`;
  }
}
