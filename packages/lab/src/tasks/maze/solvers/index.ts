/** Solvers of mazes, each pure and open to inspection tick by tick. */
import { createRegistry, type Registry } from "../../../core/index.ts";
import { aStar } from "./a-star.ts";
import { breadthFirst } from "./breadth-first.ts";
import { deadEndFilling } from "./dead-end-filling.ts";
import type { MazeSolver } from "./trace.ts";
import { valueIteration } from "./value-iteration.ts";
import { greedy, randomWalk, wallFollower } from "./walkers.ts";

export { cheapestPath } from "./a-star.ts";
export { distancesFrom, shortestPath } from "./breadth-first.ts";
export { bestNeighbour, costsFrom, costsTo } from "./costs.ts";
export { fillDeadEnds } from "./dead-end-filling.ts";
export {
  type MazeSolver,
  type MazeTrace,
  neighboursOf,
  pathCost,
  type Tick,
} from "./trace.ts";
export { directionTo, greedyDirection, rightHand } from "./walkers.ts";

/** Every solver, looked up by id. */
export const mazeSolvers: Registry<MazeSolver> = createRegistry("maze solver", [
  breadthFirst,
  aStar,
  valueIteration,
  deadEndFilling,
  wallFollower,
  greedy,
  randomWalk,
]);
