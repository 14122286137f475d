import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../core/index.ts";
import {
  averageCaseBits,
  dynamicChance,
  enumeratedChance,
  rateBits,
  rateBitsReplicated,
  rateBitsSampled,
  replicatedChance,
  splitChance,
  tailBits,
  tailBitsReplicated,
  worstCaseBits,
} from "../index.ts";
import { medianInterval } from "./replicated.ts";

/** Total reward of uniformly random play on a noiseless keyed bandit with A = 6, T = 8, by its sequences of hits. */
const bandit = enumeratedChance(
  Array.from({ length: 256 }, (_, hits) => {
    const value = [...hits.toString(2)].filter((bit) => bit === "1").length;
    return { value, probability: (1 / 6) ** value * (5 / 6) ** (8 - value) };
  }),
);
/** The same by eight uniform numbers. */
const banditScore = {
  dimensions: 8,
  score: (noise: Float64Array) => noise.reduce((sum, u) => sum + (u < 1 / 6 ? 1 : 0), 0),
};

describe("counted chance", () => {
  it("enumerates: the binomial distribution from all 256 sequences", () => {
    expect([...bandit.values]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    // 28 * 5^6 / 6^8 for two hits
    expect(bandit.probabilities[2]).toBeCloseTo((28 * 5 ** 6) / 6 ** 8, 14);
    expect(() => enumeratedChance([{ value: 1, probability: 0.5 }])).toThrow(/sum to 0.5/);
    expect(() => enumeratedChance([{ value: 1, probability: -1 }])).toThrow(RangeError);
  });

  it("goes forward over states: the same distribution, by one state", () => {
    const found = dynamicChance({
      start: "playing",
      horizon: 8,
      key: (state) => state,
      moves: (state) => [
        { probability: 1 / 6, state, reward: 1 },
        { probability: 5 / 6, state, reward: 0 },
      ],
    });
    expect([...found.values]).toEqual([...bandit.values]);
    found.probabilities.forEach((probability, i) => {
      expect(probability).toBeCloseTo(bandit.probabilities[i]!, 14);
    });
  });

  it("agrees with enumerating every walk of a process that ends early", () => {
    // A walk on 0..4 from 2, a reward of 1 for each arrival at 1 and 10 on leaving at either end.
    const moves = (at: number) =>
      at === 0 || at === 4
        ? []
        : [-1, 1].map((by) => ({
            probability: by < 0 ? 0.3 : 0.7,
            state: at + by,
            reward: at + by === 1 ? 1 : at + by === 0 || at + by === 4 ? 10 : 0,
          }));
    const walks: { value: number; probability: number }[] = [];
    const walk = (at: number, step: number, value: number, probability: number) => {
      const next = step < 7 ? moves(at) : [];
      if (next.length === 0) walks.push({ value, probability });
      for (const move of next)
        walk(move.state, step + 1, value + move.reward, probability * move.probability);
    };
    walk(2, 0, 0, 1);
    const expected = enumeratedChance(walks);
    const found = dynamicChance({ start: 2, horizon: 7, moves, key: (at) => at });
    expect([...found.values]).toEqual([...expected.values]);
    found.probabilities.forEach((probability, i) => {
      expect(probability).toBeCloseTo(expected.probabilities[i]!, 14);
    });
  });
});

describe("guarantees", () => {
  it("orders the forms: rate, average case, worst case", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 8, noNaN: true }), (level) => {
        const average = averageCaseBits(level, bandit);
        expect(average).toBeGreaterThanOrEqual(rateBits(level, bandit) - 1e-12);
        expect(worstCaseBits(level, bandit)).toBeGreaterThanOrEqual(average - 1e-12);
      }),
    );
    expect(averageCaseBits(8, bandit)).toBeCloseTo(8 * Math.log2(6), 10);
    expect(averageCaseBits(8 / 6, bandit)).toBeCloseTo(0, 12);
    expect(averageCaseBits(0, bandit)).toBe(0);
    expect(() => averageCaseBits(8.1, bandit)).toThrow(/never reaches/);
  });

  it("keeps the largest share whose mean is enough: brute force over shares", () => {
    // Best policies first, in slices of a millionth.
    const slices = [8, 7, 6, 5, 4, 3, 2, 1, 0].flatMap((i) =>
      new Array<number>(Math.round(bandit.probabilities[i]! * 1e6)).fill(i),
    );
    for (const level of [1.5, 2, 3.3, 5]) {
      let sum = 0;
      let largest = 0;
      slices.forEach((value, i) => {
        sum += value;
        if (sum / (i + 1) >= level) largest = i + 1;
      });
      expect(averageCaseBits(level, bandit)).toBeCloseTo(-Math.log2(largest / 1e6), 2);
    }
  });
});

