/** lab/tasks: families of tasks, what is drawn from them, and the loop that plays them. */

export { ballsAndUrns, type UrnInstance } from "./balls-and-urns/index.ts";
export * from "./boolean/index.ts";
export {
  type ConformanceCheck,
  supervisedConformance,
  taskConformance,
} from "./conformance/index.ts";
export {
  type DistributionOptions,
  finiteSource,
  makeEpisodicTask,
  makeSupervisedTask,
  makeTask,
} from "./distribution.ts";
export { type PlayOptions, playEpisodes, type RecordedStep } from "./episodes.ts";
export { drawExamples, emptyExamples } from "./examples.ts";
export { taskFamilies } from "./families.ts";
export * from "./foraging/index.ts";
export * from "./games/index.ts";
export { inContextRegression, type RegressionInstance } from "./in-context-regression/index.ts";
export {
  type BanditInstance,
  type BanditParameters,
  type BanditState,
  keyedBandit,
  negatedRules,
  partlyShown,
  type Surprise,
  surprisingRules,
} from "./keyed-bandit/index.ts";
export { type KeyedRegressionInstance, keyedRegression } from "./keyed-regression/index.ts";
export { descentRate } from "./linear/index.ts";
export * from "./maze/index.ts";
export { countable, type Part, partOf } from "./partition.ts";
export {
  type PredictorOptions,
  predictorOf,
  predictorSubject,
  referenceOutputs,
} from "./predictors.ts";
export { collectRollout } from "./rollout.ts";
export { solverPolicy, solverSubject, subjectOf } from "./subjects.ts";
