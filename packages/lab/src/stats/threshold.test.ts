import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../core/index.ts";
import { logisticThreshold, logisticValue } from "./index.ts";
import { logisticFitter } from "./logistic.ts";

const places = [0, 2, 4, 6, 8, 10, 12, 14];
const options = (seed = 1) => ({ level: 0.95, random: new Random(keyOf(seed)), resamples: 400 });
const curve = (low: number, high: number, midpoint: number, slope: number) => (x: number) =>
  low + (high - low) / (1 + Math.exp(-slope * (x - midpoint)));
const seedOf = (seed: number, value: (x: number) => number) =>
  places.map((log2N) => ({ log2N, value: value(log2N), seed }));

describe("logisticFitter", () => {
  it("finds the least squares of an independent optimizer", () => {
    // scipy 1.17.1: optimize.curve_fit of the same curve to these points, xtol = ftol = 1e-14; the sum of squares
    // is 0.11428719954 and the curve crosses 3 at 7.280018825734503 (optimize.brentq).
    const values = [1.1, 1.4, 1.2, 1.9, 3.8, 5.1, 5.6, 5.3];
    const points = places.map((x, i) => ({ x, value: values[i]!, weight: 1 }));
    const fit = logisticFitter(places, "rises")(points);
    expect(fit.low).toBeCloseTo(1.2032682114713293, 5);
    expect(fit.high).toBeCloseTo(5.450589877487994, 5);
    expect(fit.midpoint).toBeCloseTo(7.573566262719699, 5);
    expect(fit.slope).toBeCloseTo(1.0572717771138695, 5);
    const error = points.reduce(
      (sum, { x, value }) => sum + (logisticValue(fit, x) - value) ** 2,
      0,
    );
    expect(error).toBeCloseTo(0.11428719954046275, 10);
    const data = points.map(({ x, value }) => ({ log2N: x, value, seed: 0 }));
    expect(logisticThreshold(data, 3, options()).log2N).toBeCloseTo(7.280018825734503, 5);
  });

  it("recovers curves that lie within its bounds", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.double({ min: 3, max: 11, noNaN: true }),
        fc.double({ min: 0.5, max: 2.5, noNaN: true }),
        (low, rise, midpoint, slope) => {
          const truth = curve(low, low + rise, midpoint, slope);
          const fit = logisticFitter(
            places,
            "rises",
          )(places.map((x) => ({ x, value: truth(x), weight: 2 })));
          for (const x of places)
            expect(Math.abs(logisticValue(fit, x) - truth(x))).toBeLessThan(0.002 * rise);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("puts a step in the middle of its gap and bounds the slope", () => {
    const points = places.map((x) => ({ x, value: x < 7 ? 0 : 1, weight: 1 }));
    const fit = logisticFitter(places, "rises")(points);
    expect(fit.midpoint).toBeCloseTo(7, 2);
    expect(fit.slope).toBeLessThanOrEqual(4 + 1e-9);
  });

  it("is flat at the mean when the data go the other way", () => {
    const points = places.map((x) => ({ x, value: -x, weight: 1 }));
    const fit = logisticFitter(places, "rises")(points);
    expect(fit.low).toBeCloseTo(-7, 12);
    expect(fit.high).toBeCloseTo(-7, 12);
  });
});

describe("logisticThreshold", () => {
  it("resamples whole seeds: two seeds give 6, 7 and 8 with chances 1/4, 1/2, 1/4", () => {
    // The mean of two logistics with midpoints 6 and 8 crosses one half at 7 by symmetry.
    const points = [...seedOf(1, curve(0, 1, 6, 1.5)), ...seedOf(2, curve(0, 1, 8, 1.5))];
    const found = logisticThreshold(points, 0.5, options());
    expect(found.log2N).toBeCloseTo(7, 2);
    expect(found.interval!.low).toBeCloseTo(6, 2);
    expect(found.interval!.high).toBeCloseTo(8, 2);
    expect(found).toMatchObject({ censored: "none", censoredShare: 0 });
    const narrow = logisticThreshold(points, 0.5, { ...options(), level: 0.4 });
    expect(narrow.interval!.low).toBeCloseTo(7, 2);
    expect(narrow.interval!.high).toBeCloseTo(7, 2);
  });

  it("says on which side a curve that does not cross lies", () => {
    const never = [...seedOf(1, () => 0.01), ...seedOf(2, (x) => 0.02 - 0.001 * x)];
    expect(logisticThreshold(never, 3, options())).toMatchObject({
      censored: "above",
      censoredShare: 1,
    });
    expect(logisticThreshold(never, 3, options()).log2N).toBeUndefined();
    const always = [...seedOf(1, () => 5), ...seedOf(2, (x) => 5 + 0.01 * x)];
    expect(logisticThreshold(always, 3, options())).toMatchObject({
      censored: "below",
      censoredShare: 1,
    });
  });

  it("states the share of resamples that do not cross", () => {
    // One of two seeds rises to 1, the other stays at 0: only resamples of the first alone cross 0.7.
    const points = [...seedOf(1, curve(0, 1, 7, 2)), ...seedOf(2, () => 0)];
    const found = logisticThreshold(points, 0.7, { ...options(), resamples: 4000 });
    expect(found.censored).toBe("above");
    expect(Math.abs(found.censoredShare - 3 / 4)).toBeLessThan(5 * Math.sqrt(3 / 16 / 4000));
    // At 0.4 the pooled curve crosses, and so do all but a quarter: the interval runs to the end of the range.
    const crossed = logisticThreshold(points, 0.4, { ...options(), resamples: 4000 });
    expect(crossed.censored).toBe("none");
    expect(crossed.interval!.high).toBe(14);
    expect(Math.abs(crossed.censoredShare - 1 / 4)).toBeLessThan(5 * Math.sqrt(3 / 16 / 4000));
  });

  it("is the mirror image for a falling measure", () => {
    const rising = seedOf(1, curve(1, 5, 6, 1));
    const falling = rising.map((point) => ({ ...point, value: -point.value }));
    const up = logisticThreshold(rising, 2, options());
    const down = logisticThreshold(falling, -2, { ...options(), direction: "falls" });
    expect(down.log2N).toBeCloseTo(up.log2N!, 9);
    expect(down.fit!.low).toBeGreaterThan(down.fit!.high);
  });

  it("spans the gap when the whole rise falls between two neighbouring places", () => {
    // A step somewhere between 4 and 12: the data cannot say where, whatever the fitted curve says.
    const step = (seed: number) =>
      [0, 2, 4, 12, 14].map((log2N) => ({ log2N, value: log2N < 8 ? 0 : 5 + 0.01 * seed, seed }));
    const found = logisticThreshold([...step(1), ...step(2), ...step(3)], 2.5, options());
    expect(found.log2N).toBe(8);
    expect(found.interval).toMatchObject({ low: 4, high: 12 });
  });

  it("gives no interval for one seed, repeats itself, and takes no points", () => {
    const points = seedOf(1, curve(0, 1, 6, 1));
    expect(logisticThreshold(points, 0.5, options()).interval).toBeUndefined();
    const two = [...points, ...seedOf(2, curve(0, 1.2, 7, 1))];
    expect(logisticThreshold(two, 0.5, options(3))).toEqual(
      logisticThreshold(two, 0.5, options(3)),
    );
    expect(logisticThreshold([], 0.5, options())).toEqual({ censored: "above", censoredShare: 1 });
  });
});
