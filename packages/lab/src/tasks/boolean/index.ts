/** Search problems as Boolean functions. */
import { argmax2, argmaxCount } from "./choice.ts";
import { lastPlies, nim } from "./game.ts";
import { maze2x2, maze2x3 } from "./maze.ts";
import type { BooleanProblem } from "./problem.ts";

export { explicitSearch } from "./explicit.ts";
export {
  type BooleanProblem,
  bestCandidate,
  outputBits,
  problemOf,
  type TabulatedProblem,
  tabulate,
} from "./problem.ts";

/** All problems, the smallest first. */
export const booleanProblems: readonly BooleanProblem[] = [
  maze2x2,
  argmax2,
  argmaxCount,
  nim,
  maze2x3,
  lastPlies,
];
