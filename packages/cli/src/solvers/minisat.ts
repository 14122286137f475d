/** The package's own SAT solver in a thread, which is ended when the question is withdrawn. */
import { Worker } from "node:worker_threads";
import { WorkError } from "@mesascope/lab/core";
import type { Model, SatSolver, SolveOptions } from "@mesascope/lab/optimizers";

export interface Question {
  readonly variables: number;
  readonly literals: Int32Array;
  readonly all: SolveOptions["all"];
}

export type Answer = { readonly models: readonly Model[] } | { readonly failure: string };

/** A solver that holds a thread until it is closed. */
export interface ThreadedSolver extends SatSolver {
  close(): Promise<void>;
}

const entry = new URL("./minisat-worker.ts", import.meta.url);
const loader = new URL("../../bin/register.js", import.meta.url).href;

/** MiniSat in a thread of its own; one question at a time. */
export function threadedMiniSat(): ThreadedSolver {
  let worker: Worker | undefined;
  const end = async () => {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  return {
    name: "minisat",
    async solve({ variables, literals }, { signal, all } = {}) {
      signal?.throwIfAborted();
      worker ??= new Worker(entry, { execArgv: ["--import", loader] });
      const asked = worker;
      const question: Question = { variables, literals: Int32Array.from(literals), all };
      const answer = await new Promise<Answer>((resolve, reject) => {
        const settle = (answer: Answer) => {
          signal?.removeEventListener("abort", stop);
          asked.off("message", settle).off("error", fail).off("exit", vanish);
          resolve(answer);
        };
        const fail = (error: Error) => settle({ failure: error.message });
        const vanish = () => settle({ failure: "the thread of the SAT solver ended" });
        const stop = () => {
          void end();
          reject(signal!.reason);
        };
        signal?.addEventListener("abort", stop, { once: true });
        asked.on("message", settle).on("error", fail).on("exit", vanish);
        asked.postMessage(question, [question.literals.buffer as ArrayBuffer]);
      });
      if ("failure" in answer) {
        await end();
        throw new WorkError(answer.failure);
      }
      return answer.models;
    },
    close: end,
  };
}