describe("sampled chance", () => {
  const draw = (seed: number, n: number) => {
    const random = new Random(split(keyOf(seed), "sample"));
    return Array.from({ length: n }, () =>
      banditScore.score(Float64Array.from({ length: 8 }, () => random.uniform())),
    );
  };

  it("covers the exact rate about as often as it says", () => {
    for (const total of [1, 8 / 6, 2, 3]) {
      let covered = 0;
      for (let seed = 0; seed < 100; seed++) {
        const { interval, censored } = rateBitsSampled(total, draw(seed, 3000), 0.9);
        expect(censored).toBe(false);
        const exact = rateBits(total, bandit);
        if (interval.low <= exact && exact <= interval.high) covered++;
      }
      // 90% claimed, conservative by its second-order term: at least 90% less four standard errors.
      expect(covered / 100).toBeGreaterThan(0.9 - 4 * Math.sqrt(0.09 / 100));
    }
  });

  it("gives a bound, not infinity and not zero, where the sample does not reach", () => {
    const { bits, interval, censored } = rateBitsSampled(7.5, draw(1, 2000), 0.95);
    expect(censored).toBe(true);
    expect(bits).toBeGreaterThan(1);
    expect(bits).toBeLessThan(rateBits(7.5, bandit));
    expect(interval.low).toBeGreaterThan(0);
    expect(interval.high).toBe(Number.POSITIVE_INFINITY);
    const below = rateBitsSampled(-1, draw(1, 2000), 0.95);
    expect(below.interval.low).toBe(Number.NEGATIVE_INFINITY);
    expect(below.bits).toBeLessThan(0);
    expect(rateBitsSampled(3, [1, 1, 1], 0.95)).toMatchObject({ censored: true, bits: 0 });
  });
});

describe("splitting", () => {
  it("is a distribution, repeats itself, and reaches what one in a million episodes does", () => {
    const options = { key: keyOf(4), particles: 128 };
    const found = splitChance(banditScore, options);
    expect(found.probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(found.values.at(-1)).toBe(8);
    expect(splitChance(banditScore, options)).toEqual(found);
  });

  it("covers the exact bits, to 20.7 of them", () => {
    const totals = [2, 5.5, 7, 8];
    const covered = new Map(totals.map((total) => [total, 0]));
    const runs = 20;
    for (let seed = 0; seed < runs; seed++) {
      const chance = replicatedChance(banditScore, {
        key: keyOf(seed),
        particles: 128,
        maximum: 8,
      });
      for (const total of totals) {
        const rate = rateBitsReplicated(total, chance, 0.95);
        expect(rate.censored).toBe(false);
        expect(Math.abs(rate.bits - rateBits(total, bandit))).toBeLessThan(1);
        const { low, high } = rate.interval;
        const exact = rateBits(total, bandit);
        if (low <= exact && exact <= high) covered.set(total, covered.get(total)! + 1);
      }
      const tail = tailBitsReplicated(7, chance, 0.95);
      expect(Math.abs(tail.bits - tailBits([7], bandit))).toBeLessThan(1);
    }
    // 95% claimed: four standard errors below is 15 of 20.
    for (const count of covered.values()) expect(count).toBeGreaterThanOrEqual(15);
  });

  it("estimates a continuous tail: four uniforms summing to 3.9 or more, 0.1^4 / 4!", () => {
    const problem = {
      dimensions: 4,
      score: (noise: Float64Array) =>
        Math.min(
          3.9,
          noise.reduce((a, b) => a + b, 0),
        ),
    };
    const chance = replicatedChance(problem, { key: keyOf(2), maximum: 3.9 });
    const { bits, interval } = tailBitsReplicated(3.9, chance, 0.95);
    // -log2(0.1^4 / 24) = 17.87
    expect(Math.abs(bits - Math.log2(24 / 0.1 ** 4))).toBeLessThan(0.4);
    expect(interval.high - interval.low).toBeLessThan(2);
  });

  it("gives a bound for scores that were never reached", () => {
    const chance = replicatedChance(banditScore, { key: keyOf(1), particles: 64 });
    expect(tailBitsReplicated(9, chance, 0.95)).toMatchObject({
      censored: true,
      interval: { high: Number.POSITIVE_INFINITY },
    });
    expect(rateBitsReplicated(-1, chance, 0.95).interval.low).toBe(Number.NEGATIVE_INFINITY);
  });

  it("refuses what cannot be done", () => {
    expect(() => splitChance(banditScore, { key: keyOf(1), particles: 1 })).toThrow(
      /two particles/,
    );
    expect(() => replicatedChance(banditScore, { key: keyOf(1), replicates: 1 })).toThrow(
      /two replicates/,
    );
  });
});

describe("medianInterval", () => {
  it.each([
    // Largest k with 2 scipy.stats.binom.cdf(k - 1, n, 0.5) <= 1 - level: n = 12 gives 0.0063 at k = 2, 0.0386 at
    // k = 3, 0.146 at k = 4; n = 6 gives 0.031 at k = 1, 0.219 at k = 2; n = 20 gives 0.041 at k = 6, 0.115 at k = 7.
    [12, 0.95, 3, 10],
    [12, 0.99, 2, 11],
    [6, 0.95, 1, 6],
    [20, 0.95, 6, 15],
  ])("of %i draws at level %f is between ranks %i and %i", (n, level, low, high) => {
    const draws = Array.from({ length: n }, (_, i) => n - i);
    expect(medianInterval(draws, level)).toEqual({ low, high, level });
  });

  it("refuses too few draws", () => {
    expect(() => medianInterval([1, 2, 3, 4, 5], 0.95)).toThrow(/5 replicates are too few/);
  });
});
