/** report/figures: rows in, figure out; pure, and the same in a report, a page and a test. */
export {
  bitsByDiversity,
  decompositions,
  stack,
  stackedArms,
  thresholdNote,
} from "./bits-by-diversity.ts";
export { bitsByUpdates, bitsCurve } from "./bits-by-updates.ts";
export { circuitsFigure, circuitsFinding, drawnCircuits } from "./circuits.ts";
export type { Figure, FigureOptions } from "./compose.ts";
export { compressionFigure, compressionFinding } from "./compression.ts";
export {
  armKey,
  armValues,
  type Design,
  design,
  gaps,
  level,
  type SeedValue,
  type Summary,
  seedValues,
  summarize,
  summary,
  variesDiversityAndLearner,
} from "./data.ts";
export { declaredFigure, declaredFinding } from "./declared.ts";
export { type Disagreement, disagreements } from "./disagreement.ts";
export { runData } from "./experiment-data.ts";
export * from "./findings.ts";
export * from "./format.ts";
export { conditions, learnerName, taskName } from "./learners.ts";
export { meteredFigure } from "./metered.ts";
export { occurrencesFigure, occurrencesFinding } from "./occurrences.ts";
export { type PlanStripOptions, planStripFigure } from "./plan-strip.ts";
export { reachabilityFigure, reachabilityFinding } from "./reachability.ts";
export { rewardByDiversity } from "./reward-by-diversity.ts";
export { rewardByStep, rewardCurve } from "./reward-by-step.ts";
export { shortestProgramFigure, shortestProgramFinding } from "./shortest-program.ts";
export { strategyByDiversity } from "./strategy-by-diversity.ts";
export { passage, strategiesAlong, strategyPath } from "./strategy-path.ts";
export {
  darkPalette,
  fontFamily,
  lightPalette,
  type Palette,
  pagePalette,
  paletteVariables,
} from "./theme.ts";
export { concluded, toyModelFigure, toyModelFindings } from "./toy-model.ts";
export {
  distanceText,
  lastThreshold,
  strategyWords,
  transitionFindings,
  transitionNote,
} from "./transition.ts";
export { verdictPlot } from "./verdict-plot.ts";
