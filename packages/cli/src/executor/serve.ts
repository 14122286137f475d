/**
 * The child's side of the process pool: one run at a time, until the parent lets go. The child outlives
 * Ctrl-C, which the terminal sends to it too, because only the parent knows whether work is to be stopped;
 * and when the parent is gone it keeps the state of its run and ends.
 */
import { messageOf } from "@mesascope/lab/core";
import type { ExecutionOutcome, PlannedRun } from "@mesascope/lab/studies";
import { type Reply, requestSchema } from "./protocol.ts";

/** What a run is given in a child process. */
export interface RunContext {
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Aborted when the run is to stop between updates. */
  readonly signal: AbortSignal;
  /** Tells how many updates were made. */
  readonly report: (updates: number) => void;
  /** Tells the user something. */
  readonly notice: (message: string) => void;
}

/** Executes one run; what it throws makes the run fail. */
export type Work = (run: PlannedRun, context: RunContext) => Promise<ExecutionOutcome>;

/** Milliseconds between two messages of progress: more would only cost time. */
const progressInterval = 50;

/** Milliseconds that a child without a parent may take to end by itself. */
const patience = 5000;

/** Serves the parent of this process with `work` until it disconnects. */
export function serveRuns(work: Work): void {
  let current: AbortController | undefined;
  const stop = () => current?.abort();
  const leave = () => {
    stop();
    if (!current) setTimeout(() => process.exit(0), patience).unref();
  };
  process.on("SIGINT", () => {});
  process.on("SIGHUP", () => {});
  process.on("SIGTERM", () => (current ? stop() : process.exit(0)));
  process.on("disconnect", leave);
  // When the parent is gone, so are the pipes; what cannot be said any more must not end the run.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});

  process.on("message", async (message) => {
    const request = requestSchema.safeParse(message);
    if (!request.success)
      throw new Error("the parent process sent a message that is not one of the protocol");
    if (request.data.type === "stop") return stop();
    const { run, data, versions } = request.data;
    current = new AbortController();
    const context = { data, versions, signal: current.signal, report: throttled(), notice };
    const outcome = await work(run, context).catch(failed);
    current = undefined;
    tell({ type: "ended", outcome });
    if (!process.connected) leave();
  });
}

function failed(error: unknown): ExecutionOutcome {
  if (process.env.MESASCOPE_DEBUG && error instanceof Error) console.error(error.stack);
  return { status: "failed", message: messageOf(error) };
}

function tell(reply: Reply): void {
  // The parent may go away at any moment; the disconnection is dealt with where it is noticed.
  if (process.connected) process.send?.(reply, undefined, undefined, () => {});
}

const notice = (message: string) => tell({ type: "notice", message });

function throttled(): (updates: number) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (updates) => {
    const now = performance.now();
    if (now - told < progressInterval) return;
    told = now;
    tell({ type: "progress", updates });
  };
}
