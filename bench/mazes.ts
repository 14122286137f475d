/**
 * Mazes of 5 x 5 cells a second on one core: depth-first generation with start and goal, and breadth-first
 * solving (all distances, and the path), beside plain C where a compiler is found; interleaved in one run.
 */
import { keyOf, Random } from "@mesascope/lab/core";
import { mazeParameters, sampleMaze, shortestPath } from "@mesascope/lab/tasks";
import { median, startPeer } from "./peer.ts";

/** Timings of each row; the first of each is thrown away. */
const rounds = 12;
/** Mazes in one timing: about a tenth of a second. */
const counts = { generate: 60_000, solve: 200_000 } as const;

type Work = keyof typeof counts;

const parameters = mazeParameters.parse({ rows: 5, cols: 5, generator: "depth-first" });
const random = new Random(keyOf(1));
const pool = Array.from({ length: 4096 }, () => sampleMaze(parameters, random));

const targets = { generate: "generate (target 200,000)", solve: "solve (target 500,000)" } as const;

/** Seconds that our side takes. */
function ours(work: Work, count: number): number {
  let total = 0;
  const begun = performance.now();
  if (work === "generate")
    for (let i = 0; i < count; i++) pool[i & 4095] = sampleMaze(parameters, random);
  else for (let i = 0; i < count; i++) total += shortestPath(pool[i & 4095]!).length;
  const seconds = (performance.now() - begun) / 1000;
  if (Number.isNaN(total)) throw new Error("a path has no length");
  return seconds;
}

const spread = (values: readonly number[]): string =>
  [Math.min(...values), median(values), Math.max(...values)]
    .map((rate) => (rate / 1000).toFixed(0).padStart(8))
    .join("");

/** Runs the benchmark; it takes no flags. */
export async function run(): Promise<void> {
  const peer = startPeer("mazes.c");
  console.log("Mazes of 5 x 5 cells, thousands a second on one core (min, median, max).\n");
  if (!peer) console.log("SKIPPED: the peer in C (no compiler found; set CC)\n");
  try {
    for (const work of ["generate", "solve"] as const) {
      const rates: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
      for (let round = 0; round <= rounds; round++) {
        const mine = counts[work] / ours(work, counts[work]);
        const theirs = peer ? counts[work] / (await peer.time(work, counts[work]))[0]! : 0;
        if (round === 0) continue;
        rates.ours.push(mine);
        rates.peer.push(theirs);
      }
      console.log(`${targets[work].padEnd(28)}${spread(rates.ours)}`);
      if (!peer) continue;
      const ratio = median(rates.ours.map((rate, i) => rate / rates.peer[i]!));
      console.log(`${`  ${peer.name}`.padEnd(28)}${spread(rates.peer)}`);
      console.log(
        `${"  ratio, ours to C".padEnd(28)}${" ".repeat(8)}${ratio.toFixed(2).padStart(8)}`,
      );
    }
  } finally {
    peer?.stop();
  }
}
