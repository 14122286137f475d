import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateBits, rateBitsInterval, rateBitsOver, tailBits } from "../index.ts";

/** Total reward of uniformly random play on a noiseless keyed bandit: binomial. */
function binomial(n: number, p: number) {
  const probabilities = new Float64Array(n + 1);
  let choose = 1;
  for (let k = 0; k <= n; k++) {
    probabilities[k] = choose * p ** k * (1 - p) ** (n - k);
    choose = (choose * (n - k)) / (k + 1);
  }
  return { values: Float64Array.from(probabilities, (_, k) => k), probabilities };
}
const bandit = binomial(8, 1 / 6);

const smallDistribution = fc
  .uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 6 })
  .chain((values) =>
    fc
      .array(fc.integer({ min: 1, max: 100 }), {
        minLength: values.length,
        maxLength: values.length,
      })
      .map((weights) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        return {
          values: Float64Array.from(values.sort((a, b) => a - b)),
          probabilities: Float64Array.from(weights, (weight) => weight / sum),
        };
      }),
  );
const meanOf = ({ values, probabilities }: ReturnType<typeof binomial>) =>
  values.reduce((sum, value, i) => sum + value * probabilities[i]!, 0);

describe("rateBits", () => {
  it("is T KL(J/T || 1/A) for a keyed bandit, signed", () => {
    const log = (p: number, q: number) => (p === 0 ? 0 : p * Math.log2(p / q));
    const closed = (j: number) =>
      Math.sign(j - 8 / 6) * 8 * (log(j / 8, 1 / 6) + log(1 - j / 8, 5 / 6));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 8, noNaN: true }), (j) => {
        expect(Math.abs(rateBits(j, bandit) - closed(j))).toBeLessThan(1e-10);
      }),
    );
    expect(rateBits(8 / 6, bandit)).toBeCloseTo(0, 12);
    // mpmath, 30 digits: 8 * KL(5.5/8 || 1/6) / log 2
    expect(rateBits(5.5, bandit)).toBeCloseTo(7.70657390827438, 12);
    // 8 log2 6
    expect(rateBits(8, bandit)).toBeCloseTo(20.679700005769, 12);
    // -8 log2(6/5)
    expect(rateBits(0, bandit)).toBeCloseTo(-2.1042752466703, 12);
  });

  it.each([
    // mpmath, 30 digits: findroot of the tilted mean, then l J - log E e^(l S), over log 2
    [2, 0.21632604782003],
    [0.4, -0.20764082862161],
    [3.99, 2.2868595104669],
  ])("at a mean of %f over {0: 1/2, 1: 3/10, 4: 1/5}", (j, bits) => {
    const chance = {
      values: Float64Array.of(0, 1, 4),
      probabilities: Float64Array.of(0.5, 0.3, 0.2),
    };
    expect(rateBits(j, chance)).toBeCloseTo(bits, 12);
  });

  it("increases, and its size is the supremum over a grid of tilts", () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(smallDistribution, share, share, (chance, a, b) => {
        const [low, high] = [chance.values[0]!, chance.values.at(-1)!];
        const j = low + a * (high - low);
        const k = low + b * (high - low);
        const rate = rateBits(j, chance);
        if (j < k - 1e-9) expect(rateBits(k, chance)).toBeGreaterThanOrEqual(rate);
        let best = 0;
        for (let l = -30; l <= 30; l += 0.001) {
          let moment = 0;
          for (let i = 0; i < chance.values.length; i++)
            moment += chance.probabilities[i]! * 2 ** (l * (chance.values[i]! - j));
          best = Math.max(best, -Math.log2(moment));
        }
        expect(Math.abs(rate)).toBeGreaterThanOrEqual(best - 1e-9);
        expect(Math.abs(rate)).toBeLessThanOrEqual(best + 1e-3);
        expect(Math.sign(rate) * Math.sign(j - meanOf(chance))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 30 },
    );
  });

  it("stays below the exact bits of the tail (Chernoff's bound)", () => {
    fc.assert(
      fc.property(smallDistribution, fc.nat(5), (chance, i) => {
        const s = chance.values[Math.min(i, chance.values.length - 1)]!;
        expect(rateBits(s, chance)).toBeLessThanOrEqual(tailBits([s], chance) + 1e-9);
      }),
    );
  });

  it("has no value outside the support, and nothing to earn where chance cannot vary", () => {
    expect(() => rateBits(8.1, bandit)).toThrow(/outside 0 to 8/);
    expect(() => rateBits(Number.NaN, bandit)).toThrow(RangeError);
    expect(rateBits(8 + 1e-12, bandit)).toBe(rateBits(8, bandit));
    const fixed = { values: Float64Array.of(3), probabilities: Float64Array.of(1) };
    expect(rateBits(3, fixed)).toBe(0);
    const padded = {
      values: Float64Array.of(0, 3, 9),
      probabilities: Float64Array.of(0.5, 0.5, 0),
    };
    expect(rateBits(3, padded)).toBe(1);
    expect(() => rateBits(4, padded)).toThrow(RangeError);
    const half = { values: Float64Array.of(0, 1), probabilities: Float64Array.of(0.5, 0.4) };
    expect(() => rateBits(1, half)).toThrow(/sum to 0.9/);
  });
});

describe("rate intervals", () => {
  it("carries the ends over", () => {
    const interval = rateBitsOver({ low: 8 / 6, high: 8, level: 0.9 }, bandit);
    expect(interval.low).toBeCloseTo(0, 12);
    expect(interval.high).toBeCloseTo(20.679700005769, 12);
    expect(interval.level).toBe(0.9);
    expect(rateBitsOver({ low: -1, high: 9, level: 0.9 }, bandit).low).toBe(rateBits(0, bandit));
    expect(() => rateBitsOver({ low: 9, high: 10, level: 0.9 }, bandit)).toThrow(RangeError);
  });

  it.each([
    // mpmath, 18 digits: sqrt(2) erfinv(2 p - 1) at p = (1 + level) / 2
    [0.95, 1.95996398454],
    [0.2, 0.25334710313579],
    [0.9999998, 5.1993375821928],
  ])("uses the normal quantile at level %f", (level, z) => {
    const { low, high } = rateBitsInterval({ mean: 4, standardError: 0.5 }, bandit, level);
    expect(low).toBeCloseTo(rateBits(4 - 0.5 * z, bandit), 8);
    expect(high).toBeCloseTo(rateBits(4 + 0.5 * z, bandit), 8);
  });
});

describe("tailBits", () => {
  it("pays for variance: chance itself 0.96, a blind guess that sticks to one arm 3.45", () => {
    // Python fractions: sum of Pr(S = k) * -log2 Pr(S >= k), S ~ Binomial(8, 1/6)
    const chanceItself = bandit.probabilities.reduce(
      (sum, p, k) => sum + p * tailBits([k], bandit),
      0,
    );
    expect(chanceItself).toBeCloseTo(0.96035639589905, 12);
    // 8 log2(6) / 6: right once in six guesses
    expect(tailBits([8, 0, 0, 0, 0, 0], bandit)).toBeCloseTo(3.4466166676282, 12);
  });

  it("looks up scores between and beside the values", () => {
    expect(tailBits([0], bandit)).toBe(0);
    expect(tailBits([7.5], bandit)).toBe(tailBits([8], bandit));
    expect(tailBits([8 + 1e-12], bandit)).toBe(tailBits([8], bandit));
    expect(() => tailBits([8.5], bandit)).toThrow(/never reaches/);
    expect(() => tailBits([], bandit)).toThrow(RangeError);
  });
});
