/** Languages: which primitives there are and the length of each one's code word, a prefix code for every sort. */
import { InputError, type Program, type ProgramLanguage, unknownName } from "../../core/index.ts";
import { type PrimitiveName, placeOf, primitives, Sort, sortNames } from "./primitives.ts";

/** Bits of the code words; what is not priced is not in the language. */
export type Prices = Partial<Readonly<Record<PrimitiveName, number>>>;

/** A language with its code words. */
export interface GridLanguage extends ProgramLanguage {
  readonly description: string;
  readonly prices: Prices;
  /** Code words, strings of 0 and 1, by primitive; none where the language lacks it. */
  readonly words: readonly (string | undefined)[];
}

/**
 * Makes a language. Within each sort the code words are those of the canonical code of these lengths (Schwartz and
 * Kallick 1964): by length, then in the order of the list of primitives.
 * @throws InputError for a price that is no whole number from 1 to 64, or prices that no prefix code has (Kraft).
 */
export function gridLanguage(id: string, description: string, prices: Prices): GridLanguage {
  const words: (string | undefined)[] = primitives.map(() => undefined);
  for (const name of Object.keys(prices))
    if (!(name in placeOf))
      throw new InputError(unknownName("primitive", name, Object.keys(placeOf)));
  sortNames.forEach((sortName, sort) => {
    const members = primitives
      .map(({ name, sort: s }, place) => ({ name, place, s, bits: prices[name] }))
      .filter(({ s, bits }) => s === sort && bits !== undefined)
      .sort((a, b) => a.bits! - b.bits!);
    let next = 0n;
    let length = 0;
    for (const { name, place, bits } of members) {
      if (!Number.isInteger(bits) || bits! < 1 || bits! > 64)
        throw new InputError(`the price of '${name}' is a whole number from 1 to 64, not ${bits}`);
      next <<= BigInt(bits! - length);
      length = bits!;
      if (next >> BigInt(length) > 0n)
        throw new InputError(
          `language '${id}': no prefix code has these prices for ${sortName}; some must be larger`,
        );
      words[place] = next.toString(2).padStart(length, "0");
      next++;
    }
  });
  return {
    id,
    description,
    root: Sort.block,
    prices,
    words,
    productions: primitives.map((primitive) => ({
      ...primitive,
      bits: prices[primitive.name] ?? Number.POSITIVE_INFINITY,
    })),
  };
}

/** A language with some prices changed; `undefined` takes a primitive away. */
export function repriced(
  language: GridLanguage,
  id: string,
  description: string,
  changes: Readonly<Partial<Record<PrimitiveName, number | undefined>>>,
): GridLanguage {
  const prices = Object.fromEntries(
    Object.entries({ ...language.prices, ...changes }).filter(([, bits]) => bits !== undefined),
  );
  return gridLanguage(id, description, prices);
}

/** Length of the program in bits; infinite if it uses what the language lacks. */
export function bitsOf(language: ProgramLanguage, program: Program): number {
  let bits = 0;
  for (const place of program) bits += language.productions[place]!.bits;
  return bits;
}

/**
 * The program as a string of 0 and 1.
 * @throws InputError for a primitive that the language lacks.
 */
export function encode(language: GridLanguage, program: Program): string {
  return Array.from(program, (place) => {
    const word = language.words[place];
    if (word === undefined)
      throw new InputError(
        `the language '${language.id}' has no '${primitives[place]!.name}'; ` +
          `its primitives: ${Object.keys(language.prices).join(", ")}`,
      );
    return word;
  }).join("");
}

/**
 * The program that a string of 0 and 1 begins with, and how many digits it takes.
 * @throws InputError if no program begins so.
 */
export function decode(language: GridLanguage, text: string): { program: Program; bits: number } {
  const places: number[] = [];
  const wanted: number[] = [language.root];
  let at = 0;
  while (wanted.length > 0) {
    const sort = wanted.pop()!;
    const place = language.words.findIndex(
      (word, i) => word !== undefined && primitives[i]!.sort === sort && text.startsWith(word, at),
    );
    if (place < 0)
      throw new InputError(`no code word of ${sortNames[sort]} begins at digit ${at + 1}`);
    places.push(place);
    at += language.words[place]!.length;
    wanted.push(...[...primitives[place]!.args].reverse());
  }
  return { program: Uint8Array.from(places), bits: at };
}

const blocks: Prices = { end: 1, more: 1 };
const moves: Prices = { step: 3, left: 3, right: 3, mark: 3, if: 3, while: 3, loop: 3 };
const comparing: Prices = { clear: 2, marked: 2, not: 2, less: 2 };

const search = gridLanguage(
  "search",
  "choose, try-and-undo and compare, at even prices: search is cheap to write",
  {
    ...blocks,
    ...moves,
    else: 4,
    choose: 4,
    ...comparing,
    ...{ scent: 2, marks: 2, weight: 2, try: 2 },
  },
);

/** Few primitives, so that exhaustion reaches further; search tells by marks alone where it has been. */
const few: Prices = { ...blocks, step: 2, left: 2, mark: 3, while: 3, loop: 3 };

/** The languages that come with the lab, from the one in which search is cheapest to the one without it. */
export const languages: Readonly<Record<string, GridLanguage>> = Object.fromEntries(
  [
    repriced(search, "cheap", "as 'search', but choose costs 2 bits and the rest more", {
      ...{ choose: 2, if: 4, else: 4, while: 4, mark: 4 },
    }),
    search,
    repriced(search, "dear", "as 'search', but choose, try and compare cost 4 bits more", {
      ...{ choose: 8, less: 6, try: 6 },
    }),
    repriced(search, "try", "try-and-undo and compare, without choose", {
      ...{ choose: undefined, else: 3 },
    }),
    gridLanguage("sense", "compare, of what is seen in neighbouring cells; nothing is tried", {
      ...{ ...blocks, ...moves, else: 3, ...comparing },
      ...{ marks: 2, ahead: 2, scent: 3, weight: 3, toleft: 3, toright: 3 },
    }),
    gridLanguage("reflex", "tests of the cell ahead alone; nothing is tried or compared", {
      ...{ ...blocks, ...moves, else: 3, clear: 1, marked: 2, not: 2 },
    }),
    gridLanguage("small-search", "few primitives, with choose", {
      ...{ ...few, choose: 3, clear: 1, marked: 1, marks: 1, scent: 1 },
    }),
    gridLanguage("small-try", "few primitives, with try-and-undo and compare", {
      ...{ ...few, if: 3, less: 1, clear: 2, marked: 2, marks: 1, try: 1 },
    }),
    gridLanguage("small-sense", "few primitives, with compare of what is seen near by", {
      ...{ ...few, if: 3, less: 1, clear: 2, marked: 2, marks: 1, ahead: 2, toleft: 2 },
    }),
    gridLanguage("small-reflex", "few primitives, tests of the cell ahead alone", {
      ...{ ...few, if: 3, clear: 1, marked: 2, not: 2 },
    }),
  ].map((language) => [language.id, language]),
);

/** @throws InputError for a name that is none. */
export function languageNamed(id: string, place?: string): GridLanguage {
  const found = Object.hasOwn(languages, id) ? languages[id] : undefined;
  if (found) return found;
  const message = unknownName("language", id, Object.keys(languages));
  throw new InputError(message, place === undefined ? {} : { place });
}
