/**
 * Local search over programs: Metropolis and Hastings' chain (1970), and hill climbing, its limit of temperature 0.
 * A move puts a random term in the place of one that is drawn evenly from the program's.
 */
import {
  InputError,
  type Key,
  type Program,
  type ProgramScore,
  type ProgramTask,
  Random,
} from "../../core/index.ts";
import { breathing } from "./breathe.ts";
import { drawTerm, log2Probability, programBits, replaceTerm, termEnd } from "./terms.ts";

export interface LocalSearchOptions {
  readonly key: Key;
  /** In units of the score; 0 climbs: a lower target is never accepted. */
  readonly temperature: number;
  /** What a bit of length costs, in units of the score. */
  readonly bitPrice: number;
  /** Longer programs are not moved to. */
  readonly maxBits: number;
  /** Programs that may be evaluated. */
  readonly evaluations: number;
  /** Starts again from a random program after so many evaluations without a new best; never if left out. */
  readonly patience?: number;
  /** Ends the search; at a program that solves every instance unless told otherwise. */
  readonly until?: (program: Program, score: ProgramScore) => boolean;
  /** Where to start; a random program if left out. */
  readonly start?: Program;
  readonly signal?: AbortSignal;
}

/** A program with what it came to. */
export interface Visited extends ProgramScore {
  readonly program: Program;
  readonly bits: number;
}

export interface LocalSearchResult {
  /** The best by score, then by length. */
  readonly best: Visited;
  /** Whether `until` was met, and by which program. */
  readonly reached: Visited | undefined;
  readonly evaluations: number;
  readonly restarts: number;
  /** Programs moved to since the last start, that one first (the last 100,000). */
  readonly path: readonly Visited[];
}

const longestPath = 100_000;

/**
 * Searches until `until` is met or the evaluations are spent. At a temperature T the chain's distribution is
 * proportional to exp((score - bitPrice * bits) / T).
 * @throws InputError for numbers that mean nothing, and the signal's reason when aborted.
 */
export async function localSearch(
  task: ProgramTask,
  options: LocalSearchOptions,
): Promise<LocalSearchResult> {
  check(options);
  const { language } = task;
  const { temperature, bitPrice, maxBits } = options;
  const until = options.until ?? ((_, { solved }) => solved);
  const random = new Random(options.key);
  const visit = (program: Program): Visited => ({
    program,
    bits: programBits(language, program),
    ...task.score(program),
  });
  const target = ({ score, bits }: Visited) => score - bitPrice * bits;
  const begin = (): Visited => {
    for (;;) {
      const program = drawTerm(language, language.root, random, maxBits);
      if (program) return visit(program);
    }
  };

  let current = options.start ? visit(options.start) : begin();
  let best = current;
  let path = [current];
  let evaluations = 1;
  let restarts = 0;
  let sinceBest = 0;
  let bestSinceStart = target(current);
  let reached = until(current.program, current) ? current : undefined;
  function* moves(): Generator<void> {
    while (!reached && evaluations < options.evaluations) {
      if (options.patience !== undefined && sinceBest >= options.patience) {
        restarts++;
        current = begin();
        evaluations++;
        path = [current];
        sinceBest = 0;
        bestSinceStart = target(current);
      } else {
        sinceBest++;
        const next = propose(current);
        if (next) {
          current = next;
          path.push(next);
          if (path.length > 2 * longestPath) path = path.slice(-longestPath);
          if (target(next) > bestSinceStart) {
            bestSinceStart = target(next);
            sinceBest = 0;
          }
        }
      }
      if (better(current, best)) best = current;
      if (until(current.program, current)) reached = current;
      if (evaluations % 64 === 0) yield;
    }
  }
  /** The program moved to, or undefined where the chain stays. */
  const propose = (from: Visited): Visited | undefined => {
    const at = random.integer(from.program.length);
    const sort = language.productions[from.program[at]!]!.sort;
    const term = drawTerm(language, sort, random, maxBits);
    // Also what is rejected unseen counts: else a search could turn for ever without spending anything.
    evaluations++;
    if (!term) return undefined;
    const old = from.program.subarray(at, termEnd(language, from.program, at));
    const program = replaceTerm(language, from.program, at, term);
    if (programBits(language, program) > maxBits) return undefined;
    const next = visit(program);
    const gain = target(next) - target(from);
    if (temperature === 0) return gain >= 0 ? next : undefined;
    const log2Ratio =
      gain / temperature / Math.LN2 +
      Math.log2(from.program.length / program.length) +
      log2Probability(language, old) -
      log2Probability(language, term);
    return log2Ratio >= 0 || random.uniform() < 2 ** log2Ratio ? next : undefined;
  };
  for await (const _ of breathing(options.signal)(moves()));
  return { best, reached, evaluations, restarts, path: path.slice(-longestPath) };
}

/** Higher score, then fewer bits. */
export function better(a: Visited, b: Visited): boolean {
  return a.score > b.score || (a.score === b.score && a.bits < b.bits);
}

function check({
  temperature,
  bitPrice,
  maxBits,
  evaluations,
  patience,
}: LocalSearchOptions): void {
  if (!(temperature >= 0))
    throw new InputError(`the temperature is at least 0, not ${temperature}`);
  if (!(bitPrice >= 0)) throw new InputError(`the price of a bit is at least 0, not ${bitPrice}`);
  for (const [name, value] of Object.entries({ maxBits, evaluations, patience: patience ?? 1 }))
    if (!(value >= 1)) throw new InputError(`${name} is at least 1, not ${value}`);
}
