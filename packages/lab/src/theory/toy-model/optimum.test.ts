import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Cost,
  exponentialCost,
  fixedCost,
  frontier,
  functionCost,
  linearCost,
  powerCost,
  requiredBudget,
  type ToyModel,
  tableCost,
  toyOptimum,
} from "./index.ts";

const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true });
const anyTable = fc
  .array(fc.tuple(positive(3), fc.oneof(fc.constant(0), positive(8))), {
    minLength: 1,
    maxLength: 6,
  })
  .map((steps) => {
    const points: [number, number][] = [[0, 0]];
    for (const [dx, df] of steps) {
      const [x, f] = points.at(-1)!;
      points.push([x + dx, f + df]);
    }
    return tableCost(points);
  });
const anyCost: fc.Arbitrary<Cost> = fc.oneof(
  positive(20).map(linearCost),
  fc.tuple(positive(5), positive(4)).map(([c, k]) => powerCost(c, k)),
  fc.tuple(positive(5), positive(2)).map(([a, b]) => exponentialCost(a, b)),
  fc.tuple(positive(30), positive(5)).map(([fixed, c]) => fixedCost(fixed, c)),
  anyTable,
);
const anyModel = fc.record({
  budget: fc.oneof(fc.constant(0), positive(60)),
  diversity: fc.double({ min: 1, max: 40, noNaN: true }),
  cost: anyCost,
  xMax: positive(15),
  shared: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
});

/** Feasible points, evenly spaced, and the score of each: the formula as MEASURES states it. */
function bruteForce(model: ToyModel, count = 3000) {
  const {
    budget,
    diversity,
    cost,
    xMax = 0,
    shared = 0,
    ceiling = Number.POSITIVE_INFINITY,
  } = model;
  const effective = shared === 0 ? diversity : 1 / (shared + (1 - shared) / diversity);
  const points: { x: number; total: number }[] = [];
  for (let i = 0; i <= count; i++) {
    const x = (Math.min(xMax, cost.limit) * i) / count;
    if (cost.bits(x) > budget) break;
    const tuned = (budget - cost.bits(x)) / effective;
    const total = (model.form === "worst" ? Math.floor(tuned) : tuned) + x;
    points.push({ x, total: Math.min(ceiling, total) });
  }
  return { points, best: Math.max(...points.map(({ total }) => total)), effective };
}

