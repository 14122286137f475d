/** `npm run bench -- engine`: our updates beside other libraries', interleaved in one run. */
import { cpus } from "node:os";
import { engineInfo } from "@mesascope/graph";
import {
  installPeers,
  type Peer,
  peersFolder,
  startJavaScript,
  startTorch,
  type Times,
} from "./peer.ts";
import { ours, type Workload, workloads } from "./workloads.ts";

interface Peers {
  readonly torch: Peer | undefined;
  readonly tfjs: Peer | undefined;
  readonly jax: Peer | undefined;
}

/** Milliseconds for one update, one for each round. */
interface Row {
  readonly workload: Workload;
  readonly native: number[];
  readonly wasm: number[];
  readonly peers: Record<keyof Peers, number[]>;
}

/**
 * Prints a table of milliseconds for one update: median over rounds, spread from the 10th to the 90th percentile, and
 * the median of the rounds' ratios, which the machine's other work disturbs least.
 * @param args `--rounds=7`, `--threads=1`, `--only=mlp,gru32` (all workloads), `--no-wasm`, `--install-peers`,
 * `--cpu-time` (processor time of the process instead of the clock's, for a machine that is busy; with one thread).
 */
export async function run(args: string[]): Promise<void> {
  const option = (name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const rounds = Number(option("rounds") ?? 7);
  const threads = Number(option("threads") ?? 1);
  const only = option("only")?.split(",");
  const chosen = workloads.filter(({ id }) => only?.includes(id) ?? true);
  if (args.includes("--install-peers")) installPeers();
  const clock = args.includes("--cpu-time") ? "cpu" : "wall";
  const withWasm = !args.includes("--no-wasm");
  const peers: Peers = {
    torch: await startTorch(threads),
    tfjs: withWasm ? await startJavaScript("tfjs") : undefined,
    jax: withWasm ? await startJavaScript("jax") : undefined,
  };
  const { name, version } = await engineInfo();
  const cpu = cpus()[0]?.model.trim();
  const kind = clock === "cpu" ? "processor time" : "time of the clock";
  console.log(`${name} ${version}, ${threads} thread(s), ${cpu}, ${rounds} rounds, ${kind}`);
  console.log(`PyTorch: ${peers.torch?.version ?? "no python3 has it"}`);
  const missing = `not in ${peersFolder()} (--install-peers puts it there)`;
  if (withWasm) {
    console.log(`tfjs: ${peers.tfjs?.version ?? missing}`);
    console.log(`jax-js: ${peers.jax?.version ?? missing}`);
  }
  const rows: Row[] = [];
  for (const workload of chosen) {
    rows.push(await measure(workload, { rounds, threads, withWasm, clock }, peers));
  }
  for (const peer of Object.values(peers)) peer?.stop();
  console.log(table(rows));
}

interface Settings {
  readonly rounds: number;
  readonly threads: number;
  readonly withWasm: boolean;
  readonly clock: keyof Times;
}

async function measure(workload: Workload, settings: Settings, peers: Peers): Promise<Row> {
  const { rounds, threads, withWasm, clock } = settings;
  const { id, updates } = workload;
  const native = await ours(workload, "auto", threads);
  const wasm = withWasm ? await ours(workload, "wasm", threads) : undefined;
  const row: Row = { workload, native: [], wasm: [], peers: { torch: [], tfjs: [], jax: [] } };
  const names = Object.keys(row.peers) as (keyof Peers)[];
  for (const name of names) await peers[name]?.time(id, 0);
  for (let round = 0; round < rounds; round++) {
    row.native.push((await native.time(updates))[clock]);
    if (wasm) row.wasm.push((await wasm.time(Math.ceil(updates / 4)))[clock]);
    for (const name of names) {
      const count = name === "torch" ? updates : Math.ceil(updates / 16);
      const time = await peers[name]?.time(id, count);
      if (time !== undefined) row.peers[name].push(time[clock]);
    }
  }
  await native.stop();
  await wasm?.stop();
  return row;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

const median = (values: readonly number[]): number => quantile(values, 0.5);
const digits = (value: number): string => {
  if (Number.isNaN(value)) return "-";
  return value >= 1000 ? value.toFixed(0) : value.toPrecision(3);
};
const spread = (values: readonly number[]): string =>
  values.length === 0
    ? "-"
    : `${digits(median(values))} (${digits(quantile(values, 0.1))} to ${digits(quantile(values, 0.9))})`;
const ratio = (a: readonly number[], b: readonly number[]): string =>
  a.length === 0 || b.length === 0 ? "-" : median(a.map((value, i) => value / b[i]!)).toFixed(2);

function table(rows: readonly Row[]): string {
  const columns: [title: string, cell: (row: Row) => string | number][] = [
    ["one update, ms", ({ workload }) => workload.title],
    ["ours, native", ({ native }) => spread(native)],
    ["PyTorch", ({ peers }) => spread(peers.torch)],
    ["ours / PyTorch", ({ native, peers }) => ratio(native, peers.torch)],
    ["target", ({ workload }) => workload.target],
    ["ours, wasm", ({ wasm }) => spread(wasm)],
    ["wasm / native", ({ native, wasm }) => ratio(wasm, native)],
    ["tfjs, wasm", ({ peers }) => spread(peers.tfjs)],
    ["jax-js, wasm", ({ peers }) => spread(peers.jax)],
  ];
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(([title]) => title)),
    line(columns.map(() => "---")),
    ...rows.map((row) => line(columns.map(([, cell]) => cell(row)))),
  ].join("\n");
}
