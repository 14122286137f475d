import { describe, expect, it } from "vitest";
import {
  assemble,
  enumerableGrids,
  type GridLanguage,
  gridLanguage,
  languages,
  type Prices,
  primitives,
  printProgram,
  runOnGrids,
  Sort,
} from "../../architectures/index.ts";
import { keyOf, type Program } from "../../core/index.ts";
import { enumeratePrograms, lengthTimeFrontier, levinSearch } from "../../optimizers/index.ts";
import { sampleMazes } from "./mazes.ts";

/** Every program of exactly these bits, by nothing but the grammar. */
function everyProgram(language: GridLanguage, bits: number): Program[] {
  const kept = new Map<string, number[][]>();
  const terms = (sort: number, budget: number): number[][] => {
    const key = `${sort} ${budget}`;
    const found = kept.get(key);
    if (found) return found;
    const list: number[][] = [];
    primitives.forEach(({ sort: s, args }, place) => {
      const price = language.productions[place]!.bits;
      if (s !== sort || price > budget) return;
      const fill = (at: number, left: number, term: number[]): void => {
        if (at === args.length) {
          if (left === 0) list.push(term);
          return;
        }
        for (let own = 1; own <= left; own++)
          for (const part of terms(args[at]!, own)) fill(at + 1, left - own, [...term, ...part]);
      };
      fill(0, budget - price, [place]);
    });
    kept.set(key, list);
    return list;
  };
  return terms(Sort.block, bits).map((places) => Uint8Array.from(places));
}

/** The shortest solvers by brute force: every program of every length run on every maze, nothing left out. */
function bruteForce(
  language: GridLanguage,
  mazes: Parameters<typeof enumerableGrids>[1],
  maxBits: number,
  fuel: number,
) {
  const task = enumerableGrids(language, mazes, fuel);
  const room = new Uint16Array(256);
  for (let bits = 1; bits <= maxBits; bits++) {
    const solvers = everyProgram(language, bits).filter((program) => {
      const code = assemble(program);
      room.set(code);
      return task.solves(room, code.length - 1);
    });
    if (solvers.length > 0) return { bits, solvers: solvers.map(printProgram).sort() };
  }
  return undefined;
}

const blocks: Prices = { end: 1, more: 1 };
/** Languages with low prices, so that loops, marks, trials and comparisons all fit in few bits. */
const cheap: readonly GridLanguage[] = [
  gridLanguage("moves", "", { ...blocks, step: 1, left: 2, right: 2 }),
  gridLanguage("loops", "", { ...blocks, step: 2, left: 2, while: 2, loop: 2, clear: 1, not: 1 }),
  gridLanguage("marks", "", {
    ...blocks,
    step: 2,
    left: 3,
    mark: 3,
    loop: 2,
    else: 2,
    marked: 1,
    clear: 2,
    not: 2,
  }),
  gridLanguage("choice", "", {
    ...blocks,
    step: 2,
    mark: 2,
    loop: 2,
    choose: 2,
    marks: 1,
    scent: 1,
  }),
  gridLanguage("trial", "", {
    ...blocks,
    step: 2,
    left: 2,
    loop: 2,
    if: 2,
    less: 1,
    scent: 1,
    try: 1,
  }),
  gridLanguage("sight", "", {
    ...blocks,
    step: 2,
    left: 2,
    loop: 2,
    if: 2,
    less: 1,
    weight: 2,
    ahead: 1,
    toleft: 2,
  }),
];

