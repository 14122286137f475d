/** Training in phases: what experiments share that open a learner, train it, look at it, and train it again. */

export { actorCritic, banditFields, imitator, learnerFields, seedOf } from "./fields.ts";
export {
  bodyOf,
  type LearnerDescription,
  type LearnerOptions,
  type OpenLearner,
  openLearner,
  replaceParameters,
} from "./learner.ts";
export { type Pace, pacer } from "./pace.ts";
export {
  type Attempt,
  attempt,
  type Practice,
  type PracticeUntil,
  type Progress,
  practise,
  practiseUntil,
} from "./practice.ts";
export { bitsOver, meanReward, playedBy } from "./scores.ts";
