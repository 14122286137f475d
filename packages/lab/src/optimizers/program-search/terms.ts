/** Terms in prefix notation: where their parts end, random ones, exchanging one for another. */
import { InputError, type Program, type ProgramLanguage, type Random } from "../../core/index.ts";

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
 * A random term of a sort: each production with probability 2^-bits, so that a term of b bits has probability
 * 2^-b (what a slack code leaves over goes to all in proportion); drawn again when longer than `maxBits`.
 */
export function randomTerm(
  language: ProgramLanguage,
  sort: number,
  random: Random,
  maxBits: number,
): Program {
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const places: number[] = [];
    const wanted = [sort];
    let bits = 0;
    while (wanted.length > 0 && bits <= maxBits) {
      const place = drawProduction(language, wanted.pop()!, random);
      const { args, bits: price } = language.productions[place]!;
      places.push(place);
      bits += price;
      for (let i = args.length - 1; i >= 0; i--) wanted.push(args[i]!);
    }
    if (wanted.length === 0 && bits <= maxBits) return Uint8Array.from(places);
  }
  throw new InputError(`no term of sort ${sort} was found within ${maxBits} bits`);
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
