/** Linear regression from examples in a sequence, shared by the regression families. */
export { descentRate, type LinearProblem } from "./descent-rate.ts";
export {
  descentEstimator,
  knownEstimator,
  mixtureEstimator,
  ridgeEstimator,
  zeroEstimator,
} from "./estimators.ts";
export { type LinearLayout, predictLinear, writeLinear } from "./layout.ts";
export { linearRules, sampleWeights } from "./rules.ts";
