import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf } from "../../core/index.ts";
import {
  bestOf,
  entryChance,
  type Fitness,
  fixedCost,
  type GenomeSpace,
  genomeSpace,
  idealGenome,
  linearCost,
  powerCost,
  rateBits,
  toyOptimum,
  truncationSelection,
} from "../index.ts";

const fitnesses = ["average", "worst"] as const;
const anySpace = fc
  .record({
    instances: fc.integer({ min: 1, max: 12 }),
    ceiling: fc.integer({ min: 1, max: 10 }),
    cost: fc.oneof(
      fc.double({ min: 0.3, max: 6, noNaN: true }).map(linearCost),
      fc.double({ min: 0.3, max: 2, noNaN: true }).map((c) => powerCost(c, 2)),
      fc.integer({ min: 1, max: 8 }).map((fixed) => fixedCost(fixed, 0.5)),
    ),
    xMax: fc.integer({ min: 0, max: 8 }),
  })
  .map(genomeSpace);

/** Every genome of a tiny space, locus by locus, with its score as the definitions have it. */
function everyGenome({ instances, ceiling, levels }: GenomeSpace, fitness: Fitness) {
  const gene = levels.at(-1)!.loci;
  const length = instances * ceiling + gene;
  return Array.from({ length: 2 ** length }, (_, code) => {
    const loci = Array.from({ length }, (_, i) => (code >> i) & 1);
    const leading = (from: number, to: number) => {
      const wrong = loci.slice(from, to).indexOf(0);
      return wrong < 0 ? to - from : wrong;
    };
    const right = leading(instances * ceiling, length);
    const level = levels.reduce((found, { loci: needed }, j) => (needed <= right ? j : found), 0);
    const scores = Array.from({ length: instances }, (_, i) =>
      Math.min(ceiling, leading(i * ceiling, (i + 1) * ceiling) + levels[level]!.x),
    );
    const score =
      fitness === "worst"
        ? Math.min(...scores)
        : scores.reduce((sum, value) => sum + value, 0) / instances;
    return { level, score };
  });
}

describe("genomeSpace", () => {
  it("rounds costs up to loci and lists the largest x of equal cost", () => {
    const space = genomeSpace({ instances: 3, ceiling: 8, cost: powerCost(0.3, 2), xMax: 4 });
    // 0.3 x^2 = 0, 0.3, 1.2, 2.7, 4.8
    expect(space.levels).toEqual([
      { x: 0, loci: 0 },
      { x: 1, loci: 1 },
      { x: 2, loci: 2 },
      { x: 3, loci: 3 },
      { x: 4, loci: 5 },
    ]);
    const step = genomeSpace({ instances: 1, ceiling: 3, cost: linearCost(0.5) });
    expect(step.levels).toEqual([
      { x: 0, loci: 0 },
      { x: 2, loci: 1 },
      { x: 3, loci: 2 },
    ]);
  });

  it("refuses sizes that are none", () => {
    const cost = linearCost(1);
    expect(() => genomeSpace({ instances: 0, ceiling: 3, cost })).toThrow(/number of instances/);
    expect(() => genomeSpace({ instances: 2, ceiling: 1.5, cost })).toThrow(/ceiling .* not 1.5/);
    expect(() => genomeSpace({ instances: 2, ceiling: 2, cost, xMax: -1 })).toThrow(/x_max/);
  });
});

