/** From the solvers that exhaustive search kept to all of their length: equally long parts with the same effect are put in. */
import type { EnumerableTask, Program, ProgramLanguage } from "../../core/index.ts";
import { termEnd } from "./terms.ts";

/**
 * All programs that come from `solvers` by putting left-out terms in the place of kept ones, and that solve the task
 * too; at most `most`.
 */
export function exchangeParts(
  task: EnumerableTask,
  solvers: readonly Program[],
  exchanges: ReadonlyMap<string, readonly Program[]>,
  most: number,
): Program[] {
  const found = new Map(solvers.map((program) => [program.join(), program]));
  // A program made by one exchange is looked through in turn, even if it is too slow to solve the task itself.
  const queue = [...solvers];
  const known = new Set(found.keys());
  for (let at = 0; at < queue.length && found.size < most && queue.length < 10 * most; at++)
    for (const program of neighbours(task.language, queue[at]!, exchanges)) {
      const key = program.join();
      if (known.has(key)) continue;
      known.add(key);
      queue.push(program);
      if (found.size < most && solvesNotation(task, program)) found.set(key, program);
    }
  return [...found.values()];
}

/** Programs that one exchange leads to: of a term, or of some statements in a row within a sequence. */
function* neighbours(
  language: ProgramLanguage,
  program: Program,
  exchanges: ReadonlyMap<string, readonly Program[]>,
): Generator<Program> {
  for (let from = 0; from < program.length; from++) {
    const end = termEnd(language, program, from);
    for (const term of exchanges.get(program.subarray(from, end).join()) ?? [])
      yield spliced(program, from, end, term);
    const close = closing(language, program[from]!);
    if (close === undefined) continue;
    // The run may stop before the sequence does: then its own end is left out of what is put in.
    for (let stop = from; program[stop] === program[from]; ) {
      stop = termEnd(language, program, stop + 1);
      const run = Uint8Array.of(...program.subarray(from, stop), close);
      for (const term of exchanges.get(run.join()) ?? [])
        yield spliced(program, from, stop, term.subarray(0, -1));
    }
  }
}

/** The production that ends sequences which this production lengthens; undefined if it does no such thing. */
function closing(language: ProgramLanguage, place: number): number | undefined {
  const { sort, args } = language.productions[place]!;
  if (args.length !== 2 || args[1] !== sort || args[0] === sort) return undefined;
  return language.productions.findIndex((other) => other.sort === sort && other.args.length === 0);
}

function spliced(program: Program, from: number, end: number, term: Program): Program {
  return Uint8Array.of(...program.subarray(0, from), ...term, ...program.subarray(end));
}

function solvesNotation(task: EnumerableTask, program: Program): boolean {
  const code = new Uint16Array(1 << 16);
  const pieces: Uint16Array[] = [];
  for (let at = program.length - 1; at >= 0; at--) {
    const { args } = task.language.productions[program[at]!]!;
    const parts = args.map(() => pieces.pop()!);
    const words = Uint16Array.from(parts.flatMap((piece) => [...piece]));
    const ends: number[] = [];
    for (const { length } of parts) ends.push((ends.at(-1) ?? 0) + length);
    const starts = ends.map((end, i) => end - parts[i]!.length);
    pieces.push(code.slice(0, task.emit(program[at]!, words, starts, ends, code, 0)));
  }
  code.set(pieces[0]!);
  return task.solves(code, pieces[0]!.length);
}
