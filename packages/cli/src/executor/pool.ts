/** Executes runs in child processes, each of which takes one run after another. */
import type { ExecutionOutcome, Executor, PlannedRun } from "@mesascope/lab/studies";
import { type PoolContext, RunProcess } from "./child-process.ts";

/** An executor whose processes can be ended at once. */
export interface ProcessPool extends Executor {
  /** Kills every process, even in the middle of an update. */
  kill(): void;
}

/**
 * A pool of up to `jobs` processes, started when they are needed. A process that dies fails its run
 * alone, and the next run gets a new one.
 */
export function createProcessPool(context: PoolContext & { readonly jobs: number }): ProcessPool {
  return new Pool(context);
}

class Pool implements ProcessPool {
  readonly jobs: number;
  readonly #context: PoolContext;
  readonly #processes = new Set<RunProcess>();
  readonly #idle: RunProcess[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #closed = false;

  constructor({ jobs, ...context }: PoolContext & { readonly jobs: number }) {
    this.jobs = jobs;
    this.#context = context;
  }

  async execute(
    run: PlannedRun,
    report: (updates: number) => void,
    signal: AbortSignal,
  ): Promise<ExecutionOutcome> {
    while (this.#busy >= this.jobs)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (signal.aborted || this.#closed) {
      this.#waiting.shift()?.();
      return { status: "stopped", updates: 0 };
    }
    this.#busy++;
    const process = this.#take();
    const outcome = await process.perform(run, report, signal);
    this.#busy--;
    if (process.alive && !this.#closed) this.#idle.push(process);
    this.#waiting.shift()?.();
    return outcome;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#processes].map((process) => process.join()));
  }

  kill(): void {
    for (const process of this.#processes) process.kill();
  }

  #take(): RunProcess {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) if (idle.alive) return idle;
    const process = new RunProcess(this.#context);
    this.#processes.add(process);
    process.ended.then(() => this.#processes.delete(process));
    return process;
  }
}
