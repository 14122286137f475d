/** lab/objectives: what a subject optimizes for, as hypotheses with evidence. */
export {
  type AlignmentClass,
  type AlignmentEvidence,
  alignmentClass,
  type ClassOptions,
} from "./classes.ts";
export { type RecoveredObjective, type RecoveryOptions, recoverObjective } from "./recovery.ts";
export {
  conflicts,
  type Mark,
  type MarkedMaze,
  metCounts,
  usualPlace,
  type Walk,
  walksOf,
} from "./walks.ts";
