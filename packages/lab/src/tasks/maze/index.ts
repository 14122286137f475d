/** Mazes: instances, generators, solvers, and the forms in which they are a task. */
export { type DrawOptions, drawMaze } from "./draw.ts";
export { countPerfectMazes, log2PerfectMazes } from "./kirchhoff.ts";
export { checkedMaze, costOf, type Maze } from "./maze.ts";
export { type MazeParameters, mazeFields, mazeParameters } from "./parameters.ts";
export {
  countCheapestPaths,
  type PathExample,
  pathBits,
  pathChance,
  pathExample,
  pathPlanes,
  wholeMazeAccuracy,
} from "./path.ts";
export { mazePath } from "./path-family.ts";
export { mazeFromPicture } from "./picture.ts";
export { type PixelSize, passable, pixelOfCell, pixelOfWall, pixelSize } from "./pixels.ts";
export { sampleMaze } from "./sample.ts";
export {
  costsFrom,
  costsTo,
  directionTo,
  distancesFrom,
  fillDeadEnds,
  greedyDirection,
  type MazeSolver,
  type MazeTrace,
  mazeSolvers,
  neighboursOf,
  pathCost,
  rightHand,
  shortestPath,
  type Tick,
} from "./solvers/index.ts";
export { countMazes, enumerateMazes, mazeIdentity } from "./space.ts";
export { symmetryCount, transformedMaze } from "./symmetry.ts";
export {
  bestReward,
  mazeWalk,
  stepFrom,
  type WalkParameters,
  type WalkPlanes,
  type WalkState,
  walkPlanes,
} from "./walk/index.ts";
export { mazeFromWords, mazeWords } from "./words.ts";
