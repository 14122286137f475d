/** `npm run bench -- engine`: our updates beside PyTorch's, interleaved in one run. */
import { cpus } from "node:os";
import { engineInfo } from "@mesascope/graph";
import { startTorch, type Torch } from "./torch.ts";
import { ours, type Workload, workloads } from "./workloads.ts";

interface Row {
  readonly title: string;
  readonly native: number[];
  readonly wasm: number[];
  readonly torch: number[];
  readonly target: number;
}

/**
 * Prints a table of milliseconds for one update: median over rounds, spread from the 10th to the 90th percentile, and
 * the median of the rounds' ratios, which the machine's other work disturbs least.
 * @param args `--rounds=7`, `--threads=1`, `--only=mlp,gru32` (all workloads), `--no-wasm`.
 */
export async function run(args: string[]): Promise<void> {
  const option = (name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const rounds = Number(option("rounds") ?? 7);
  const threads = Number(option("threads") ?? 1);
  const only = option("only")?.split(",");
  const chosen = workloads.filter(({ id }) => only?.includes(id) ?? true);
  const torch = await startTorch();
  const { name, version } = await engineInfo();
  console.log(
    `${name} ${version}, PyTorch ${torch?.version ?? "not found"}, ${threads} thread(s), ${cpus()[0]?.model.trim()}, ${rounds} rounds`,
  );
  const rows: Row[] = [];
  for (const workload of chosen) {
    rows.push(await measure(workload, rounds, threads, torch, !args.includes("--no-wasm")));
  }
  torch?.stop();
  console.log(table(rows));
}

async function measure(
  workload: Workload,
  rounds: number,
  threads: number,
  torch: Torch | undefined,
  withWasm: boolean,
): Promise<Row> {
  const native = await ours(workload, "auto", threads);
  const wasm = withWasm ? await ours(workload, "wasm", threads) : undefined;
  await torch?.time(workload.id, 0, threads);
  const row: Row = {
    title: workload.title,
    target: workload.target,
    native: [],
    wasm: [],
    torch: [],
  };
  for (let round = 0; round < rounds; round++) {
    row.native.push(await native.time(workload.updates));
    if (torch) row.torch.push(await torch.time(workload.id, workload.updates, threads));
    if (wasm) row.wasm.push(await wasm.time(Math.ceil(workload.updates / 4)));
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
const digits = (value: number): string => (Number.isNaN(value) ? "-" : value.toPrecision(3));
const spread = (values: readonly number[]): string =>
  values.length === 0
    ? "-"
    : `${digits(median(values))} (${digits(quantile(values, 0.1))} to ${digits(quantile(values, 0.9))})`;
const ratio = (a: readonly number[], b: readonly number[]): number =>
  median(a.map((value, i) => value / b[i]!));

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ title, native, wasm, torch, target }) =>
    [
      title,
      spread(native),
      spread(torch),
      torch.length > 0 ? ratio(native, torch).toFixed(2) : "-",
      target,
      spread(wasm),
      wasm.length > 0 ? ratio(wasm, native).toFixed(1) : "-",
    ].join(" | "),
  );
  return [
    "| one update, ms | ours, native | PyTorch | ours / PyTorch | target | ours, wasm | wasm / native |",
    "|---|---|---|---|---|---|---|",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}
