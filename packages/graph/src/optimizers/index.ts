export { type AdamOptions, type AdamWOptions, adam, adamW } from "./adam.ts";
export type { Decay, LearningRate, Optimizer } from "./optimizer.ts";
export {
  cosineSchedule,
  linearSchedule,
  type Schedule,
  stepSchedule,
  warmup,
} from "./schedules.ts";
export { type RmsPropOptions, rmsProp, type SgdOptions, sgd } from "./sgd.ts";
