/**
 * Program runs a second in exhaustive search of the grid language, forming included, and the machine alone beside the
 * same machine in plain C where a compiler is found; rounds are interleaved in one run, and both must agree.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  createMachine,
  enumerableGrids,
  type GridWorld,
  gridWorld,
  languageNamed,
  Status,
} from "@mesascope/lab/architectures";
import { keyOf } from "@mesascope/lab/core";
import { enumeratePrograms, everyProgram } from "@mesascope/lab/optimizers";
import { foilsWallFollowing, sampleMazes } from "@mesascope/lab/studies";

const rounds = 7;
const fuel = 200;
/** Lengths of the programs that the machine alone is measured on. */
const bits = { from: 21, to: 24 };
const language = languageNamed("reflex");
const mazes = sampleMazes(
  { width: 5, height: 5, loops: 0.3, weights: 1, distance: 4 },
  4,
  keyOf(0),
  foilsWallFollowing,
);

/** Processor time, so that what else the machine does counts little. */
const seconds = (): number => process.cpuUsage().user / 1e6;

interface Round {
  readonly seconds: number;
  readonly runs: number;
  readonly steps: number;
  readonly solvers: number;
}

/** Runs every program on the mazes up to the first that it does not solve. */
function ours(world: GridWorld, programs: readonly Uint16Array[]): () => Round {
  const machine = createMachine(world, { fuel });
  return () => {
    const begun = seconds();
    let runs = 0;
    let steps = 0;
    let solvers = 0;
    for (const code of programs) {
      let grid = 0;
      for (; grid < mazes.length; grid++) {
        runs++;
        const start = world.starts[grid]!;
        const status = machine.run(code, start, world.headings[grid]!, fuel, Infinity);
        steps += machine.steps;
        if (status !== Status.goal) break;
      }
      if (grid === mazes.length) solvers++;
    }
    return { seconds: seconds() - begun, runs, steps, solvers };
  };
}

interface Peer {
  next(): Promise<Round>;
  close(): void;
}

/** The C peer, if there is a compiler. */
function compiledPeer(world: GridWorld, programs: readonly Uint16Array[]): Peer | undefined {
  const folder = mkdtempSync(join(tmpdir(), "mesascope-bench-"));
  const binary = join(folder, "peer");
  const source = fileURLToPath(new URL("programs_peer.c", import.meta.url));
  try {
    execFileSync("cc", ["-O2", "-o", binary, source], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const offsets = new Int32Array(programs.length);
  let words = 0;
  programs.forEach((code, i) => {
    offsets[i] = words;
    words += code.length;
  });
  const all = new Uint16Array(words);
  programs.forEach((code, i) => {
    all.set(code, offsets[i]!);
  });
  const head = Int32Array.of(world.cells, mazes.length, fuel, programs.length, words);
  const data = [head, world.next, world.scent, world.weight, world.starts, world.headings, offsets];
  const file = join(folder, "programs");
  writeFileSync(file, Buffer.concat([...data, all].map(({ buffer }) => Buffer.from(buffer))));
  const child = spawn(binary, [file], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async next() {
      child.stdin.write("\n");
      return JSON.parse((await lines.next()).value as string) as Round;
    },
    close() {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const millions = (values: readonly number[]): string =>
  [median(values), Math.min(...values), Math.max(...values)]
    .map((value) => (value / 1e6).toFixed(2))
    .join(" | ");

/**
 * Runs a second of whole searches, of programs and, where exchangeable terms are left out, of terms from every state;
 * what is left out is not counted.
 */
async function searches(prune: boolean): Promise<number[]> {
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const begun = seconds();
    const { runs } = await enumeratePrograms(enumerableGrids(language, mazes, fuel), {
      maxBits: bits.to,
      prune,
    });
    if (round > 0) rates.push(runs / (seconds() - begun));
  }
  return rates;
}

/** Prints one table. */
export async function run(): Promise<void> {
  const world = gridWorld(mazes);
  const programs: Uint16Array[] = [];
  for (let length = bits.from; length <= bits.to; length++)
    for (const code of everyProgram(enumerableGrids(language, mazes, fuel), length))
      programs.push(code);
  const round = ours(world, programs);
  round();
  const peer = compiledPeer(world, programs);
  const mine: Round[] = [];
  const theirs: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    mine.push(round());
    if (peer) theirs.push(await peer.next());
  }
  peer?.close();
  const told = ({ runs, steps, solvers }: Round) => `${runs} runs, ${steps} steps, ${solvers}`;
  for (const other of theirs)
    if (told(other) !== told(mine[0]!))
      throw new Error(`the machines disagree: ${told(mine[0]!)} against ${told(other)}`);
  const perRun = (mine[0]!.steps / mine[0]!.runs).toFixed(1);
  console.log(
    `Language '${language.id}', ${mazes.length} mazes of 5 by 5, fuel ${fuel}, one core.`,
  );
  console.log(`Machine alone: all ${programs.length} programs of ${bits.from} to ${bits.to} bits.`);
  console.log(`${perRun} steps a run.\n`);
  console.log("| million runs a second, by processor time | median | least | most |");
  console.log("|---|---|---|---|");
  console.log(`| search by length (target 5) | ${millions(await searches(true))} |`);
  console.log(`| the same, nothing left out | ${millions(await searches(false))} |`);
  const rate = ({ runs, seconds: taken }: Round) => runs / taken;
  console.log(`| machine alone | ${millions(mine.map(rate))} |`);
  if (theirs.length === 0) {
    console.log("| machine in C | no compiler | | |");
    return;
  }
  console.log(`| machine in C (cc -O2) | ${millions(theirs.map(rate))} |`);
  const ratios = mine.map((own, i) => rate(own) / rate(theirs[i]!));
  console.log(
    `\nThe machine runs at ${median(ratios).toFixed(2)} of the speed of C (${rounds} interleaved rounds).`,
  );
}
