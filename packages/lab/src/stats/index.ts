/** lab/stats: estimators, intervals, verdicts and fits; pure, and deterministic given a `Random`. */
export { bcaInterval, bcaMinimum } from "./bca.ts";
export { cliffsDelta } from "./cliffs-delta.ts";
export { clopperPearson, meanInterval, welchInterval } from "./intervals.ts";
export { type LogisticFit, logisticValue } from "./logistic.ts";
export { mean, quantile, variance } from "./moments.ts";
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
