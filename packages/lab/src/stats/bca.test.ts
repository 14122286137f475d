import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../core/index.ts";
import { bcaInterval, mean, meanInterval } from "./index.ts";

// Spatial test data, Efron and Tibshirani 1993, "An Introduction to the Bootstrap", table 14.1, test A.
const spatial = [
  48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30,
  41,
];
const plugIn = (values: readonly number[]) => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
};

describe("bcaInterval", () => {
  it("reproduces the published interval of a variance", () => {
    // The same book, table 14.2: estimate 171.5, BCa 90% (115.8, 259.6) from 2000 replicates; 200,000 replicates
    // give (115.4, 260.9): scipy.stats.bootstrap(method="BCa", confidence_level=.9).
    expect(plugIn(spatial)).toBeCloseTo(171.5, 1);
    const { low, high } = bcaInterval(spatial, plugIn, 0.9, new Random(keyOf(1)), 20_000);
    expect(Math.abs(low - 115.4)).toBeLessThan(2);
    expect(Math.abs(high - 260.9)).toBeLessThan(3);
  });

  it("is near the t interval for the mean of many normal values, and repeats itself", () => {
    const draw = new Random(split(keyOf(2), "values"));
    const values = Array.from({ length: 200 }, () => draw.normal());
    const interval = bcaInterval(values, mean, 0.95, new Random(keyOf(3)), 4000);
    const t = meanInterval(values, 0.95);
    expect(Math.abs(interval.low - t.low)).toBeLessThan(0.02);
    expect(Math.abs(interval.high - t.high)).toBeLessThan(0.02);
    expect(bcaInterval(values, mean, 0.95, new Random(keyOf(3)), 4000)).toEqual(interval);
  });

  it("is a point when nothing varies", () => {
    const equal = Array.from({ length: 20 }, () => 0.1);
    expect(bcaInterval(equal, mean, 0.95, new Random(keyOf(1)), 100)).toEqual({
      low: 0.1,
      high: 0.1,
      level: 0.95,
    });
  });

  it("refuses few values", () => {
    expect(() => bcaInterval(spatial.slice(0, 19), mean, 0.95, new Random(keyOf(1)))).toThrow(
      /at least 20 values, not 19/,
    );
  });
});