describe("toyOptimum against brute force on a grid", () => {
  it("is feasible, scores what it says, and no grid point does better", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const found = toyOptimum(model);
        const { best, effective } = bruteForce(model);
        const high = found.xRange?.high ?? found.xStar;
        for (const x of [found.xStar, high]) {
          expect(x).toBeLessThanOrEqual(Math.min(model.xMax, model.cost.limit));
          expect(model.cost.bits(x)).toBeLessThanOrEqual(model.budget * (1 + 1e-9) + 1e-9);
          const total = (model.budget - model.cost.bits(x)) / effective + x;
          expect(total).toBeCloseTo(found.total, 8);
        }
        expect(found.total).toBeGreaterThanOrEqual(best - 1e-9);
        expect(found.tunedBits + found.xStar).toBeCloseTo(found.total, 8);
      }),
      { numRuns: 400 },
    );
  });

  it("has x* = 0 below the threshold and gains from x above it", () => {
    fc.assert(
      fc.property(anyModel, positive(0.9), (model, share) => {
        const { threshold } = toyOptimum(model);
        const below = share * threshold;
        if (below >= 1 && Number.isFinite(below))
          expect(toyOptimum({ ...model, diversity: below }).regime).toBe("all tuning");
        const above = threshold * (1 + share) + 1e-6;
        if (above >= 1 && Number.isFinite(above)) {
          const found = toyOptimum({ ...model, diversity: above });
          expect(found.xRange?.high ?? found.xStar).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("names the regime by what holds x* where it is", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const { xStar, xRange, regime } = toyOptimum(model);
        const limit = Math.min(model.xMax, model.cost.limit);
        const beyond = xStar + 1e-6 * Math.max(1, xStar);
        const canGoOn = beyond <= limit && model.cost.bits(beyond) <= model.budget;
        if (regime === "all tuning") expect(xStar).toBe(0);
        if (regime === "interior") {
          expect(xStar).toBeGreaterThan(0);
          expect(xStar).toBeLessThan(Math.min(limit, model.cost.reach(model.budget)));
        }
        if (regime === "capped by budget") {
          expect(canGoOn).toBe(false);
          expect(xStar).toBeLessThan(limit);
        }
        if (regime === "capped by x_max") expect(xStar).toBe(limit);
        expect(xRange !== undefined).toBe(regime === "indifferent");
        expect(regime).not.toBe("saturated");
      }),
      { numRuns: 400 },
    );
  });

  it("caps total bits at the ceiling, over everything that meets it", () => {
    fc.assert(
      fc.property(anyModel, fc.double({ min: 0, max: 12, noNaN: true }), (model, ceiling) => {
        const free = toyOptimum(model);
        fc.pre(Math.abs(free.total - ceiling) > 1e-6);
        const found = toyOptimum({ ...model, ceiling });
        if (free.total < ceiling) {
          expect(found).toEqual(free);
          return;
        }
        expect(found).toMatchObject({ regime: "saturated", total: ceiling });
        const { points, effective } = bruteForce(model);
        const meeting = points.filter(({ total }) => total >= ceiling).map(({ x }) => x);
        const step = Math.min(model.xMax, model.cost.limit) / 3000;
        if (meeting.length === 0) return;
        const high = found.xRange?.high ?? found.xStar;
        expect(found.xStar).toBeLessThanOrEqual(meeting[0]! + 1e-9);
        expect(high).toBeGreaterThanOrEqual(meeting.at(-1)! - 1e-9);
        for (const x of [found.xStar, high])
          expect((model.budget - model.cost.bits(x)) / effective + x).toBeGreaterThanOrEqual(
            ceiling - 1e-9,
          );
        // What the grid misses lies within one step of it, unless a whole bump fits between two points.
        if (meeting.length > 2 && model.cost.family !== "table")
          expect(high - found.xStar).toBeLessThanOrEqual(meeting.at(-1)! - meeting[0]! + 2 * step);
      }),
      { numRuns: 400 },
    );
  });

  it("guarantees whole halvings in the worst-case form", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const found = toyOptimum({ ...model, form: "worst" });
        const { best, effective } = bruteForce({ ...model, form: "worst" });
        expect(found.total).toBeGreaterThanOrEqual(best - 1e-9);
        expect(found.total).toBeLessThanOrEqual(toyOptimum(model).total + 1e-9);
        expect(found.total).toBeGreaterThan(toyOptimum(model).total - 1);
        const tuned = (model.budget - model.cost.bits(found.xStar)) / effective;
        expect(found.tunedBits).toBeCloseTo(Math.round(found.tunedBits), 8);
        expect(tuned).toBeGreaterThanOrEqual(found.tunedBits - 1e-8);
        expect(found.tunedBits + found.xStar).toBeCloseTo(found.total, 8);
      }),
      { numRuns: 300 },
    );
  });

  it("never spends less at run time as the diversity or the budget grows", () => {
    fc.assert(
      fc.property(anyModel, positive(30), (model, more) => {
        const least = (changed: ToyModel) => toyOptimum(changed).xStar;
        const now = least(model);
        expect(least({ ...model, budget: model.budget + more })).toBeGreaterThanOrEqual(now - 1e-6);
        expect(least({ ...model, diversity: model.diversity + more })).toBeGreaterThanOrEqual(
          now - 1e-6,
        );
      }),
      { numRuns: 300 },
    );
  });

  it("goes to the cap as N goes to infinity and to nothing as P goes to 0", () => {
    fc.assert(
      fc.property(anyModel, (drawn) => {
        const model = { ...drawn, shared: 0 };
        const cap = Math.min(model.xMax, model.cost.limit, model.cost.reach(model.budget));
        const endless = toyOptimum({ ...model, diversity: Number.POSITIVE_INFINITY });
        expect(endless.xStar).toBe(cap);
        expect(endless.total).toBe(cap);
        expect(endless.tunedBits).toBe(0);
        expect(toyOptimum({ ...model, diversity: 1e12 }).total).toBeCloseTo(cap, 6);
        const broke = toyOptimum({ ...model, budget: 1e-12 });
        const free = Math.min(model.xMax, model.cost.limit, model.cost.reach(1e-12));
        expect(broke.total).toBeLessThanOrEqual(free + 1e-12);
        expect(toyOptimum({ ...model, budget: 0, diversity: 1 }).tunedBits).toBe(0);
      }),
    );
  });
});

