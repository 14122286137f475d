/**
 * Games on one core: moves a second of random playouts, and simulations a second of tree search, beside plain C where a
 * compiler is found; interleaved in one run.
 */
import { keyOf, Random } from "@mesascope/lab/core";
import {
  connectFour,
  type Game,
  go,
  PuctSearch,
  uct,
  uniformEvaluation,
} from "@mesascope/lab/tasks";
import { median, startPeer } from "./peer.ts";

/** Timings of each row; the first of each is thrown away. */
const rounds = 12;

interface Work {
  readonly title: string;
  /** What the peer calls it; none where it has no such thing. */
  readonly peer?: string;
  /** Moves or simulations in one timing: about a tenth of a second. */
  readonly count: number;
  /** Does at least that many; tells how many. */
  run(count: number): number;
}

const random = new Random(keyOf(1));
const four = connectFour();

function playouts(game: Game, count: number): number {
  const position = game.start();
  let moves = 0;
  while (moves < count) moves += position.playout(random).plies;
  return moves;
}

function guided(count: number): number {
  const search = new PuctSearch(four, four.start());
  const evaluation = uniformEvaluation(four);
  while (search.simulations < count) search.update(search.leaves(1).map(() => evaluation));
  return count;
}

const goBoard = go({ columns: 5, rows: 5 });

const works: readonly Work[] = [
  {
    title: "connect four 7 x 6, playout moves (target 5)",
    peer: "connect-four",
    count: 4_000_000,
    run: (count) => playouts(four, count),
  },
  {
    title: "Go 5 x 5, playout moves (target 1)",
    peer: "go",
    count: 200_000,
    run: (count) => playouts(goBoard, count),
  },
  {
    title: "connect four, UCT simulations",
    peer: "search",
    count: 50_000,
    run(count) {
      uct(four, four.start(), { simulations: count, random });
      return count;
    },
  },
  {
    title: "connect four, PUCT simulations, uniform prior (target 0.02)",
    count: 50_000,
    run: guided,
  },
];

const spread = (values: readonly number[]): string =>
  [Math.min(...values), median(values), Math.max(...values)]
    .map((rate) => (rate / 1e6).toFixed(2).padStart(8))
    .join("");

/** Runs the benchmark; it takes no flags. */
export async function run(): Promise<void> {
  const peer = startPeer("games.c");
  console.log("Millions a second on one core (min, median, max).\n");
  if (!peer) console.log("SKIPPED: the peer in C (no compiler found; set CC)\n");
  try {
    for (const work of works) {
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        const begun = performance.now();
        const made = work.run(work.count);
        const rate = (1000 * made) / (performance.now() - begun);
        const [seconds, peerMade] =
          peer && work.peer ? await peer.time(work.peer, work.count) : [1, 0];
        if (round === 0) continue;
        ours.push(rate);
        theirs.push(peerMade! / seconds!);
      }
      console.log(`${work.title.padEnd(60)}${spread(ours)}`);
      if (!peer || !work.peer) continue;
      const ratio = median(ours.map((rate, i) => rate / theirs[i]!));
      console.log(`${`  ${peer.name}`.padEnd(60)}${spread(theirs)}`);
      console.log(`${"  ratio, ours to C".padEnd(68)}${ratio.toFixed(2).padStart(8)}`);
    }
  } finally {
    peer?.stop();
  }
}
