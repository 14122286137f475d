/**
 * The experiment `reachability-programs`: how likely local search reaches the known shortest solver, against how
 * much of it must be present before the score rises, and against how well the search leaves local optima. The paper,
 * section 2.1 (reachability).
 */
import {
  enumerableGrids,
  type Grid,
  type GridLanguage,
  gradedGrids,
  printProgram,
} from "../../architectures/index.ts";
import { type Key, keyOf, type ProgramTask, split, WorkError } from "../../core/index.ts";
import {
  enumeratePrograms,
  geneticSearch,
  localSearch,
  type Visited,
} from "../../optimizers/index.ts";
import { clopperPearson } from "../../stats/index.ts";
import { neededFraction } from "./partial.ts";

export interface ReachabilityOptions {
  readonly language: GridLanguage;
  readonly mazes: readonly Grid[];
  readonly fuel: number;
  /** Length up to which the shortest solver is looked for by exhaustion. */
  readonly maxBits: number;
  /** Mean progress below which a program scores nothing: 0 gives credit for every approach, 1 for solving all alone. */
  readonly thresholds: readonly number[];
  /** Temperatures of the chain; 0 climbs. */
  readonly temperatures: readonly number[];
  /** Populations of genetic programming. */
  readonly populations: readonly number[];
  /** Programs that a search may evaluate. */
  readonly evaluations: number;
  /** Evaluations without a new best after which the chain starts again. */
  readonly patience: number;
  /** What a bit costs the chain, in units of the score (1 is all mazes solved). */
  readonly bitPrice: number;
  readonly seeds: readonly number[];
  readonly onRow?: (row: ReachabilityRow) => void;
  readonly signal?: AbortSignal;
}

export interface ReachabilityRow {
  readonly method: "chain" | "genetic";
  /** Temperature or population. */
  readonly level: number;
  readonly threshold: number;
  /** Least share of the shortest solver's bits with which a part of it scores more than nothing. */
  readonly neededFraction: number;
  readonly runs: number;
  /** Runs that reached a solver as short as the shortest. */
  readonly reached: number;
  readonly probability: number;
  /** Clopper and Pearson's interval at 95%. */
  readonly low: number;
  readonly high: number;
  /** Runs that met some solver, however long. */
  readonly solved: number;
  /** Of the runs that reached it: mean number of evaluations. */
  readonly meanEvaluations: number | undefined;
  /** Of the runs that reached it: mean share of moves along the way that do not lower the score. */
  readonly monotonicity: number | undefined;
  /** Of the runs that reached it: mean of the deepest fall below the best score before it. */
  readonly deepestDip: number | undefined;
}

export interface Reachability {
  /** The shortest solver, certified by exhaustion, and its bits. */
  readonly shortest: string;
  readonly bits: number;
  readonly rows: readonly ReachabilityRow[];
}

interface Outcome {
  readonly reached: boolean;
  readonly solved: boolean;
  readonly evaluations: number;
  readonly path: readonly Visited[];
}

/**
 * One row for each method, level and threshold.
 * @throws WorkError if no solver is found up to `maxBits`, the signal's reason when aborted.
 */
export async function reachability(options: ReachabilityOptions): Promise<Reachability> {
  const { language, mazes, fuel, maxBits, signal } = options;
  const found = await enumeratePrograms(enumerableGrids(language, mazes, fuel), {
    maxBits,
    maxSolvers: 1,
    ...(signal ? { signal } : {}),
  });
  const solver = found.solvers[0];
  if (!solver || found.bits === undefined)
    throw new WorkError(`no program of ${maxBits} bits solves the mazes in '${language.id}'`);
  const rows: ReachabilityRow[] = [];
  for (const threshold of options.thresholds) {
    const task = gradedGrids(language, mazes, fuel, threshold);
    const needed = neededFraction(task, solver);
    const arms = [
      ...options.temperatures.map((level) => ({ method: "chain" as const, level })),
      ...options.populations.map((level) => ({ method: "genetic" as const, level })),
    ];
    for (const { method, level } of arms) {
      const outcomes: Outcome[] = [];
      for (const seed of options.seeds) {
        // The level is no part of the key's path: a seed means the same start at all of them.
        const key = split(keyOf(seed), "reachability", method);
        outcomes.push(await search(options, task, found.bits, method, level, key));
      }
      const row = summarize(outcomes, method, level, threshold, needed);
      rows.push(row);
      options.onRow?.(row);
    }
  }
  return { shortest: printProgram(solver), bits: found.bits, rows };
}

async function search(
  { evaluations, patience, bitPrice, signal }: ReachabilityOptions,
  task: ProgramTask,
  shortest: number,
  method: ReachabilityRow["method"],
  level: number,
  key: Key,
): Promise<Outcome> {
  let solved = false;
  const until = (program: Uint8Array, score: { readonly solved: boolean }) => {
    if (!score.solved) return false;
    solved = true;
    const { productions } = task.language;
    return program.reduce((sum, place) => sum + productions[place]!.bits, 0) <= shortest;
  };
  // Twice the solver's length leaves room for what must be taken away again.
  const common = { key, maxBits: 2 * shortest, evaluations, until, ...(signal ? { signal } : {}) };
  const result =
    method === "chain"
      ? await localSearch(task, { ...common, temperature: level, bitPrice, patience })
      : await geneticSearch(task, { ...common, population: level });
  return {
    reached: result.reached !== undefined,
    solved,
    evaluations: result.evaluations,
    path: result.path,
  };
}

function summarize(
  outcomes: readonly Outcome[],
  method: ReachabilityRow["method"],
  level: number,
  threshold: number,
  needed: number,
): ReachabilityRow {
  const arrived = outcomes.filter(({ reached }) => reached);
  const mean = (pick: (outcome: Outcome) => number) =>
    arrived.length === 0
      ? undefined
      : arrived.reduce((sum, outcome) => sum + pick(outcome), 0) / arrived.length;
  const { low, high } = clopperPearson(arrived.length, outcomes.length, 0.95);
  return {
    method,
    level,
    threshold,
    neededFraction: needed,
    runs: outcomes.length,
    reached: arrived.length,
    probability: arrived.length / outcomes.length,
    low,
    high,
    solved: outcomes.filter(({ solved }) => solved).length,
    meanEvaluations: mean(({ evaluations }) => evaluations),
    monotonicity: mean(({ path }) => pathMonotonicity(path.map(({ score }) => score)).share),
    deepestDip: mean(({ path }) => pathMonotonicity(path.map(({ score }) => score)).dip),
  };
}

/** Share of moves that do not lower the score, and the deepest fall below the best before; 1 and 0 without moves. */
export function pathMonotonicity(scores: readonly number[]): {
  readonly share: number;
  readonly dip: number;
} {
  let level = scores[0] ?? 0;
  let kept = 0;
  let dip = 0;
  for (let i = 1; i < scores.length; i++) {
    if (scores[i]! >= scores[i - 1]!) kept++;
    level = Math.max(level, scores[i]!);
    dip = Math.max(dip, level - scores[i]!);
  }
  return { share: scores.length > 1 ? kept / (scores.length - 1) : 1, dip };
}
