/** lab/stats: estimators, intervals, verdicts and fits; pure, and deterministic given a `Random`. */
export { type AreaUnderCurve, areaUnderCurve, areaVariance } from "./area-under-curve.ts";
export { bcaInterval, bcaMinimum } from "./bca.ts";
export { cliffsDelta } from "./cliffs-delta.ts";
export { type Confusion, confusions, macroF1, macroF1Difference } from "./f1.ts";
export { clopperPearson, meanInterval, welchInterval } from "./intervals.ts";
export { solvePositive } from "./linear-system.ts";
export { type LogisticFit, logisticValue } from "./logistic.ts";
export {
  type Design,
  type LogisticModel,
  logisticRegression,
  logOdds,
} from "./logistic-regression.ts";
export { mean, quantile, variance } from "./moments.ts";
export { type Counted, proportionDifference } from "./proportions.ts";
export { rankCorrelation } from "./rank-correlation.ts";
export {
  type DiversityPoint,
  logisticThreshold,
  type ThresholdEstimate,
  type ThresholdOptions,
} from "./threshold.ts";
export {
  holmVerdicts,
  type JudgedPrediction,
  judge,
  type PredictionSamples,
} from "./verdicts.ts";
