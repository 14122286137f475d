/** The pieces of shogi: what they are called, and how they move. */

/** Kinds that can be in hand come first; a promoted kind is its plain one plus `promoted`. */
export const pawn = 1;
export const lance = 2;
export const knight = 3;
export const gold = 5;
export const king = 8;
export const promoted = 8;
/** Number of kinds that can be in hand: pawn, lance, knight, silver, gold, bishop, rook. */
export const handKinds = 7;
/** Letters of plain kinds, by kind. */
export const letters = " PLNSGBRK";

/** Directions of one step and of any number of steps, as masks of `directions`, for a player who moves up the board. */
interface Movement {
  readonly steps: number;
  readonly slides: number;
}

const mask = (...directions: number[]): number =>
  directions.reduce((bits, d) => bits | (1 << d), 0);
const straight = mask(0, 2, 4, 6);
const diagonal = mask(1, 3, 5, 7);
const golden: Movement = { steps: straight | mask(1, 7), slides: 0 };

/** By kind; a knight jumps, and so has no directions. */
export const movements: readonly Movement[] = [
  { steps: 0, slides: 0 },
  { steps: mask(0), slides: 0 },
  { steps: 0, slides: mask(0) },
  { steps: 0, slides: 0 },
  { steps: diagonal | mask(0), slides: 0 },
  golden,
  { steps: 0, slides: diagonal },
  { steps: 0, slides: straight },
  { steps: straight | diagonal, slides: 0 },
  golden,
  golden,
  golden,
  golden,
  { steps: 0, slides: 0 },
  { steps: straight, slides: diagonal },
  { steps: diagonal, slides: straight },
];

export const canPromote = (kind: number): boolean => kind < king && kind !== gold;
export const plain = (kind: number): number => (kind > king ? kind - promoted : kind);
