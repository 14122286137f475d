/** lab/training: puts task, architecture and algorithm together and trains. */
export { baseOptimizer, checkPairing } from "./base-optimizer.ts";
