/** The contract of a game: two players, turns, no chance, nothing hidden. */
import type { PictureSize, Random } from "../../core/index.ts";

/** 0 moves first. */
export type Player = 0 | 1;

/** What a game that is over was worth to player 0: won, drawn or lost. */
export type Outcome = 1 | 0 | -1;

/** Equal for two positions of a game exactly if they are the same to the rules, history aside. */
export type PositionKey = number | string;

/** Columns and rows of the board. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/**
 * A position that is played forward and taken back in place, for speed; `copy` gives one that is independent. Moves
 * are whole numbers from 0 to the game's `moves` - 1 that mean the same in every position.
 */
export interface Position {
  /** Whose turn it is, also when the game is over. */
  readonly player: Player;
  /** Moves made since the game began, as far as the position tells. */
  readonly ply: number;
  /** Undefined while the game goes on. */
  readonly outcome: Outcome | undefined;
  /** Legal moves, ascending; none once the game is over. */
  moves(): readonly number[];
  /** Makes a legal move; whether it is legal is not checked. */
  play(move: number): void;
  /** Takes back the last move that was played on this object. */
  undo(): void;
  key(): PositionKey;
  /** The least key among the position's images under the symmetries of the game. */
  canonicalKey(): PositionKey;
  /**
   * Writes the planes of the game, row by row from the top, as the player to move sees them: own pieces before the
   * other's. What the planes mean is said by the game.
   */
  encode(out: Float32Array, offset: number): void;
  /** Plays random moves to the end, on the side: the position stays as it is. Uniform, but for what a game says. */
  playout(random: Random): Playout;
  copy(): this;
  /** The position in the game's notation, as `start` reads it. */
  text(): string;
}

/** The end of a game that was played on at random. */
export interface Playout {
  readonly outcome: Outcome;
  /** Moves until then. */
  readonly plies: number;
}

/** A symmetry of the rules: the image of cell `i` of the board is `cells[i]`, that of move `m` is `moves[m]`. */
export interface Symmetry {
  readonly cells: readonly number[];
  readonly moves: readonly number[];
}

/** The rules of a game on a board of one size. */
export interface Game<P extends Position = Position> {
  readonly id: string;
  readonly title: string;
  readonly size: Size;
  /** Number of moves that are told apart: the size of a policy. */
  readonly moves: number;
  /** Size of what `encode` writes. */
  readonly planes: PictureSize;
  /** What each plane holds, in order. */
  readonly planeNames: readonly string[];
  /** Symmetries of the rules, the identity first. */
  readonly symmetries: readonly Symmetry[];
  /** A bound on keys, where they are whole numbers from 0: what a table of all positions needs. */
  readonly keys?: number;
  /** The most moves that a game can have, where the rules end every game. */
  readonly longest?: number;
  /**
   * The position at the start, or the one that `text` describes.
   * @throws InputError for a text that describes no position of this game.
   */
  start(text?: string): P;
  /** A move in the game's notation. */
  moveName(move: number): string;
  /** The move of that name, whether legal or not; undefined if there is none. */
  moveNamed(name: string): number | undefined;
}

/** What the game is worth to the player to move, who is not always player 0. */
export const forMover = (outcome: Outcome, player: Player): number =>
  player === 0 ? outcome : 0 - outcome;
