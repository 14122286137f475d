/** Tables over many run folders: deriving them, and asking, beside a program that reads the same JSON files. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { query, refresh } from "@mesascope/store/tables";
import { study, writeRun } from "./synthetic-runs.ts";

const diagnostics = ["loss", "policyLoss", "valueLoss", "entropy"];

/** Whole number after `--name=`. */
function flag(args: readonly string[], name: string, fallback: number): number {
  const given = args.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1];
  const value = Number(given ?? fallback);
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`--${name} takes a whole number of at least 1, not '${given}'`);
  return value;
}

async function ask(data: string, sql: string): Promise<number> {
  const answer = await query(data, sql);
  let rows = 0;
  for await (const block of answer.blocks()) rows += block.length;
  answer.close();
  return rows;
}

const meanLoss =
  "SELECT learner, avg(value) FROM metrics JOIN runs USING (study, run) WHERE metric = 'loss' GROUP BY learner";

/** The mean loss of each learner, from the run folders alone. */
function readJson(data: string): void {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const id of readdirSync(join(data, study))) {
    const { arm } = JSON.parse(readFileSync(join(data, study, id, "spec.json"), "utf8"));
    const total = sums.get(arm.learner) ?? { sum: 0, count: 0 };
    sums.set(arm.learner, total);
    for (const line of readFileSync(join(data, study, id, "metrics.jsonl"), "utf8").split("\n"))
      if (line) {
        total.sum += JSON.parse(line).loss;
        total.count++;
      }
  }
}

async function seconds(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

const row = (title: string, times: readonly number[]) => {
  const sorted = [...times].sort((a, b) => a - b);
  const columns = [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!];
  console.log(`${title.padEnd(52)}${columns.map((t) => t.toFixed(2).padStart(9)).join("")}`);
};

/** Runs the benchmark; `--runs=N` (1000), `--points=N` of metrics a run (10000), `--repeats=N` (5). */
export async function run(args: string[]): Promise<void> {
  const runs = flag(args, "runs", 1000);
  const updates = Math.ceil(flag(args, "points", 10_000) / diagnostics.length);
  const repeats = flag(args, "repeats", 5);
  const data = mkdtempSync(join(tmpdir(), "mesascope-bench-"));
  try {
    for (let seed = 1; seed <= runs; seed++) writeRun(data, seed, updates, diagnostics);
    const points = runs * updates * diagnostics.length;
    console.log(`${runs} runs, ${points.toLocaleString("en")} metric points. Seconds.\n`);
    console.log(`${"".padEnd(52)}${["min", "median", "max"].map((h) => h.padStart(9)).join("")}`);
    row("all tables from nothing", [await seconds(() => refresh(data))]);
    const work: [string, () => unknown][] = [
      ["nothing has changed", () => refresh(data)],
      [
        "one run has changed",
        () => {
          const [first] = readdirSync(join(data, study));
          appendFileSync(join(data, study, first!, "metrics.jsonl"), "\n");
          return refresh(data);
        },
      ],
      ["query: list all runs", () => ask(data, "SELECT * FROM runs")],
      [
        "query: final bits of each arm",
        () =>
          ask(
            data,
            "SELECT learner, diversity, avg(value) FROM measurements WHERE final GROUP BY ALL",
          ),
      ],
      ["query: mean loss of each learner, over all updates", () => ask(data, meanLoss)],
      ["the same from the JSON files, in Node", () => readJson(data)],
    ];
    const times = work.map((): number[] => []);
    for (let i = 0; i < repeats; i++)
      for (const [j, [, call]] of work.entries()) times[j]!.push(await seconds(call));
    for (const [j, [title]] of work.entries()) row(title, times[j]!);
    const ratios = times[5]!.map((json, i) => json / times[4]![i]!).sort((a, b) => a - b);
    console.log(
      `\nMean loss by query against JSON: ${ratios[repeats >> 1]!.toFixed(1)} times as fast.`,
    );
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
