/** What exhaustive search needs to know of a language beyond its productions. */
import { InputError, type Production, type ProgramLanguage } from "../../core/index.ts";

/** The language's productions by sort, with whole prices, and the least bits of terms and of what encloses them. */
export interface Grammar {
  /** Productions that have a price, with their places, by sort. */
  readonly bySort: readonly (readonly (Production & { readonly place: number })[])[];
  /** Least bits of a term of each sort. */
  readonly least: readonly number[];
  /** Least bits of what must stand around a proper part of each sort in a whole program. */
  readonly around: readonly number[];
}

/** @throws InputError for prices that are not whole numbers of at least 1. */
export function grammarOf(language: ProgramLanguage): Grammar {
  const sorts = 1 + Math.max(...language.productions.map(({ sort }) => sort));
  const bySort = Array.from({ length: sorts }, (_, sort) =>
    language.productions
      .map((production, place) => ({ ...production, place }))
      .filter((production) => production.sort === sort && Number.isFinite(production.bits)),
  );
  for (const { name, bits } of bySort.flat())
    if (!Number.isInteger(bits) || bits < 1)
      throw new InputError(
        `exhaustive search takes whole prices of at least 1 bit; '${name}' has ${bits}`,
      );
  const least = new Array<number>(sorts).fill(Number.POSITIVE_INFINITY);
  const sum = (args: readonly number[]) => args.reduce((total, arg) => total + least[arg]!, 0);
  settle(() => {
    for (const { sort, bits, args } of bySort.flat())
      least[sort] = Math.min(least[sort]!, bits + sum(args));
    return least;
  });
  const around = new Array<number>(sorts).fill(Number.POSITIVE_INFINITY);
  settle(() => {
    for (const { sort, bits, args } of bySort.flat())
      args.forEach((arg, i) => {
        const others = bits + sum(args.filter((_, j) => j !== i));
        const outer = sort === language.root ? 0 : around[sort]!;
        around[arg] = Math.min(around[arg]!, others + outer);
      });
    return around;
  });
  return { bySort, least, around };
}

/** Repeats until nothing changes. */
function settle(round: () => readonly number[]): void {
  for (let before = ""; ; ) {
    const after = round().join();
    if (after === before) return;
    before = after;
  }
}
