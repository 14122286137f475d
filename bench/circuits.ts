/**
 * Seconds to find a smallest circuit of four-input functions and to prove that it is one, with the package's own solver,
 * beside ABC's exact synthesis (`twoexact`) where `berkeley-abc` is on the path; rounds are interleaved in one run.
 */
import { execFileSync } from "node:child_process";
import { type Objective, solverInPlace, synthesize } from "@mesascope/lab/optimizers";

const inputs = 4;

/** Symmetric functions, by the numbers of ones at which they are 1. */
const functions = [
  { title: "S 2", table: 0x1668 },
  { title: "S 2,3", table: 0x7ee8 },
  { title: "S 1,2,3", table: 0x7ffe },
  { title: "S 1", table: 0x0116 },
] as const;

async function ours(table: number): Promise<number> {
  const problem = { inputs, basis: "full", tables: [BigInt(table)] } as const;
  const objective: Objective = "size";
  const { circuit } = await synthesize({ ...problem, objective }, { solver: solverInPlace });
  return circuit!.gates.length;
}

/** Asks for one gate more until there is a circuit, as ours does. */
function theirs(table: number): number {
  for (let gates = inputs - 1; ; gates++) {
    const digits = table.toString(16).padStart(4, "0");
    const command = `twoexact -I ${inputs} -N ${gates} ${digits}`;
    const said = execFileSync("berkeley-abc", ["-q", command], { encoding: "utf8" });
    if (!said.includes("no solution")) return gates;
  }
}

function hasPeer(): boolean {
  try {
    execFileSync("berkeley-abc", ["-q", "help"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function seconds(work: () => number | Promise<number>, expected?: number) {
  const begun = performance.now();
  const gates = await work();
  if (expected !== undefined && gates !== expected)
    throw new Error(`ours needs ${expected} gates, the peer ${gates}`);
  return { gates, time: (performance.now() - begun) / 1000 };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Prints one table; `--repeats=N` sets the number of rounds (3). */
export async function run(args: string[]): Promise<void> {
  const given = args.find((arg) => arg.startsWith("--repeats="))?.slice("--repeats=".length);
  const repeats = Number(given ?? 3);
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new RangeError(`--repeats takes a whole number of at least 1, not '${given}'`);
  const peer = hasPeer();
  console.log(
    "| function of four inputs | gates | Mesascope, s | ABC twoexact, s | ABC / Mesascope |",
  );
  console.log("|---|---|---|---|---|");
  for (const { title, table } of functions) {
    const mine: number[] = [];
    const other: number[] = [];
    let gates = 0;
    for (let round = 0; round < repeats; round++) {
      const own = await seconds(() => ours(table));
      gates = own.gates;
      mine.push(own.time);
      if (peer) other.push((await seconds(() => theirs(table), gates)).time);
    }
    const cells = peer
      ? [median(other).toFixed(2), median(other.map((time, i) => time / mine[i]!)).toFixed(1)]
      : ["not installed", "-"];
    console.log(`| ${title} | ${gates} | ${median(mine).toFixed(2)} | ${cells.join(" | ")} |`);
  }
}
