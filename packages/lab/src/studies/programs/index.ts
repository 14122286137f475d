/** Experiments on exact program search: rows that a study can turn into figures and verdicts. */
export {
  type CompressionMazeOptions,
  type CompressionRow,
  type Crossing,
  compressionMaze,
  literalPath,
} from "./compression-maze.ts";
export { type SearchEvidence, searchEvidence } from "./evidence.ts";
export { type MazeParameters, sampleMaze, sampleMazes } from "./mazes.ts";
export { neededFraction, partialPrograms } from "./partial.ts";
export {
  pathMonotonicity,
  type Reachability,
  type ReachabilityOptions,
  type ReachabilityRow,
  reachability,
} from "./reachability.ts";
export {
  foilingMazes,
  foilsWallFollowing,
  type JudgedProgram,
  type PricedProgram,
  type ShortestProgramOptions,
  type ShortestProgramRow,
  shortestProgram,
} from "./shortest-program.ts";
