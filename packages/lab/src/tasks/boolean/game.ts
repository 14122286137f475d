/** Best replies in the last plies of small games, by minimax. */
import type { BooleanProblem } from "./problem.ts";

/** A position: a leaf whose value is an input, or the moves of whoever is to move. */
type Position = number | readonly Position[];

/** Won (1) or lost (0) for the first player; `own` when he is to move. */
function minimax(position: Position, own: boolean, leaves: readonly number[]): number {
  if (typeof position === "number") return leaves[position]!;
  const values = position.map((next) => minimax(next, !own, leaves));
  return own ? Math.max(...values) : Math.min(...values);
}

/** Three plies: a move, a reply, and where there is one a last move. */
const moves: readonly Position[] = [
  [[0, 1], 2],
  [3, [4, 5]],
];

/** Six leaves that are won or lost. */
export const lastPlies: BooleanProblem = {
  id: "game-tree",
  title: "best move three plies before the end",
  description:
    "Six ends of a game are won or lost; each move allows the opponent two replies, one of which leaves a last move, and the first move that wins is chosen.",
  inputs: ["end 1", "end 2", "end 3", "end 4", "end 5", "end 6"],
  candidates: ["left", "right"],
  scoreBits: ["wins"],
  score: (bits, candidate) => [minimax(moves[candidate]!, false, bits)],
};

/** Whether who is to move in Nim wins: some move leaves a position that does not. */
function winsNim(heaps: readonly number[]): boolean {
  return heaps.some((_, heap) => winsBy(heaps, heap));
}

/** Whether a move in this heap wins. */
function winsBy(heaps: readonly number[], heap: number): boolean {
  for (let left = 0; left < heaps[heap]!; left++) if (!winsNim(heaps.with(heap, left))) return true;
  return false;
}

/** Nim with a heap of up to three and two of up to one. */
export const nim: BooleanProblem = {
  id: "nim-3-1-1",
  title: "heap to take from in a small game of Nim",
  description:
    "Heaps of up to three, one and one counters, and who takes the last one wins; the first heap from which a winning move can be made is chosen, the first of all if there is none.",
  inputs: ["a low", "a high", "b", "c"],
  candidates: ["a", "b", "c"],
  scoreBits: ["wins"],
  score: ([low, high, b, c], heap) => [winsBy([2 * high! + low!, b!, c!], heap) ? 1 : 0],
};
