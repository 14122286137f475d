/** lab/training: puts task, architecture and algorithm together and trains. */
export {
  baseOptimizer,
  checkPairing,
  checkSight,
  interfaceOf,
  teacherOf,
} from "./base-optimizer.ts";
export { updater } from "./train-loop.ts";
