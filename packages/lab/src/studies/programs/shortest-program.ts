/**
 * The experiment `shortest-program`: on mazes that wall following does not solve, is the shortest program that
 * solves them all one that evaluates candidates? And the one that is best by length and time together? The paper,
 * section 2.2 (description length and time complexity).
 */
import {
  assemble,
  enumerableGrids,
  type Grid,
  type GridLanguage,
  parseProgram,
  printProgram,
  runOnGrids,
} from "../../architectures/index.ts";
import { keyOf, type Program, split } from "../../core/index.ts";
import {
  enumeratePrograms,
  lengthTimeFrontier,
  programBits,
  type TimedProgram,
} from "../../optimizers/index.ts";
import { literalPath } from "./compression-maze.ts";
import { type SearchEvidence, searchEvidence } from "./evidence.ts";
import { type MazeParameters, sampleMazes } from "./mazes.ts";

export interface ShortestProgramOptions {
  readonly languages: readonly GridLanguage[];
  readonly mazes: MazeParameters;
  /** Numbers of mazes to be solved by one program; the sets of a seed are nested. */
  readonly counts: readonly number[];
  readonly seeds: readonly number[];
  /** Steps that a program has on each maze. */
  readonly fuel: number;
  /** Length up to which every program is tried. */
  readonly maxBits: number;
  /** Further bits, beyond the shortest solver, over which the frontier of length and time is followed. */
  readonly frontierBits: number;
  /** Prices of time: what counts is bits + price * log2 steps. 0 is length alone, 1 is Levin's. */
  readonly timePrices: readonly number[];
  /** New mazes on which solvers are tried out. */
  readonly heldOut: number;
  readonly onRow?: (row: ShortestProgramRow) => void;
  readonly signal?: AbortSignal;
}

/** A solver, how long it is and takes, and whether it searches. */
export interface JudgedProgram {
  readonly text: string;
  readonly bits: number;
  /** Steps over all mazes. */
  readonly steps: number;
  readonly evidence: SearchEvidence;
  /** Share of held-out mazes that it solves too. */
  readonly generalizes: number;
}

/** What is best when time has a price. */
export interface PricedProgram extends JudgedProgram {
  readonly timePrice: number;
  /** bits + timePrice * log2 steps. */
  readonly cost: number;
  /** Whether no program of any length costs less: what lies beyond the frontier is too long to. */
  readonly certified: boolean;
}

export interface ShortestProgramRow {
  readonly language: string;
  readonly count: number;
  readonly seed: number;
  /** Length of the shortest solvers; undefined if there is none up to the most bits. */
  readonly bits: number | undefined;
  /** No solver is shorter than this: certified by exhaustion. */
  readonly certifiedBelow: number;
  /** All shortest solvers (at most 100), the fastest first. */
  readonly shortest: readonly JudgedProgram[];
  /** How many of the shortest solvers search. */
  readonly searching: number;
  /** Fewest steps against length, exact up to `frontierUpTo` bits. */
  readonly frontier: readonly JudgedProgram[];
  readonly frontierUpTo: number | undefined;
  /**
   * The best program for each price of time, on the frontier or, for one maze, its way written down; none where
   * nothing was found.
   */
  readonly priced: readonly PricedProgram[];
  readonly programs: number;
  readonly runs: number;
}

const wallFollowers = [
  "loop { left; while not clear { right }; step }",
  "loop { right; while not clear { left }; step }",
].map((text) => assemble(parseProgram(text)));

/** Whether neither hand on the wall leads to the goal. */
export function foilsWallFollowing(maze: Grid): boolean {
  const fuel = 40 * maze.width * maze.height;
  return wallFollowers.every((code) => !runOnGrids(code, [maze], { fuel })[0]!.solved);
}

/** Mazes of one seed: `count` to be solved and `heldOut` others, all different, none solved by wall following. */
export function foilingMazes(
  mazes: MazeParameters,
  seed: number,
  count: number,
  heldOut: number,
): { readonly training: Grid[]; readonly heldOut: Grid[] } {
  const all = sampleMazes(
    mazes,
    count + heldOut,
    split(keyOf(seed), "shortest-program"),
    foilsWallFollowing,
  );
  return { training: all.slice(0, count), heldOut: all.slice(count) };
}

