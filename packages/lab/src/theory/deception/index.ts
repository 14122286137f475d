/** The deceptive toy example of the paper's section 4, solved exactly. */

export {
  afterMove,
  type Corner,
  cornerAt,
  type EpisodeOutcome,
  episodeOutcomes,
  type GridCell,
  type GridMove,
  gridCells,
  gridMoves,
} from "./grid.ts";
export { type HiddenSolution, planningOptimum } from "./hidden.ts";
export { type DeceptionModel, policyValue, printedExample } from "./model.ts";
export { bestResponse, deceptiveFromDiscount, type ObservedSolution } from "./observed.ts";