describe("toyOptimum in closed form", () => {
  it("quadratic cost: f'(x) = N at N / 2c, whatever P, until P caps it", () => {
    const model = { budget: 100, diversity: 10, cost: powerCost(1, 2) };
    expect(toyOptimum(model)).toEqual({
      xStar: 5,
      tunedBits: 7.5,
      total: 12.5,
      regime: "interior",
      threshold: 0,
    });
    expect(toyOptimum({ ...model, budget: 50 }).xStar).toBe(5);
    expect(toyOptimum({ ...model, budget: 16 })).toMatchObject({
      xStar: 4,
      tunedBits: 0,
      total: 4,
      regime: "capped by budget",
    });
    expect(toyOptimum({ ...model, xMax: 3 })).toMatchObject({
      xStar: 3,
      tunedBits: 9.1,
      regime: "capped by x_max",
    });
  });

  it("linear cost: nothing below N = a, everything above, and indifference at it", () => {
    for (const a of [3, 7, 10, 49, 0.1 * 61]) {
      const model = { budget: 98, cost: linearCost(a), xMax: 50 };
      const cap = Math.min(50, 98 / a);
      expect(toyOptimum({ ...model, diversity: a * 0.999 })).toMatchObject({
        xStar: 0,
        regime: "all tuning",
        threshold: a,
      });
      expect(toyOptimum({ ...model, diversity: a * 1.001 }).xStar).toBe(cap);
      const at = toyOptimum({ ...model, diversity: a });
      expect(at).toMatchObject({ xStar: 0, xRange: { low: 0, high: cap }, regime: "indifferent" });
    }
  });

  it("fixed and quadratic cost: a jump from 0 to sqrt(F / c) at N = 2 sqrt(c F)", () => {
    // F = 8, c = 2: N0 = 8, to x = 2, which costs 2 F = 16.
    const cost = fixedCost(8, 2);
    expect(toyOptimum({ budget: 16, diversity: 8, cost })).toMatchObject({
      xStar: 0,
      xRange: { low: 0, high: 2 },
      regime: "indifferent",
      threshold: 8,
    });
    expect(toyOptimum({ budget: 40, diversity: 7.99, cost }).regime).toBe("all tuning");
    expect(toyOptimum({ budget: 40, diversity: 8.4, cost })).toMatchObject({
      xStar: 2.1,
      regime: "interior",
    });
    // For F < P < 2 F the jump is at P sqrt(c / (P - F)): 12 sqrt(1/2).
    const short = toyOptimum({ budget: 12, diversity: 8.4, cost });
    expect(short.regime).toBe("all tuning");
    expect(short.threshold).toBeCloseTo(12 * Math.SQRT1_2, 12);
    expect(toyOptimum({ budget: 12, diversity: 8.5, cost }).regime).toBe("capped by budget");
    expect(toyOptimum({ budget: 7, diversity: 1000, cost })).toMatchObject({
      regime: "all tuning",
      threshold: Number.POSITIVE_INFINITY,
    });
  });

  it("exponential cost: log2(N / (a b ln 2)) / b", () => {
    const found = toyOptimum({ budget: 1000, diversity: 64, cost: exponentialCost(2, 0.5) });
    expect(found.xStar).toBeCloseTo(Math.log2(64 / Math.LN2) / 0.5, 12);
    expect(found.threshold).toBeCloseTo(Math.LN2, 12);
  });

  it("concave cost: all or nothing, at N = f(cap) / cap", () => {
    // sqrt: f(4) / 4 = 10 * 2 / 4 = 5
    const model = { budget: 100, cost: powerCost(10, 0.5), xMax: 4 };
    expect(toyOptimum({ ...model, diversity: 4.9 }).regime).toBe("all tuning");
    expect(toyOptimum({ ...model, diversity: 5.1 }).regime).toBe("capped by x_max");
    expect(toyOptimum({ ...model, diversity: 5 })).toMatchObject({
      xRange: { low: 0, high: 4 },
      regime: "indifferent",
      threshold: 5,
    });
  });

  it("table: the maximizers of scipy's PCHIP on six million points", () => {
    const cost = tableCost([
      [0, 0],
      [1, 0.5],
      [2.5, 0.5],
      [4, 3],
      [6, 10],
    ]);
    // t = linspace(1e-9, 6, 6000001); argmax and max of t - p(t) / N
    for (const [diversity, x, gain] of [
      [1, 2.807757, 2.1466703537744722],
      [2, 3.28875, 2.5837029152220925],
      [4, 5.404343, 3.542305283338021],
      [8, 6, 4.75],
    ] as const) {
      const found = toyOptimum({ budget: 20, diversity, cost });
      expect(found.xStar).toBeCloseTo(x, 5);
      expect(found.total).toBeCloseTo(20 / diversity + gain, 10);
      expect(found.regime).toBe(x === 6 ? "capped by x_max" : "interior");
    }
  });

  it("shared structure: 1 / (s + (1 - s) / N) instances, so a threshold beyond 1 / s is never met", () => {
    // s = 1/4: N_eff = 2 at N = 3, since 1 / (1/4 + 1/4) = 2; N_eff never reaches 4.
    const model = { budget: 20, diversity: 3, shared: 0.25 };
    expect(toyOptimum({ ...model, cost: powerCost(1, 2) }).xStar).toBeCloseTo(1, 12);
    expect(toyOptimum({ ...model, cost: linearCost(2) }).threshold).toBeCloseTo(3, 12);
    const never = { ...model, cost: linearCost(4), diversity: Number.POSITIVE_INFINITY };
    expect(toyOptimum(never).threshold).toBe(Number.POSITIVE_INFINITY);
    expect(toyOptimum({ ...never, shared: 1 }).total).toBe(20);
  });

  it("ceiling: a tuned solution that is already good enough leaves no need of run-time bits", () => {
    // P / N = 10 meets B = 6; x may be anything up to T(x) = 6: 10 - x^2 / 10 + x = 6 at x = 5 + sqrt(65).
    const model = { budget: 100, diversity: 10, cost: powerCost(1, 2), ceiling: 6, xMax: 30 };
    expect(toyOptimum(model)).toMatchObject({
      xStar: 0,
      tunedBits: 6,
      total: 6,
      regime: "saturated",
    });
    // x <= 10 by the budget, where T = 10 still meets it.
    expect(toyOptimum(model).xRange).toEqual({ low: 0, high: 10 });
    // B = 12: 10 - x^2 / 10 + x = 12 at x = 5 -+ sqrt(5).
    const { xRange } = toyOptimum({ ...model, ceiling: 12 });
    expect(xRange!.low).toBeCloseTo(5 - Math.sqrt(5), 12);
    expect(xRange!.high).toBeCloseTo(5 + Math.sqrt(5), 12);
  });

  it("worst case: fewer halvings than instances guarantee nothing, so all goes to run time", () => {
    const model = { budget: 9, diversity: 10, cost: powerCost(5, 2), form: "worst" } as const;
    expect(toyOptimum(model)).toMatchObject({ tunedBits: 0, regime: "capped by budget" });
    expect(toyOptimum(model).xStar).toBeCloseTo(Math.sqrt(9 / 5), 12);
    // P = 36, f = x^2: x = 6 with no halving each, sqrt(26) with one, 4 with two, 2.4 with three: 1 + 5.099 is most.
    const found = toyOptimum({ ...model, budget: 36, cost: powerCost(1, 2) });
    expect(found.xStar).toBeCloseTo(Math.sqrt(26), 12);
    expect(found).toMatchObject({ tunedBits: 1, regime: "interior" });
  });
});

