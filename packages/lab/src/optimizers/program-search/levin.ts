/**
 * Search by length and time together. Levin 1973 ("Universal sequential search problems"): a program of b bits gets
 * 2^(k - b) steps in phase k. Also the whole frontier of length against time, of which Levin's is one point.
 */
import { type EnumerableTask, InputError, type Program } from "../../core/index.ts";
import { breathing } from "./breathe.ts";
import { wholePrograms } from "./enumerate.ts";
import { TermsByLength } from "./terms-by-length.ts";
import { termOf } from "./terms-store.ts";

export interface LevinOptions {
  /** Phase at which the search gives up: the most bits of length plus log2 of the steps. */
  readonly maxPhase: number;
  readonly onPhase?: (phase: number, programs: number) => void;
  readonly signal?: AbortSignal;
}

export interface TimedProgram {
  readonly program: Program;
  readonly bits: number;
  /** Steps over all instances. */
  readonly steps: number;
}

export interface LevinResult {
  /** The program with the least bits + log2 steps; undefined if there is none within the phases. */
  readonly best: (TimedProgram & { readonly cost: number }) | undefined;
  /** No program costs less than this: certified by exhaustion. */
  readonly certifiedBelow: number;
  /** Programs executed, counted again in each phase. */
  readonly programs: number;
  readonly runs: number;
}

/**
 * Finds the program with the least length plus log2 of the steps that it takes over all instances. A phase k is
 * exhausted only where no program costs k or less, so that the least of the first phase with solvers is the least of all.
 * @throws InputError for a limit that is none, and the signal's reason when aborted.
 */
export async function levinSearch(
  task: EnumerableTask,
  options: LevinOptions,
): Promise<LevinResult> {
  const { maxPhase, signal } = options;
  if (!Number.isInteger(maxPhase) || maxPhase < 1)
    throw new InputError(`the last phase is a whole number of at least 1, not ${maxPhase}`);
  const terms = new TermsByLength(task, { prune: true });
  const breathe = breathing(signal);
  const before = task.runs;
  let programs = 0;
  let best: LevinResult["best"];
  let phase = 0;
  while (best === undefined && phase < maxPhase) {
    phase++;
    for (let bits = 1; 2 ** (phase - bits) >= task.leastSteps && bits <= phase; bits++)
      for await (const _ of breathe(
        wholePrograms(terms, task, bits, (place, parts, arity, code, length) => {
          programs++;
          if (!task.solves(code, length, 2 ** (phase - bits))) return;
          const cost = bits + Math.log2(task.steps);
          if (best && best.cost <= cost) return;
          const program = termOf(terms.store, place, parts, arity);
          best = { program, bits, steps: task.steps, cost };
        }),
      ));
    options.onPhase?.(phase, programs);
  }
  return {
    best,
    certifiedBelow: best === undefined ? phase : best.cost,
    programs,
    runs: task.runs - before,
  };
}

/** Every length at which a program is faster than all shorter ones, with the fastest program of that length. */
export interface Frontier {
  readonly points: readonly TimedProgram[];
  /** Lengths up to which the frontier is certified by exhaustion. */
  readonly maxBits: number;
  readonly programs: number;
  readonly runs: number;
}

/**
 * The fewest steps over all instances against length, up to `maxBits`.
 * @throws InputError for a limit that is none, and the signal's reason when aborted.
 */
export async function lengthTimeFrontier(
  task: EnumerableTask,
  options: {
    readonly maxBits: number;
    readonly onLevel?: (bits: number, programs: number) => void;
    readonly signal?: AbortSignal;
  },
): Promise<Frontier> {
  const { maxBits, signal } = options;
  if (!Number.isInteger(maxBits) || maxBits < 1)
    throw new InputError(`the most bits are a whole number of at least 1, not ${maxBits}`);
  const terms = new TermsByLength(task, { prune: true });
  const breathe = breathing(signal);
  const before = task.runs;
  const points: TimedProgram[] = [];
  let programs = 0;
  for (let bits = 1; bits <= maxBits; bits++) {
    let fewest = points.at(-1)?.steps ?? Number.POSITIVE_INFINITY;
    let found: TimedProgram | undefined;
    for await (const _ of breathe(
      wholePrograms(terms, task, bits, (place, parts, arity, code, length) => {
        programs++;
        if (!task.solves(code, length, fewest - 1)) return;
        fewest = task.steps;
        found = { program: termOf(terms.store, place, parts, arity), bits, steps: fewest };
      }),
    ));
    if (found) points.push(found);
    options.onLevel?.(bits, programs);
    if (fewest <= task.leastSteps) return { points, maxBits, programs, runs: task.runs - before };
  }
  return { points, maxBits, programs, runs: task.runs - before };
}
