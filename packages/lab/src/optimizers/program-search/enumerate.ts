/** The shortest programs by exhaustion: every program in order of its length in bits, so that nothing shorter is missed. */
import { type EnumerableTask, InputError, type Program } from "../../core/index.ts";
import { breathing } from "./breathe.ts";
import { exchangeParts } from "./exchange.ts";
import { TermsByLength } from "./terms-by-length.ts";
import { termOf } from "./terms-store.ts";

export interface EnumerateOptions {
  /** Length at which the search gives up. */
  readonly maxBits: number;
  /** Programs that the search may execute; no limit where it is left out. */
  readonly maxPrograms?: number;
  /** Solvers of the least length that are listed at most; 1000 unless told otherwise. */
  readonly maxSolvers?: number;
  /** Leaves out terms that can be exchanged for kept ones; true unless told otherwise. */
  readonly prune?: boolean;
  /** Told after each length is done. */
  readonly onLevel?: (level: EnumeratedLevel) => void;
  readonly signal?: AbortSignal;
}

export interface EnumeratedLevel {
  readonly bits: number;
  /** Whole programs executed at this length. */
  readonly programs: number;
  /** Of these, how many solve every instance. */
  readonly solvers: number;
}

export interface Enumeration {
  /** All solvers of the least length (at most `maxSolvers`). */
  readonly solvers: readonly Program[];
  /** Their length; undefined if there was none. */
  readonly bits: number | undefined;
  /** No program of fewer bits than this solves every instance within the fuel: certified by exhaustion. */
  readonly certifiedBelow: number;
  readonly levels: readonly EnumeratedLevel[];
  /** Whole programs executed. */
  readonly programs: number;
  /** Runs of programs and their parts, each on one instance or from one state. */
  readonly runs: number;
  /** Terms left out since they can be exchanged for kept ones. */
  readonly pruned: number;
}

/**
 * Finds the shortest programs that solve every instance.
 * @throws InputError for a limit that is none, and the signal's reason when aborted.
 */
export async function enumeratePrograms(
  task: EnumerableTask,
  options: EnumerateOptions,
): Promise<Enumeration> {
  const { maxBits, maxPrograms = Number.POSITIVE_INFINITY, prune = true } = options;
  if (!Number.isInteger(maxBits) || maxBits < 1)
    throw new InputError(`the most bits are a whole number of at least 1, not ${maxBits}`);
  const terms = new TermsByLength(task, { prune });
  const breathe = breathing(options.signal);
  const before = task.runs;
  const levels: EnumeratedLevel[] = [];
  const solvers: Program[] = [];
  const total = () => levels.reduce((sum, { programs }) => sum + programs, 0);
  let done = 0;
  for (let bits = 1; bits <= maxBits && solvers.length === 0; bits++) {
    let programs = 0;
    const made = total();
    for await (const _ of breathe(
      wholePrograms(terms, task, bits, (place, parts, arity, code, length) => {
        programs++;
        if (task.solves(code, length)) solvers.push(termOf(terms.store, place, parts, arity));
      }),
    ))
      if (made + programs >= maxPrograms) break;
    levels.push({ bits, programs, solvers: solvers.length });
    if (made + programs >= maxPrograms) break;
    done = bits;
    options.onLevel?.(levels.at(-1)!);
  }
  return {
    solvers: exchangeParts(task, solvers, terms.exchanges, options.maxSolvers ?? 1000),
    bits: solvers.length > 0 ? levels.at(-1)!.bits : undefined,
    certifiedBelow: solvers.length > 0 ? levels.at(-1)!.bits : done + 1,
    levels,
    programs: total(),
    runs: task.runs - before,
    pruned: terms.pruned,
  };
}

/** Forms every whole program of exactly these bits. */
export function* wholePrograms(
  terms: TermsByLength,
  task: EnumerableTask,
  bits: number,
  visit: Parameters<TermsByLength["form"]>[2],
): Generator<void> {
  for (let sort = 0; sort < terms.grammar.bySort.length; sort++)
    yield* terms.make(sort, bits - terms.grammar.around[sort]!);
  yield* terms.form(task.language.root, bits, visit);
}

/** The code of every program of exactly these bits, nothing left out, each ending in the word 0. */
export function everyProgram(task: EnumerableTask, bits: number): Uint16Array[] {
  const terms = new TermsByLength(task, { prune: false });
  const codes: Uint16Array[] = [];
  for (const _ of wholePrograms(terms, task, bits, (_place, _parts, _arity, code, length) => {
    code[length] = 0;
    codes.push(code.slice(0, length + 1));
  }));
  return codes;
}
