/** lab/training: puts task, architecture and algorithm together and trains. */
export { baseOptimizer, checkPairing, parseParameters } from "./base-optimizer.ts";
