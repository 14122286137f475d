/** Choosing the better of two scores, given or counted. */
import type { BooleanProblem } from "./problem.ts";

/** The scores are inputs: nothing has to be evaluated, only compared. */
export const argmax2: BooleanProblem = {
  id: "argmax-2bit",
  title: "better of two given scores",
  description:
    "Two scores of two bits are given; the higher is chosen, the first if they are equal.",
  inputs: ["a low", "a high", "b low", "b high"],
  candidates: ["a", "b"],
  scoreBits: ["high", "low"],
  score: (bits, candidate) => [bits[2 * candidate + 1]!, bits[2 * candidate]!],
};

/** The scores have to be counted first. */
export const argmaxCount: BooleanProblem = {
  id: "argmax-count",
  title: "better of two counted scores",
  description:
    "Two candidates have two features each, and the one with more of them is chosen, the first if they have as many.",
  inputs: ["a 1", "a 2", "b 1", "b 2"],
  candidates: ["a", "b"],
  scoreBits: ["has both", "has one"],
  score(bits, candidate) {
    const count = bits[2 * candidate]! + bits[2 * candidate + 1]!;
    return [count >> 1, count & 1];
  },
};
