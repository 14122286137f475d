/** lab/tasks: families of tasks, what is drawn from them, and the loop that plays them. */
export * from "./boolean/index.ts";
export { type ConformanceCheck, taskConformance } from "./conformance/index.ts";
export { type DistributionOptions, makeTask } from "./distribution.ts";
export { type PlayOptions, playEpisodes, type RecordedStep } from "./episodes.ts";
export { taskFamilies } from "./families.ts";
export {
  type BanditInstance,
  type BanditParameters,
  type BanditState,
  keyedBandit,
} from "./keyed-bandit/index.ts";
export { type Part, partOf } from "./partition.ts";
export { collectRollout } from "./rollout.ts";
export { solverPolicy, solverSubject, subjectOf } from "./subjects.ts";
