import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../core/index.ts";
import {
  areaUnderCurve,
  areaVariance,
  confusions,
  macroF1,
  macroF1Difference,
  proportionDifference,
} from "./index.ts";

describe("area under the curve", () => {
  it("counts pairs, ties half", () => {
    // Pairs (3,1) (3,2) won, (2,1) won, (2,2) tied: 3.5 of 4.
    expect(areaUnderCurve([3, 2], [1, 2], 0.95).value).toBe(3.5 / 4);
  });

  it("has the published standard error", () => {
    // Hanley and McNeil 1982, Radiology 143: area 0.893, 51 abnormal and 58 normal cases, standard error 0.032.
    const error = Math.sqrt(areaVariance(0.893, { positives: 51, negatives: 58 }));
    expect(error).toBeCloseTo(0.032, 3);
  });

  it("has an interval whose ends lie 1.96 of their own deviations away, also at 1", () => {
    for (const negatives of [
      [0, 1, 2, 9],
      [0, 1, 2, 3],
    ]) {
      const { value, interval } = areaUnderCurve([4, 5, 6, 7, 8], negatives, 0.95);
      expect(interval.low).toBeLessThan(value);
      for (const end of [interval.low, interval.high]) {
        if (end === value) continue;
        const deviation = Math.sqrt(areaVariance(end, { positives: 5, negatives: 4 }));
        expect(Math.abs(end - value) / deviation).toBeCloseTo(1.959964, 4);
      }
    }
  });

  it("says nothing of an empty group", () => {
    const { value, interval } = areaUnderCurve([], [1], 0.95);
    expect(value).toBeNaN();
    expect([interval.low, interval.high]).toEqual([0, 1]);
  });
});

describe("difference of proportions", () => {
  it("adds squares of exact half-widths", () => {
    // Clopper and Pearson: 0 of 10 up to 0.3085, 10 of 10 from 0.6915 (published tables).
    const { low, high } = proportionDifference(
      { successes: 0, n: 10 },
      { successes: 10, n: 10 },
      0.95,
    );
    expect(low).toBeCloseTo(1 - Math.hypot(0.3085, 0.3085), 3);
    expect(high).toBe(1);
  });
});

describe("macro-F1", () => {
  it("is the mean of the two classes' F1", () => {
    // Predicted 1 1 0 0 against 1 0 0 1: one each of true and false, so F1 is 1/2 for both.
    const counts = confusions([1, 1, -1, -1], [1, 0, 0, 1], [0, 0, 1, 1], 2);
    expect(macroF1(counts)).toBe(0.5);
    // Class 0: 3 right, 1 missed, 6/7; class 1: 2 right, 1 too many, 4/5.
    const more = confusions([-1, -1, -1, 1, 1, 1], [0, 0, 0, 0, 1, 1], [0, 0, 0, 0, 0, 0], 1);
    expect(macroF1(more)).toBeCloseTo((6 / 7 + 4 / 5) / 2, 12);
  });

  it("differs from a baseline with an interval over groups", () => {
    const labels = Array.from({ length: 200 }, (_, i) => i % 2);
    const groups = labels.map((_, i) => Math.floor(i / 10));
    const right = confusions(
      labels.map((label) => label - 0.5),
      labels,
      groups,
      20,
    );
    const half = confusions(
      labels.map((label, i) => (i % 4 < 2 ? label - 0.5 : 0.5 - label)),
      labels,
      groups,
      20,
    );
    const found = macroF1Difference(right, half, 0.95, new Random(keyOf(1)));
    expect(found.value).toBeCloseTo(0.5, 12);
    expect(found.interval.low).toBeGreaterThan(0.3);
    expect(found.interval.high).toBeLessThan(0.7);
  });
});
