import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../core/index.ts";
import {
  cliffsDelta,
  clopperPearson,
  mean,
  meanInterval,
  quantile,
  variance,
  welchInterval,
} from "./index.ts";

// Student 1908, hours of sleep gained under two drugs: R's `sleep` data.
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe("moments", () => {
  it("keeps equal values exactly, without variance", () => {
    // 0.1 + 0.1 + 0.1 is not 3 * 0.1 in floating point.
    expect(mean([0.1, 0.1, 0.1])).toBe(0.1);
    expect(variance([0.1, 0.1, 0.1])).toBe(0);
    expect(mean([])).toBeNaN();
    expect(variance([1])).toBeNaN();
  });

  it("agrees with the sleep data's published moments", () => {
    // R: mean(extra[group == 1]) = 0.75, var = 3.200556; group 2: 2.33, 4.009.
    expect(mean(first)).toBeCloseTo(0.75, 12);
    expect(variance(first)).toBeCloseTo(3.200556, 6);
    expect(variance(second)).toBeCloseTo(4.009, 6);
  });

  it("interpolates quantiles as R's type 7 does", () => {
    // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [.1, .25, .5, .9]) = [1, 1.75, 3.5, 6.9]
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    expect(quantile(values, 0.1)).toBe(1);
    expect(quantile(values, 0.25)).toBe(1.75);
    expect(quantile(values, 0.5)).toBe(3.5);
    expect(quantile(values, 0.9)).toBeCloseTo(6.9, 12);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile(values, 1)).toBe(9);
    expect(() => quantile(values, 1.1)).toThrow(RangeError);
  });
});

describe("t intervals", () => {
  it("one sample: the sleep data's paired differences", () => {
    // R: t.test(Pair(extra[group == 2], extra[group == 1]) ~ 1): 0.7001142 to 2.4598858
    const { low, high } = meanInterval(
      second.map((value, i) => value - first[i]!),
      0.95,
    );
    expect(low).toBeCloseTo(0.7001142, 6);
    expect(high).toBeCloseTo(2.4598858, 6);
  });

  it("two samples with unequal variances: the sleep data", () => {
    // R: t.test(extra ~ group, sleep), Welch, df = 17.776: -3.3654832 to 0.2054832 for group 1 minus group 2
    const { low, high } = welchInterval(first, second, 0.95);
    expect(low).toBeCloseTo(-0.2054832, 6);
    expect(high).toBeCloseTo(3.3654832, 6);
  });

  it("has the closed form of two degrees of freedom: t = L sqrt(2 / (1 - L^2))", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (level, centre, s) => {
          const half = level * Math.sqrt(2 / (1 - level * level)) * (s / Math.sqrt(3));
          const { low, high } = meanInterval([centre - s, centre, centre + s], level);
          expect(low).toBeCloseTo(centre - half, 5 - Math.ceil(Math.log10(half + 1)));
          expect(high).toBeCloseTo(centre + half, 5 - Math.ceil(Math.log10(half + 1)));
        },
      ),
    );
  });

  it("is the whole line for fewer than two values and a point for equal ones", () => {
    expect(meanInterval([3], 0.95)).toEqual({ low: -Infinity, high: Infinity, level: 0.95 });
    expect(welchInterval([1, 2], [3], 0.95)).toEqual({
      low: -Infinity,
      high: Infinity,
      level: 0.95,
    });
    expect(meanInterval([0.1, 0.1, 0.1], 0.95)).toEqual({ low: 0.1, high: 0.1, level: 0.95 });
    expect(welchInterval([1, 1], [3, 3, 3], 0.9)).toEqual({ low: 2, high: 2, level: 0.9 });
    expect(() => meanInterval([1, 2], 1)).toThrow(RangeError);
  });

  it("is the one-sample interval of the arm that varies when the other does not", () => {
    const welch = welchInterval([5, 5, 5, 5], first, 0.95);
    const single = meanInterval(first, 0.95);
    expect(welch.low).toBeCloseTo(single.low - 5, 12);
    expect(welch.high).toBeCloseTo(single.high - 5, 12);
  });
});

describe("clopperPearson", () => {
  it.each([
    // scipy.stats.binomtest(k, n).proportion_ci(0.95), scipy 1.17.1
    [3, 10, 0.06673951117773447, 0.652452850060008],
    [81, 263, 0.25273674558504267, 0.36762192260134746],
    [999999, 1000000, 0.9999944283693448, 0.9999999746821924],
  ])("%i of %i", (successes, n, low, high) => {
    const interval = clopperPearson(successes, n, 0.95);
    expect(interval.low).toBeCloseTo(low, 8);
    expect(interval.high).toBeCloseTo(high, 8);
  });

  it("has closed forms at the ends: 1 - (alpha / 2)^(1 / n)", () => {
    for (const n of [1, 5, 40]) {
      const end = 1 - 0.025 ** (1 / n);
      expect(clopperPearson(0, n, 0.95).high).toBeCloseTo(end, 9);
      expect(clopperPearson(n, n, 0.95).low).toBeCloseTo(1 - end, 9);
    }
    expect(clopperPearson(0, 5, 0.95).low).toBe(0);
    expect(clopperPearson(5, 5, 0.95).high).toBe(1);
    expect(clopperPearson(0, 0, 0.95)).toEqual({ low: 0, high: 1, level: 0.95 });
  });

  it("refuses counts that are none", () => {
    expect(() => clopperPearson(3, 2, 0.95)).toThrow(RangeError);
    expect(() => clopperPearson(0.5, 2, 0.95)).toThrow(RangeError);
  });
});

describe("cliffsDelta", () => {
  it("counts pairs", () => {
    expect(cliffsDelta([1, 2, 3], [4, 5])).toBe(1);
    expect(cliffsDelta([4, 5], [1, 2, 3])).toBe(-1);
    // Pairs of {1, 2} with {2, 3}: three rise, one ties: 3/4.
    expect(cliffsDelta([1, 2], [2, 3])).toBe(0.75);
    expect(cliffsDelta([], [1])).toBeNaN();
  });

  it("is 2 Pr - 1 of the normal overlap: 2 Phi(1 / sqrt 2) - 1 = erf(1/2) for means one deviation apart", () => {
    const random = new Random(keyOf(5));
    const draw = (shift: number) => Array.from({ length: 2000 }, () => random.normal() + shift);
    // erf(0.5) = 0.5204998778 (Abramowitz and Stegun, table 7.1); standard error about 0.014.
    expect(Math.abs(cliffsDelta(draw(0), draw(1)) - 0.5204998778)).toBeLessThan(0.06);
  });
});
