/** Threads of the live pages. */
import type { Thread } from "./job.ts";

/** Starts a thread that works for a page. */
export const threadFor = (page: "bandit" | "circuits" | "maze" | "model") => (): Thread =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: page });