describe("bestOf", () => {
  it.each(fitnesses)("is the best of 2^P among all genomes, one by one (%s)", (fitness) => {
    for (const space of [
      genomeSpace({ instances: 2, ceiling: 3, cost: linearCost(2), xMax: 2 }),
      genomeSpace({ instances: 3, ceiling: 2, cost: fixedCost(2, 1), xMax: 1 }),
      genomeSpace({ instances: 1, ceiling: 4, cost: powerCost(1, 2), xMax: 2 }),
    ]) {
      const genomes = everyGenome(space, fitness);
      const count = genomes.length;
      for (const power of [0, 1, 3, 6]) {
        const draws = 2 ** power;
        let [score, runTimeBits, obtained] = [0, 0, 0];
        const levels = space.levels.map(() => 0);
        for (const value of new Set(genomes.map((genome) => genome.score))) {
          const equal = genomes.filter((genome) => genome.score === value);
          const below = genomes.filter((genome) => genome.score < value).length;
          const best = ((below + equal.length) / count) ** draws - (below / count) ** draws;
          score += best * value;
          obtained += best * Math.log2((best * count) / equal.length);
          for (const { level } of equal) {
            runTimeBits += (best / equal.length) * space.levels[level]!.x;
            levels[level]! += best / equal.length;
          }
        }
        const found = bestOf(space, power, fitness);
        expect(found.score).toBeCloseTo(score, 10);
        expect(found.runTimeBits).toBeCloseTo(runTimeBits, 10);
        expect(found.tunedBits).toBeCloseTo(score - runTimeBits, 10);
        expect(found.obtainedBits).toBeCloseTo(obtained, 10);
        found.levels.forEach((weight, j) => {
          expect(weight).toBeCloseTo(levels[j]!, 10);
        });
      }
    }
  });

  it("never obtains more bits than were spent, and scores more the more are spent", () => {
    fc.assert(
      fc.property(
        anySpace,
        fc.double({ min: 0, max: 80, noNaN: true }),
        fc.constantFrom(...fitnesses),
        (space, power, fitness) => {
          const found = bestOf(space, power, fitness);
          expect(found.obtainedBits).toBeLessThanOrEqual(power + 1e-9);
          expect(found.obtainedBits).toBeGreaterThanOrEqual(-1e-9);
          expect(found.levels.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
          expect(bestOf(space, power + 1, fitness).score).toBeGreaterThanOrEqual(
            found.score - 1e-9,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("spends on entries at N = 1 and on the gene at N = 64: the paper's trade-off", () => {
    const spend = (instances: number, fitness: Fitness) => {
      const space = genomeSpace({ instances, ceiling: 12, cost: powerCost(1, 2), xMax: 12 });
      return bestOf(space, 30, fitness).runTimeBits;
    };
    for (const fitness of fitnesses) {
      const path = [1, 2, 4, 8, 16, 64].map((instances) => spend(instances, fitness));
      expect(path[0]).toBeLessThan(1.5);
      expect(path.at(-1)).toBeGreaterThan(4);
      path.slice(1).forEach((x, i) => {
        expect(x).toBeGreaterThanOrEqual(path[i]! - 0.05);
      });
    }
  });

  it("refuses what it cannot count", () => {
    const space = genomeSpace({ instances: 4000, ceiling: 20, cost: linearCost(3) });
    expect(() => bestOf(space, -1, "worst")).toThrow(/from 0 to 1000, not -1/);
    expect(() => bestOf(space, 10, "average")).toThrow(/too many to sum exactly/);
    expect(bestOf(space, 60, "worst").runTimeBits).toBeGreaterThan(18);
  });
});

describe("idealGenome", () => {
  it("worst case: the toy model in whole halvings, at whole x", () => {
    fc.assert(
      fc.property(anySpace, fc.double({ min: 0, max: 60, noNaN: true }), (space, power) => {
        const { instances, ceiling, levels } = space;
        const best = Math.max(
          ...levels
            .filter(({ loci }) => loci <= power)
            .map(({ x, loci }) => Math.min(ceiling, x + Math.floor((power - loci) / instances))),
        );
        expect(idealGenome(space, power, "worst").score).toBe(best);
      }),
    );
    // f(x) = 3 x in whole bits: x is whole at the optimum, so that the toy model says the same.
    const space = genomeSpace({ instances: 5, ceiling: 20, cost: linearCost(3) });
    for (const power of [6, 15, 21, 42]) {
      const model = { budget: power, diversity: 5, cost: linearCost(3), ceiling: 20 };
      expect(idealGenome(space, power, "worst").score).toBe(
        Math.floor(toyOptimum({ ...model, form: "worst" }).total),
      );
    }
  });

  it("average case: entries reach the mean m of rate (P - f) / N, in closed form for long entries", () => {
    // Relative entropy of the geometric distribution with mean m to that with mean 1, in bits.
    const rate = (m: number) => 1 + m - (1 + m) * Math.log2(1 + m) + m * Math.log2(m);
    for (const power of [8, 20, 40]) {
      const space = genomeSpace({ instances: 8, ceiling: 150, cost: linearCost(1000), xMax: 1 });
      const { tunedBits, x } = idealGenome(space, power, "average");
      expect(x).toBe(0);
      expect(rate(tunedBits)).toBeCloseTo(power / 8, 5);
    }
    expect(
      idealGenome(genomeSpace({ instances: 3, ceiling: 4, cost: linearCost(9) }), 50, "average")
        .score,
    ).toBe(4);
  });

  it("is what bestOf comes to when there are many bits", () => {
    for (const fitness of fitnesses) {
      const space = genomeSpace({ instances: 40, ceiling: 12, cost: powerCost(4, 2), xMax: 8 });
      for (const power of [100, 200, 300]) {
        const ideal = idealGenome(space, power, fitness);
        const found = bestOf(space, power, fitness);
        expect(Math.abs(found.score - ideal.score)).toBeLessThan(0.12 * ideal.score);
        // Whole halvings leave ties between levels in the worst case; the average has none.
        if (fitness === "average") expect(Math.abs(found.runTimeBits - ideal.x)).toBeLessThan(1.1);
      }
    }
  });
});

describe("truncationSelection", () => {
  const space = genomeSpace({ instances: 4, ceiling: 8, cost: linearCost(2), xMax: 4 });
  const run = (seed: number, change: Partial<Parameters<typeof truncationSelection>[1]> = {}) => [
    ...truncationSelection(space, {
      key: keyOf(seed),
      fitness: "average",
      population: 32,
      kept: 8,
      generations: 20,
      ...change,
    }),
  ];

  it("counts its bits exactly and repeats itself", () => {
    const path = run(1);
    expect(path.map(({ bits }) => bits)).toEqual(Array.from({ length: 21 }, (_, i) => 2 * i));
    expect(run(1)).toEqual(path);
    expect(path.at(-1)!.score).toBeGreaterThan(path[0]!.score + 1);
  });

  it("is the best of 2^b in a single selection of one among 2^b", () => {
    for (const fitness of fitnesses) {
      const runs = 500;
      let [sum, squares] = [0, 0];
      for (let seed = 0; seed < runs; seed++) {
        const [start] = run(seed, { generations: 0, kept: 1, population: 16, fitness });
        sum += start!.best;
        squares += start!.best ** 2;
      }
      const error = Math.sqrt((squares / runs - (sum / runs) ** 2) / runs);
      expect(Math.abs(sum / runs - bestOf(space, 4, fitness).score)).toBeLessThan(5 * error);
    }
  });

  it("obtains no more bits in its entries than were spent", () => {
    const runs = 40;
    const chance = entryChance(space.ceiling);
    const spent = run(0).map(({ bits }) => bits);
    const entries = spent.map(() => 0);
    for (let seed = 0; seed < runs; seed++)
      run(seed).forEach(({ entryBits }, i) => {
        entries[i]! += entryBits / runs;
      });
    // Independent entries: N times the rate of their mean is a lower bound of the relative entropy.
    entries.forEach((mean, i) => {
      expect(space.instances * rateBits(mean, chance)).toBeLessThanOrEqual(spent[i]! + 0.2);
    });
    expect(entries.at(-1)).toBeGreaterThan(2);
  });

  it("refuses what is no selection", () => {
    expect(() => run(1, { kept: 5 })).toThrow(/not 5 of 32/);
    expect(() => run(1, { kept: 32 })).toThrow(/not 32 of 32/);
    expect(() => run(1, { generations: 1.5 })).toThrow(/generations/);
    expect(() => run(1, { mutation: 0 })).toThrow(/mutation/);
  });

  it("tunes a shared entry to one instance and leaves the other what chance agrees on", () => {
    const shared = genomeSpace({ instances: 2, ceiling: 6, cost: linearCost(1), xMax: 0 });
    const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
    const scores = seeds.map((seed) => {
      const generations = [
        ...truncationSelection(shared, {
          ...{ key: keyOf(seed), fitness: "average", entries: 1 },
          ...{ population: 128, kept: 64, generations: 40 },
        }),
      ];
      return generations.at(-1)!.best;
    });
    const average = scores.reduce((a, b) => a + b, 0) / scores.length;
    // The other's entry agrees in t loci, from the first, with probability 2^-(t + 1): 1 - 2^-6 in the mean, beside 6.
    const expected = (6 + 1 - 2 ** -6) / 2;
    // Deviation of t is sqrt(2) at most; half of it counts, over 60 seeds.
    expect(Math.abs(average - expected)).toBeLessThan((4 * Math.SQRT2) / 2 / Math.sqrt(60));
    // Never more than 6 right in both.
    expect(Math.max(...scores)).toBeLessThanOrEqual(6);
  });

  it("refuses a genome without entries", () => {
    expect(() => run(1, { entries: 0 })).toThrow(
      "a genome holds a whole number of entries of at least 1, not 0",
    );
  });
});
