/**
 * Updates a second of the main workload, rollout and update together (keyed bandit, GRU 64, batch 256, 8 steps),
 * beside the same work in PyTorch where a Python with torch is found; rounds are interleaved in one run.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeTask } from "@mesascope/lab/tasks";
import { baseOptimizer } from "@mesascope/lab/training";

const rounds = 7;
const updates = 150;

/** Updates a second of one round; the learner goes on from round to round. */
async function* ours(): AsyncGenerator<number> {
  const task = makeTask("keyed-bandit", {}, { diversity: "fresh", seed: 0 });
  const optimizer = baseOptimizer({
    architecture: "gru",
    architectureParameters: { width: 64 },
    algorithm: "actor-critic",
    algorithmParameters: { batch: 256 },
    budget: { updates: 20 + (rounds + 1) * updates },
  });
  let begun = 0;
  for await (const event of optimizer.train(task, 0)) {
    const { updates: made } = event.spent;
    if (event.type !== "update" || (made - 20) % updates !== 0) continue;
    if (made > 20) yield (updates * 1000) / (performance.now() - begun);
    begun = performance.now();
  }
}

interface Peer {
  readonly version: string;
  next(): Promise<number>;
  close(): void;
}

/** The PyTorch peer, if one of the interpreters has torch. */
async function torchPeer(threads: number): Promise<Peer | undefined> {
  for (const python of [process.env["PYTHON"], "python3", "/usr/bin/python3"]) {
    if (!python) continue;
    const script = fileURLToPath(new URL("training_torch.py", import.meta.url));
    const child = spawn(python, [script, String(updates), String(rounds), String(threads)], {
      env: {
        ...process.env,
        OMP_NUM_THREADS: String(threads),
        OPENBLAS_NUM_THREADS: String(threads),
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await lines.next().catch(() => ({ done: true as const, value: undefined }));
    if (first.done) continue;
    let pending: string | undefined = first.value;
    const parse = (line: string) =>
      JSON.parse(line) as { version: string; updatesPerSecond: number };
    return {
      version: parse(first.value).version,
      async next() {
        if (pending === undefined) {
          child.stdin.write("\n");
          pending = (await lines.next()).value as string;
        }
        const { updatesPerSecond } = parse(pending);
        pending = undefined;
        return updatesPerSecond;
      },
      close: () => child.kill(),
    };
  }
  return undefined;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const spread = (values: readonly number[]): string =>
  `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;

/** Prints one table: updates a second of ours and of PyTorch, and the median of the ratios round by round. */
export async function run(): Promise<void> {
  const peer = await torchPeer(1);
  const mine: number[] = [];
  const theirs: number[] = [];
  for await (const rate of ours()) {
    mine.push(rate);
    if (mine.length === rounds) break;
    if (peer) theirs.push(await peer.next());
  }
  if (peer) theirs.push(await peer.next());
  peer?.close();
  console.log(
    "| keyed bandit, GRU 64, batch 256, 8 steps, 1 thread | updates a second, median (range) |",
  );
  console.log("|---|---|");
  console.log(`| Mesascope | ${spread(mine)} |`);
  if (!peer) {
    console.log("| PyTorch | not installed |");
    return;
  }
  console.log(`| PyTorch ${peer.version} | ${spread(theirs)} |`);
  const ratios = mine.map((rate, i) => rate / theirs[i]!);
  console.log(
    `\nMesascope is ${median(ratios).toFixed(2)} times as fast (${rounds} interleaved rounds).`,
  );
}
