/** Runs in child processes. */
export type { PoolContext } from "./child-process.ts";
export { createProcessPool, type ProcessPool } from "./pool.ts";
export { type RunContext, serveRuns, type Work } from "./serve.ts";
