/** Genetic programming: tournaments, exchange of parts between two programs, random parts. Koza 1992, with sorts as in Montana 1995. */
import {
  InputError,
  type Key,
  type Program,
  type ProgramScore,
  type ProgramTask,
  Random,
} from "../../core/index.ts";
import { breathing } from "./breathe.ts";
import { better, type Visited } from "./local.ts";
import { drawTerm, programBits, replaceTerm, termEnd } from "./terms.ts";

export interface GeneticOptions {
  readonly key: Key;
  readonly population: number;
  /** Programs drawn for each parent; the best of them is taken. */
  readonly tournament?: number;
  /** Share of children made from two parents; the others are made from one by a random part. */
  readonly crossover?: number;
  readonly maxBits: number;
  readonly evaluations: number;
  readonly until?: (program: Program, score: ProgramScore) => boolean;
  readonly signal?: AbortSignal;
}

export interface GeneticResult {
  readonly best: Visited;
  readonly reached: Visited | undefined;
  readonly evaluations: number;
  readonly generations: number;
  /** The line of descent of what was reached, or else of the best, its oldest ancestor first (first parents only). */
  readonly path: readonly Visited[];
}

interface Member extends Visited {
  readonly parent: Member | undefined;
}

/**
 * Breeds until `until` is met or the evaluations are spent; the best program of a generation always lives on.
 * @throws InputError for numbers that mean nothing, and the signal's reason when aborted.
 */
export async function geneticSearch(
  task: ProgramTask,
  options: GeneticOptions,
): Promise<GeneticResult> {
  const { population, tournament = 4, crossover = 0.7, maxBits } = options;
  for (const [name, value] of Object.entries({ population, tournament, maxBits }))
    if (!Number.isInteger(value) || value < 1)
      throw new InputError(`${name} is a whole number of at least 1, not ${value}`);
  if (!(options.evaluations >= population))
    throw new InputError(`evaluations must be at least the population, ${population}`);
  const { language } = task;
  const until = options.until ?? ((_, { solved }) => solved);
  const random = new Random(options.key);
  let evaluations = 0;
  let reached: Member | undefined;
  let best: Member | undefined;
  const enter = (program: Program, parent: Member | undefined): Member => {
    evaluations++;
    const bits = programBits(language, program);
    const member = { program, bits, ...task.score(program), parent };
    if (!best || better(member, best)) best = member;
    if (!reached && until(program, member)) reached = member;
    return member;
  };
  const newcomer = (): Member => {
    for (;;) {
      const program = drawTerm(language, language.root, random, maxBits);
      if (program) return enter(program, undefined);
    }
  };
  let members: Member[] = [];
  const select = (): Member => {
    let winner = members[random.integer(members.length)]!;
    for (let i = 1; i < tournament; i++) {
      const other = members[random.integer(members.length)]!;
      if (better(other, winner)) winner = other;
    }
    return winner;
  };
  /** A child of one parent, or of two; the parent itself where the child would be too long. */
  const breed = (): Member => {
    const parent = select();
    const at = random.integer(parent.program.length);
    const sort = language.productions[parent.program[at]!]!.sort;
    const term =
      random.uniform() < crossover
        ? partOf(select().program, sort)
        : drawTerm(language, sort, random, maxBits);
    const program = term && replaceTerm(language, parent.program, at, term);
    if (!program || programBits(language, program) > maxBits) return enter(parent.program, parent);
    return enter(program, parent);
  };
  /** A random part of this sort; undefined if there is none. */
  const partOf = (program: Program, sort: number): Program | undefined => {
    const places = Array.from(program.keys()).filter(
      (at) => language.productions[program[at]!]!.sort === sort,
    );
    if (places.length === 0) return undefined;
    const at = places[random.integer(places.length)]!;
    return program.subarray(at, termEnd(language, program, at));
  };

  let generations = 0;
  function* breeding(): Generator<void> {
    while (members.length < population && !reached) {
      members.push(newcomer());
      yield;
    }
    while (!reached && evaluations < options.evaluations) {
      const next = [best!];
      while (next.length < population && !reached && evaluations < options.evaluations) {
        next.push(breed());
        if (evaluations % 64 === 0) yield;
      }
      members = next;
      generations++;
      yield;
    }
  }
  for await (const _ of breathing(options.signal)(breeding()));
  const path: Member[] = [];
  for (let member: Member | undefined = reached ?? best; member; member = member.parent)
    path.unshift(member);
  return { best: best!, reached, evaluations, generations, path };
}
