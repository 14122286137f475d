/** The page's numbers against the closed forms of the toy model (MEASURES: F + c x^2 jumps at N0 = 2 sqrt(c F)). */
import { describe, expect, it } from "vitest";
import { divisionOf, type Settings, xMax } from "./division.ts";

const settings = (more: Partial<Settings> = {}): Settings => ({
  ...{ budget: 64, diversity: 4, cost: "fixed", numbers: [16, 1] },
  ...more,
});

describe("divisionOf", () => {
  it("buys machinery from N0 = 2 sqrt(c F) on, and then x = N / 2c", () => {
    const below = divisionOf(settings({ diversity: 7.9 }));
    expect(below.threshold).toBeCloseTo(8, 9);
    expect([below.xStar, below.regime]).toEqual([0, "all tuning"]);
    expect(below.tunedBits).toBeCloseTo(64 / 7.9, 9);
    const above = divisionOf(settings({ diversity: 9 }));
    expect(above.xStar).toBeCloseTo(4.5, 9);
    expect(above.tunedBits).toBeCloseTo((64 - 16 - 4.5 ** 2) / 9, 9);
  });

  it.each([
    // f'(x*) = N: c k x^(k-1), a b ln 2 2^(b x).
    ["power", [1, 2], 6, 3],
    ["exponential", [1, 1], 8, Math.log2(8 / Math.LN2)],
  ] as const)("with a %s cost it is where f' is N", (cost, numbers, diversity, x) => {
    expect(divisionOf(settings({ cost, numbers, diversity })).xStar).toBeCloseTo(x, 9);
  });

  it("gives curves that figures can draw: from 0 to the end, the frontier never falling", () => {
    const { cost, frontier } = divisionOf(settings());
    expect(cost[0]).toEqual({ x: 0, bits: 0 });
    expect(cost.at(-1)!.x).toBe(xMax);
    expect(frontier[0]!.diversity).toBe(1);
    expect(frontier.at(-1)!.diversity).toBe(2 ** 14);
    frontier.reduce((before, { x }) => {
      expect(x).toBeGreaterThanOrEqual(before);
      return x;
    }, 0);
  });
});
