/** One child process of the pool, as the parent sees it. */
import { type ChildProcess, fork } from "node:child_process";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ExecutionOutcome, PlannedRun } from "@mesascope/lab/studies";
import { type Request, replySchema } from "./protocol.ts";

/** What all runs of a pool share. */
export interface PoolContext {
  /** Module that a child runs; it calls `serveRuns`. */
  readonly entry: URL;
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Receives what children want to tell the user. */
  readonly notice: (message: string) => void;
  /** Receives what children write, where that is wanted. */
  readonly output?: (line: string) => void;
}

/** Lines of a child's output that are kept for the message about its end. */
const keptLines = 50;

/** Milliseconds for which the output of a process that has ended is still read. */
const lastWords = 500;

/** Starts TypeScript in a child wherever the command was started from. */
const loader = new URL("../../bin/register.js", import.meta.url).href;

/** A process that executes one run at a time. */
export class RunProcess {
  readonly #context: PoolContext;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  #end: string | undefined;
  #settle: ((outcome: ExecutionOutcome) => void) | undefined;
  #report: (updates: number) => void = () => {};
  #stopping = false;
  #updates = 0;

  constructor(context: PoolContext) {
    this.#context = context;
    this.#child = fork(fileURLToPath(context.entry), [], {
      execArgv: ["--import", loader],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const outputs = [this.#child.stdout, this.#child.stderr].map((stream) => this.#listen(stream));
    this.#child.on("message", (message) => this.#receive(message));
    this.ended = new Promise((resolve) => {
      const end = (how: string) => {
        this.#end ??= how;
        this.#finish(this.#afterDeath());
        resolve();
      };
      this.#child.on("error", (error) => {
        // Only a process that never came to be has no number; the end of any other is told by `exit`.
        if (this.#child.pid === undefined) end(`could not be started: ${error.message}`);
      });
      // Not `close`: Node does not emit it once the parent has let go of the channel.
      this.#child.on("exit", async (code, signal) => {
        await Promise.race([Promise.all(outputs), sleep(lastWords, undefined, { ref: false })]);
        end(signal ? `was killed by ${signal}` : `ended with exit code ${code}`);
      });
    });
  }

  /** Whether the process can take another run. */
  get alive(): boolean {
    return this.#end === undefined && this.#child.connected;
  }

  /** Executes a run; the end of the process is an outcome too. */
  perform(
    run: PlannedRun,
    report: (updates: number) => void,
    signal: AbortSignal,
  ): Promise<ExecutionOutcome> {
    return new Promise((resolve) => {
      const stop = () => this.stop();
      this.#stopping = false;
      this.#updates = 0;
      this.#report = report;
      this.#settle = (outcome) => {
        signal.removeEventListener("abort", stop);
        resolve(outcome);
      };
      if (this.#end !== undefined) return this.#finish(this.#afterDeath());
      const { data, versions } = this.#context;
      this.#send({ type: "run", run, data, versions });
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop);
    });
  }

  /** Asks the run under way to stop between updates. */
  stop(): void {
    this.#stopping = true;
    this.#send({ type: "stop" });
  }

  /** Lets the process end by itself once its run has; resolves when it has. */
  async join(): Promise<void> {
    if (this.#settle) this.stop();
    if (this.#child.connected) this.#child.disconnect();
    await this.ended;
  }

  /** Ends the process at once, whatever it does. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #send(request: Request): void {
    // A process that has just died cannot be told anything; its end is noticed on its own.
    if (this.#child.connected) this.#child.send(request, () => {});
  }

  #receive(message: unknown): void {
    const reply = replySchema.safeParse(message);
    if (!reply.success) {
      this.#finish({
        status: "failed",
        message: "its process sent a message that is not one of the protocol",
      });
      if (this.#child.connected) this.#child.disconnect();
      return;
    }
    if (reply.data.type === "ended") this.#finish(reply.data.outcome);
    else if (reply.data.type === "notice") this.#context.notice(reply.data.message);
    else {
      this.#updates = reply.data.updates;
      this.#report(this.#updates);
    }
  }

  #finish(outcome: ExecutionOutcome): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(outcome);
  }

  #afterDeath(): ExecutionOutcome {
    if (this.#stopping) return { status: "stopped", updates: this.#updates };
    const last = telling(this.#lines);
    const where = this.#updates > 0 ? ` after update ${this.#updates}` : "";
    return {
      status: "failed",
      message: `its process ${this.#end}${where}${last ? `: ${last}` : ""}`,
    };
  }

  /** Keeps the last lines of a stream; resolves at its end. */
  async #listen(stream: Readable | null): Promise<void> {
    if (!stream) return;
    let rest = "";
    stream.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#context.output?.(line);
      this.#lines.push(...lines);
      this.#lines.splice(0, this.#lines.length - keptLines);
    });
    await finished(stream).catch(() => {});
  }
}

/** The line that tells most about why a process ended: the first that names an error, or else the last. */
function telling(lines: readonly string[]): string | undefined {
  const filled = lines
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("Node.js v"));
  return filled.find((line) => /^(\w*Error|FATAL ERROR)\b/.test(line)) ?? filled.at(-1);
}