describe("costs of unknown shape", () => {
  it("gets within its certificate of the exact optimum, which it encloses", () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        fc.pre(model.cost.family !== "linear");
        const exact = toyOptimum(model);
        const blind = functionCost(model.cost.bits, Math.min(model.xMax, model.cost.limit));
        const found = toyOptimum({ ...model, cost: blind });
        const { gap, within } = found.certificate!;
        expect(found.total).toBeLessThanOrEqual(exact.total + 1e-9);
        expect(found.total + gap).toBeGreaterThanOrEqual(exact.total - 1e-9);
        expect(within.low).toBeLessThanOrEqual(exact.xStar + 1e-9);
        expect(within.high).toBeGreaterThanOrEqual((exact.xRange?.high ?? exact.xStar) - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it("brackets the saturated set", () => {
    // As above: 5 -+ sqrt(5).
    const cost = functionCost((x) => x * x, 30);
    const { xRange } = toyOptimum({ budget: 100, diversity: 10, cost, ceiling: 12 });
    expect(xRange!.low).toBeCloseTo(5 - Math.sqrt(5), 4);
    expect(xRange!.high).toBeCloseTo(5 + Math.sqrt(5), 4);
  });

  it("keeps tuning with what a cost that jumps leaves of the budget", () => {
    // f jumps from 0.5 x to more than the budget at x = 4: 10 - 2 bits are left for two instances.
    const cost = functionCost((x) => (x <= 4 ? 0.5 * x : 100), 8);
    const found = toyOptimum({ budget: 10, diversity: 2, cost });
    expect(found.regime).toBe("capped by budget");
    expect(found.xStar).toBeCloseTo(4, 6);
    expect(found.tunedBits).toBeCloseTo(4, 6);
    expect(found.total).toBeCloseTo(8, 6);
  });

  it("notices a cost that decreases", () => {
    const cost = functionCost((x) => Math.sin(x), 6);
    expect(() => toyOptimum({ budget: 5, diversity: 3, cost })).toThrow(/must not decrease/);
  });
});

describe("frontier and required budget", () => {
  it("is a row for every budget and diversity", () => {
    const rows = frontier([10, 100], [1, 10, 1000], { cost: powerCost(1, 2) });
    expect(rows.map(({ budget, diversity, xStar }) => [budget, diversity, xStar])).toEqual([
      [10, 1, 0.5],
      [10, 10, Math.sqrt(10)],
      [10, 1000, Math.sqrt(10)],
      [100, 1, 0.5],
      [100, 10, 5],
      [100, 1000, 10],
    ]);
    expect(() => frontier([], [1], { cost: linearCost(1) })).toThrow(/at least one budget/);
  });

  it("takes just the budget whose optimum has that level", () => {
    // x^2 + 10 (12.5 - x) is least at x = 5: 100.
    expect(requiredBudget(12.5, { diversity: 10, cost: powerCost(1, 2) })).toEqual({
      budget: 100,
      x: 5,
    });
    fc.assert(
      fc.property(anyModel, fc.double({ min: 0.1, max: 10, noNaN: true }), (model, level) => {
        const { budget } = requiredBudget(level, model);
        expect(
          toyOptimum({ ...model, budget: budget * (1 + 1e-9) + 1e-9 }).total,
        ).toBeGreaterThanOrEqual(level - 1e-6);
        const less = budget * 0.99 - 1e-6;
        if (less > 0) expect(toyOptimum({ ...model, budget: less }).total).toBeLessThan(level);
      }),
    );
  });
});

describe("what is no model", () => {
  const model = { budget: 10, diversity: 4, cost: powerCost(1, 2) };
  it.each([
    [{ budget: -3 }, /budget is a number of bits of at least 0, not -3/],
    [{ budget: Number.POSITIVE_INFINITY }, /budget/],
    [{ diversity: 0.5 }, /diversity N is a number of instances of at least 1, not 0.5/],
    [{ diversity: Number.NaN }, /diversity N/],
    [{ xMax: -1 }, /x_max is a number of bits of at least 0, not -1/],
    [{ shared: 1.5 }, /from 0 to 1, not 1.5/],
    [{ ceiling: -1 }, /ceiling/],
    [{ cost: linearCost(0) }, /nothing bounds them: give x_max/],
    [{ budget: 1e9, diversity: 1, form: "worst" as const }, /up to 2\^20 per instance/],
  ])("%o", (change, message) => {
    expect(() => toyOptimum({ ...model, ...change })).toThrow(
      expect.objectContaining({ name: "InputError" }),
    );
    expect(() => toyOptimum({ ...model, ...change })).toThrow(message);
  });
});
