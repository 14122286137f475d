/** Terms in prefix notation: where their parts end, random ones, exchanging one for another. */
import type { Program, ProgramLanguage, Random } from "../../core/index.ts";

/** Where the term that begins at `from` ends. */
export function termEnd(language: ProgramLanguage, program: Program, from: number): number {
  let wanted = 1;
  let at = from;
  while (wanted > 0) wanted += language.productions[program[at++]!]!.args.length - 1;
  return at;
}

/** Description length in bits. */
export function programBits(language: ProgramLanguage, program: Program): number {
  let bits = 0;
  for (const place of program) bits += language.productions[place]!.bits;
  return bits;
}

/**
 * A random term of a sort, each production with probability 2^-bits, so that a term of b bits has probability 2^-b
 * (what a code leaves unused goes to all in proportion); undefined when it comes out longer than `maxBits`.
 */
export function drawTerm(
  language: ProgramLanguage,
  sort: number,
  random: Random,
  maxBits: number,
): Program | undefined {
  const places: number[] = [];
  const wanted = [sort];
  let bits = 0;
  while (wanted.length > 0) {
    const place = drawProduction(language, wanted.pop()!, random);
    const { args, bits: price } = language.productions[place]!;
    places.push(place);
    bits += price;
    if (bits > maxBits) return undefined;
    for (let i = args.length - 1; i >= 0; i--) wanted.push(args[i]!);
  }
  return Uint8Array.from(places);
}

/** Logarithm to base 2 of the probability with which `drawTerm` draws this term. */
export function log2Probability(language: ProgramLanguage, term: Program): number {
  let total = 0;
  for (const place of term) {
    const { sort, bits } = language.productions[place]!;
    total -= bits + Math.log2(massOf(language, sort));
  }
  return total;
}

const masses = new WeakMap<ProgramLanguage, Map<number, number>>();

/** Sum of 2^-bits over the productions of a sort: 1 where its code leaves nothing unused. */
function massOf(language: ProgramLanguage, sort: number): number {
  let bySort = masses.get(language);
  if (!bySort) {
    bySort = new Map();
    for (const { sort: s, bits } of language.productions)
      bySort.set(s, (bySort.get(s) ?? 0) + 2 ** -bits);
    masses.set(language, bySort);
  }
  return bySort.get(sort)!;
}

function drawProduction(language: ProgramLanguage, sort: number, random: Random): number {
  let mass = 0;
  const { productions } = language;
  for (const production of productions) if (production.sort === sort) mass += 2 ** -production.bits;
  let u = random.uniform() * mass;
  let last = -1;
  for (let place = 0; place < productions.length; place++) {
    const production = productions[place]!;
    if (production.sort !== sort || production.bits === Number.POSITIVE_INFINITY) continue;
    last = place;
    u -= 2 ** -production.bits;
    if (u < 0) break;
  }
  return last;
}

/** The program with the term at `from` exchanged for another of the same sort. */
export function replaceTerm(
  language: ProgramLanguage,
  program: Program,
  from: number,
  term: Program,
): Program {
  const end = termEnd(language, program, from);
  const result = new Uint8Array(program.length - (end - from) + term.length);
  result.set(program.subarray(0, from));
  result.set(term, from);
  result.set(program.subarray(end), from + term.length);
  return result;
}
