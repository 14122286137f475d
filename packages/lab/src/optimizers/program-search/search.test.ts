import { describe, expect, it } from "vitest";
import {
  keyOf,
  type Program,
  type ProgramLanguage,
  type ProgramTask,
  Random,
} from "../../core/index.ts";
import {
  drawTerm,
  geneticSearch,
  type LocalSearchOptions,
  localSearch,
  programBits,
  termEnd,
} from "./index.ts";
import { log2Probability } from "./terms.ts";

/** Numbers as sums: `one`, `double x`, `plus x y`. */
const sums: ProgramLanguage = {
  id: "sums",
  root: 0,
  productions: [
    { name: "one", sort: 0, args: [], bits: 1 },
    { name: "double", sort: 0, args: [0], bits: 2 },
    { name: "plus", sort: 0, args: [0, 0], bits: 2 },
  ],
};

function numberOf(program: Program): number {
  let at = 0;
  const value = (): number => {
    const place = program[at++];
    return place === 0 ? 1 : place === 1 ? 2 * value() : value() + value();
  };
  return value();
}

const toward = (goal: number): ProgramTask => ({
  language: sums,
  score: (program) => {
    const distance = Math.abs(numberOf(program) - goal);
    return { score: -distance, solved: distance === 0, steps: program.length };
  },
});

/** All terms of at most these bits. */
function everyTerm(maxBits: number): Program[] {
  const exactly = (bits: number): number[][] => {
    if (bits < 1) return [];
    const list: number[][] = bits === 1 ? [[0]] : exactly(bits - 2).map((term) => [1, ...term]);
    for (let left = 1; left < bits - 2; left++)
      for (const a of exactly(left))
        for (const b of exactly(bits - 2 - left)) list.push([2, ...a, ...b]);
    return list;
  };
  return Array.from({ length: maxBits }, (_, i) => exactly(i + 1))
    .flat()
    .map((term) => Uint8Array.from(term));
}

describe("random terms", () => {
  it("come with probability 2^-bits", () => {
    const random = new Random(keyOf(1));
    const counts = new Map<string, number>();
    const draws = 100_000;
    for (let i = 0; i < draws; i++) {
      const term = drawTerm(sums, 0, random, 9);
      if (term) counts.set(term.join(), (counts.get(term.join()) ?? 0) + 1);
    }
    for (const term of everyTerm(7)) {
      const expected = 2 ** -programBits(sums, term);
      expect(2 ** log2Probability(sums, term)).toBeCloseTo(expected, 12);
      const share = (counts.get(term.join()) ?? 0) / draws;
      // Five standard errors of a binomial share.
      expect(Math.abs(share - expected)).toBeLessThan(5 * Math.sqrt(expected / draws));
    }
  });
});

describe("local search", () => {
  const options: LocalSearchOptions = {
    key: keyOf(3),
    temperature: 2,
    bitPrice: 0.5,
    maxBits: 9,
    evaluations: 400_000,
  };

  it("visits programs as often as its distribution says, exp((score - price * bits) / T)", async () => {
    const task = toward(4);
    const terms = everyTerm(9);
    const weight = (term: Program) =>
      Math.exp((task.score(term).score - 0.5 * programBits(sums, term)) / 2);
    const total = terms.reduce((sum, term) => sum + weight(term), 0);
    const visits = new Map<string, number>();
    await localSearch(task, {
      ...options,
      until: (program) => {
        visits.set(program.join(), (visits.get(program.join()) ?? 0) + 1);
        return false;
      },
    });
    let variation = 0;
    for (const term of terms)
      variation += Math.abs((visits.get(term.join()) ?? 0) / 400_000 - weight(term) / total) / 2;
    expect(terms.length).toBeGreaterThan(20);
    expect(variation).toBeLessThan(0.02);
  });

  it("never goes down at temperature 0, and starts again when it is stuck", async () => {
    const result = await localSearch(toward(1000), {
      ...options,
      temperature: 0,
      bitPrice: 0.01,
      maxBits: 60,
      evaluations: 20_000,
      patience: 500,
    });
    const targets = result.path.map(({ score, bits }) => score - 0.01 * bits);
    targets.slice(1).forEach((target, i) => {
      expect(target).toBeGreaterThanOrEqual(targets[i]!);
    });
    if (!result.reached) expect(result.restarts).toBeGreaterThan(0);
  });

  it("reaches a goal, and does the same again from the same key", async () => {
    const search = () =>
      localSearch(toward(24), { ...options, temperature: 0.5, bitPrice: 0.1, maxBits: 30 });
    const first = await search();
    expect(numberOf(first.reached!.program)).toBe(24);
    expect(first.path.at(-1)!.program).toEqual(first.reached!.program);
    expect(await search()).toEqual(first);
  });

  it("refuses what means nothing", async () => {
    await expect(localSearch(toward(1), { ...options, temperature: -1 })).rejects.toThrow(
      "the temperature is at least 0, not -1",
    );
    await expect(localSearch(toward(1), { ...options, evaluations: Number.NaN })).rejects.toThrow(
      "evaluations is at least 1, not NaN",
    );
  });
});

describe("genetic programming", () => {
  const options = { key: keyOf(5), population: 100, maxBits: 60, evaluations: 50_000 };

  it("reaches a goal, keeps to the length, and does the same again from the same key", async () => {
    const search = () => geneticSearch(toward(360), options);
    const first = await search();
    expect(numberOf(first.reached!.program)).toBe(360);
    expect(await search()).toEqual(first);
    for (const { program, bits } of first.path) {
      expect(termEnd(sums, program, 0)).toBe(program.length);
      expect(bits).toBeLessThanOrEqual(60);
    }
  });

  it("never loses its best", async () => {
    const scores: number[] = [];
    let best = Number.NEGATIVE_INFINITY;
    const { best: kept } = await geneticSearch(toward(123_456), {
      ...options,
      evaluations: 3000,
      until: (_, { score }) => {
        scores.push(score);
        best = Math.max(best, score);
        return false;
      },
    });
    expect(scores).toHaveLength(3000);
    expect(kept.score).toBe(best);
  });

  it("refuses what means nothing", async () => {
    await expect(geneticSearch(toward(1), { ...options, population: 0 })).rejects.toThrow(
      "population is a whole number of at least 1, not 0",
    );
    await expect(geneticSearch(toward(1), { ...options, evaluations: 10 })).rejects.toThrow(
      "evaluations must be at least the population, 100",
    );
  });
});
