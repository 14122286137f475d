/** PyTorch in a process of its own, where Debian's or another python3 has it. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Torch {
  readonly version: string;
  /** Milliseconds for each of `updates` updates; zero updates warm up. */
  time(workload: string, updates: number, threads: number): Promise<number>;
  stop(): void;
}

/** PyTorch if a python3 can import it: `$PYTHON`, Debian's, or the first on the path. */
export async function startTorch(): Promise<Torch | undefined> {
  const { PYTHON } = process.env;
  for (const python of [PYTHON, "/usr/bin/python3", "python3"]) {
    const started = python === undefined ? undefined : await tryTorch(python);
    if (started !== undefined) return started;
  }
  return undefined;
}

async function tryTorch(python: string): Promise<Torch | undefined> {
  const script = fileURLToPath(new URL("torch_peer.py", import.meta.url));
  const child: ChildProcessWithoutNullStreams = spawn(python, [script], {
    env: { ...process.env, OMP_WAIT_POLICY: "PASSIVE" },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string | undefined> => {
    const line = await lines.next();
    return line.done ? undefined : line.value;
  };
  // A python3 that is not there is reported as the end of its output.
  child.on("error", () => child.stdout.destroy());
  const version = await next();
  if (version === undefined) return undefined;
  return {
    version,
    async time(workload, updates, threads) {
      child.stdin.write(`${workload} ${updates} ${threads}\n`);
      return Number(await next());
    },
    stop: () => child.stdin.end(),
  };
}