describe.each(cheap)("enumeration in the language of $id", (language) => {
  const maxBits = language.id === "moves" ? 17 : 15;
  const mazes = [1, 2, 3, 4, 5, 6].map((seed) =>
    sampleMazes(
      { width: 3, height: 3, loops: 0.4, weights: 3, ...(seed % 2 ? { slack: 1.5 } : {}) },
      1 + (seed % 2),
      keyOf(seed),
    ),
  );

  it("finds the length and the very programs that brute force finds without leaving anything out", async () => {
    let solved = 0;
    for (const set of mazes) {
      const fuel = 60;
      const brute = bruteForce(language, set, maxBits, fuel);
      for (const prune of [true, false]) {
        const found = await enumeratePrograms(enumerableGrids(language, set, fuel), {
          maxBits,
          prune,
          maxSolvers: 100_000,
        });
        expect(found.bits).toBe(brute?.bits);
        expect(found.certifiedBelow).toBe(brute?.bits ?? maxBits + 1);
        expect(found.solvers.map(printProgram).sort()).toEqual(brute?.solvers ?? []);
      }
      if (brute) solved++;
    }
    expect(solved).toBeGreaterThan(0);
  });
});

describe.each(cheap)("length and time in the language of $id", (language) => {
  const mazes = sampleMazes({ width: 3, height: 3, loops: 0.4, weights: 1 }, 1, keyOf(11));
  const fuel = 60;
  const task = enumerableGrids(language, mazes, fuel);
  const maxBits = language.id === "moves" ? 17 : 15;
  /** The fewest steps of any program of each length, each program run on its own. */
  const fewest = Array.from({ length: maxBits + 1 }, (_, bits) => {
    let least = Number.POSITIVE_INFINITY;
    for (const program of bits === 0 ? [] : everyProgram(language, bits)) {
      const runs = runOnGrids(assemble(program), mazes, { fuel });
      if (runs.every(({ solved }) => solved))
        least = Math.min(
          least,
          runs.reduce((sum, { steps }) => sum + steps, 0),
        );
    }
    return least;
  });

  it("the frontier is that of brute force", async () => {
    const expected: [number, number][] = [];
    fewest.forEach((steps, bits) => {
      if (steps < (expected.at(-1)?.[1] ?? Number.POSITIVE_INFINITY)) expected.push([bits, steps]);
    });
    const { points } = await lengthTimeFrontier(task, { maxBits });
    expect(points.map(({ bits, steps }) => [bits, steps])).toEqual(expected);
  });

  it("Levin search finds the least bits + log2 steps", async () => {
    const costs = fewest.map((steps, bits) => bits + Math.log2(steps));
    const least = Math.min(...costs);
    // Longer programs than brute force went through cannot cost less than this.
    const sure = maxBits + 1 + Math.log2(task.leastSteps);
    const { best, certifiedBelow } = await levinSearch(task, { maxPhase: Math.floor(sure) });
    if (least <= Math.floor(sure)) expect(best?.cost).toBeCloseTo(least, 10);
    else expect(best).toBeUndefined();
    expect(certifiedBelow).toBeCloseTo(best?.cost ?? Math.floor(sure), 10);
  });
});

it("leaves nothing out by length: without pruning every program is executed once", async () => {
  const language = cheap[2]!;
  const [maze] = sampleMazes(
    { width: 4, height: 4, loops: 0, weights: 1, distance: 8 },
    1,
    keyOf(3),
  );
  const found = await enumeratePrograms(enumerableGrids(language, [maze!], 50), {
    maxBits: 13,
    prune: false,
  });
  for (const { bits, programs } of found.levels)
    expect(programs).toBe(everyProgram(language, bits).length);
});

it("stops when it is told to", async () => {
  const mazes = sampleMazes({ width: 5, height: 5, loops: 0.3, weights: 3 }, 4, keyOf(1));
  const task = enumerableGrids(languages["sense"]!, mazes, 200);
  await expect(
    enumeratePrograms(task, { maxBits: 60, signal: AbortSignal.timeout(100) }),
  ).rejects.toThrow(/timeout/);
  const few = await enumeratePrograms(task, { maxBits: 60, maxPrograms: 5000 });
  expect(few.bits).toBeUndefined();
  expect(few.certifiedBelow).toBeLessThan(25);
});