/**
 * One row for each language, number of mazes and seed.
 * @throws the signal's reason when aborted; InputError for options that mean nothing.
 */
export async function shortestProgram(
  options: ShortestProgramOptions,
): Promise<ShortestProgramRow[]> {
  const rows: ShortestProgramRow[] = [];
  for (const seed of options.seeds) {
    const { training, heldOut } = foilingMazes(
      options.mazes,
      seed,
      Math.max(...options.counts),
      options.heldOut,
    );
    for (const count of options.counts)
      for (const language of options.languages) {
        const row = await oneRow(options, language, training.slice(0, count), heldOut, seed);
        rows.push(row);
        options.onRow?.(row);
      }
  }
  return rows;
}

async function oneRow(
  options: ShortestProgramOptions,
  language: GridLanguage,
  mazes: readonly Grid[],
  heldOut: readonly Grid[],
  seed: number,
): Promise<ShortestProgramRow> {
  const { fuel, maxBits, frontierBits, signal } = options;
  const stop = signal ? { signal } : {};
  const task = enumerableGrids(language, mazes, fuel);
  const judge = (program: Program) => judged(program, language, mazes, heldOut, fuel);
  const found = await enumeratePrograms(task, { maxBits, maxSolvers: 100, ...stop });
  const upTo = found.bits === undefined ? undefined : found.bits + frontierBits;
  const followed =
    upTo === undefined ? undefined : await lengthTimeFrontier(task, { maxBits: upTo, ...stop });
  const frontier = (followed?.points ?? []).map(({ program }: TimedProgram) => judge(program));
  const shortest = found.solvers.map(judge).sort((a, b) => a.steps - b.steps);
  return {
    language: language.id,
    count: mazes.length,
    seed,
    bits: found.bits,
    certifiedBelow: found.certifiedBelow,
    shortest,
    searching: shortest.filter(({ evidence }) => evidence.searches).length,
    frontier,
    frontierUpTo: upTo,
    priced:
      frontier.length === 0
        ? []
        : options.timePrices.map((price) =>
            best(
              [...frontier, ...writtenDown(language, mazes).map(judge)],
              price,
              upTo! + 1 + price * Math.log2(task.leastSteps),
            ),
          ),
    programs: found.programs + (followed?.programs ?? 0),
    runs: found.runs + (followed?.runs ?? 0),
  };
}

/** The way through one maze as a program of moves alone; none for several mazes, or where it costs too much. */
function writtenDown(language: GridLanguage, mazes: readonly Grid[]): Program[] {
  if (mazes.length !== 1) return [];
  const program = literalPath(mazes[0]!);
  const [run] = runOnGrids(assemble(program), mazes, { fuel: program.length });
  return run!.solved && Number.isFinite(programBits(language, program)) ? [program] : [];
}

/** The cheapest of some programs; those that are not among them cost at least `beyond`. */
function best(
  programs: readonly JudgedProgram[],
  timePrice: number,
  beyond: number,
): PricedProgram {
  const costs = programs.map(({ bits, steps }) => bits + timePrice * Math.log2(steps));
  const cost = Math.min(...costs);
  return { ...programs[costs.indexOf(cost)]!, timePrice, cost, certified: cost <= beyond };
}

function judged(
  program: Program,
  language: GridLanguage,
  mazes: readonly Grid[],
  heldOut: readonly Grid[],
  fuel: number,
): JudgedProgram {
  const code = assemble(program);
  const steps = runOnGrids(code, mazes, { fuel }).reduce((sum, run) => sum + run.steps, 0);
  const bits = programBits(language, program);
  const others = runOnGrids(code, heldOut, { fuel });
  return {
    text: printProgram(program),
    bits,
    steps,
    evidence: searchEvidence(program, mazes, fuel),
    generalizes: others.filter(({ solved }) => solved).length / Math.max(1, others.length),
  };
}
