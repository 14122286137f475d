/** Other libraries that do the same work, each in a process of its own. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Milliseconds for one update, of the clock on the wall and of the processor. */
export interface Times {
  readonly wall: number;
  readonly cpu: number;
}

export interface Peer {
  readonly version: string;
  /** The time of one of `updates` updates (none warms up); undefined for a workload that it does not have. */
  time(workload: string, updates: number): Promise<Times | undefined>;
  stop(): void;
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** PyTorch if a python3 can import it: `$PYTHON`, Debian's, or the first on the path. */
export async function startTorch(threads: number): Promise<Peer | undefined> {
  const { PYTHON } = process.env;
  for (const python of [PYTHON, "/usr/bin/python3", "python3"]) {
    const started =
      python === undefined ? undefined : await start(python, [script("torch_peer.py")], threads);
    if (started !== undefined) return started;
  }
  return undefined;
}

/** Where the JavaScript peers are installed, apart from the workspace: `$MESASCOPE_PEERS` or a cache folder. */
export const peersFolder = (): string =>
  process.env.MESASCOPE_PEERS ?? join(homedir(), ".cache", "mesascope", "bench-peers");

const packages = {
  "@tensorflow/tfjs": "4.22.0",
  "@tensorflow/tfjs-backend-wasm": "4.22.0",
  "@jax-js/jax": "0.1.25",
};

/** Installs the JavaScript peers into their folder with npm. */
export function installPeers(): void {
  const folder = peersFolder();
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, type: "module", dependencies: packages };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
}

/** TensorFlow.js or jax-js on WebAssembly, if it is installed in {@link peersFolder}. */
export async function startJavaScript(name: "tfjs" | "jax"): Promise<Peer | undefined> {
  const wanted = name === "tfjs" ? "@tensorflow/tfjs-backend-wasm" : "@jax-js/jax";
  if (!existsSync(join(peersFolder(), "node_modules", wanted, "package.json"))) return undefined;
  return start(process.execPath, [script(`${name}_peer.mjs`), peersFolder()], 1);
}

async function start(command: string, args: string[], threads: number): Promise<Peer | undefined> {
  const child: ChildProcessWithoutNullStreams = spawn(command, args, {
    env: {
      ...process.env,
      OMP_WAIT_POLICY: "PASSIVE",
      // OpenBLAS does not ask PyTorch how many threads to use.
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
    },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string | undefined> => {
    const line = await lines.next();
    return line.done ? undefined : line.value;
  };
  child.stderr.resume();
  // A command that is not there is reported as the end of its output.
  child.on("error", () => child.stdout.destroy());
  const version = await next();
  if (version === undefined) return undefined;
  child.on("exit", (code) => {
    if (code !== 0)
      console.error(`${args[0]} stopped with code ${code}; its column is incomplete.`);
  });
  return {
    version,
    async time(workload, updates) {
      child.stdin.write(`${workload} ${updates} ${threads}\n`);
      const answer = await next();
      if (answer === undefined || answer === "-") return undefined;
      const [wall, cpu] = answer.split(" ").map(Number) as [number, number];
      return { wall, cpu };
    },
    stop: () => child.stdin.end(),
  };
}
