/** lab/training: puts task, architecture and algorithm together and trains. */
export { baseOptimizer, checkPairing, checkSight } from "./base-optimizer.ts";
