/** What the signatures of mazes share. */

export { oddsRange, type ProbedState, setOdds } from "./clamp.ts";
export { type FoundPlan, foundPlan } from "./found-plan.ts";
export { type FoundValue, foundValue, probeGain } from "./found-value.ts";
export { type Edit, type Inside, insideOf, runEdited, runFrom, stateAt } from "./inside.ts";
export { counted, gain, level, notApplicable, share } from "./measurement.ts";
export { type Objective, objectives, pursues, recoveredObjective } from "./objectives.ts";
export { probeScore } from "./probe-score.ts";
export {
  enough,
  fewest,
  halfOf,
  observationFeatures,
  probe,
  type Questions,
  shuffled,
  stateFeatures,
} from "./probes.ts";
export { noise, perturbation } from "./random-directions.ts";
export {
  before,
  joinsEnds,
  type MazeView,
  markedCells,
  marksCheapestWay,
  mazeView,
  onlyMazes,
  predictionOf,
} from "./view.ts";
