import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Cost,
  exponentialCost,
  fixedCost,
  functionCost,
  linearCost,
  parseCost,
  parseCostTable,
  powerCost,
  tableCost,
} from "../index.ts";

const table = tableCost([
  [0, 0],
  [1, 0.5],
  [2.5, 0.5],
  [4, 3],
  [6, 10],
]);
const families: readonly Cost[] = [
  linearCost(3),
  powerCost(2, 1.7),
  powerCost(2, 0.6),
  exponentialCost(0.5, 1.3),
  fixedCost(4, 0.7),
  table,
];

describe("costs", () => {
  it.each(families.map((cost) => [cost.family, cost] as const))(
    "%s: starts at 0, never decreases, and reach is its inverse",
    (_, cost) => {
      expect(cost.bits(0)).toBe(0);
      const to = Math.min(6, cost.limit);
      const x = fc.double({ min: 0, max: to, noNaN: true });
      fc.assert(
        fc.property(x, x, fc.double({ min: 0, max: 9, noNaN: true }), (a, b, budget) => {
          expect(cost.bits(Math.max(a, b))).toBeGreaterThanOrEqual(
            cost.bits(Math.min(a, b)) - 1e-12,
          );
          const reach = cost.reach(budget);
          expect(cost.bits(reach)).toBeLessThanOrEqual(budget + 1e-9);
          if (reach + 1e-6 <= cost.limit) expect(cost.bits(reach + 1e-6)).toBeGreaterThan(budget);
        }),
      );
    },
  );

  it.each(families.map((cost) => [cost.family, cost] as const))(
    "%s: the gain is monotone between turns, and no ratio is below the least",
    (_, cost) => {
      const { turns, leastRatio } = cost.shape!;
      fc.assert(
        fc.property(
          fc.double({ min: 0.1, max: 20, noNaN: true }),
          fc.double({ min: 0.2, max: 6, noNaN: true }),
          (diversity, cap) => {
            const points = [0, ...turns(diversity, cap), cap];
            points.slice(1).forEach((end, i) => {
              const start = points[i]!;
              const at = (j: number) => start + ((end - start) * j) / 20;
              const gains = Array.from(
                { length: 20 },
                (_, j) => diversity * at(j + 1) - cost.bits(at(j + 1)),
              );
              const steps = gains.slice(1).map((gain, j) => gain - gains[j]!);
              const rising = steps.every((step) => step >= -1e-9);
              const falling = steps.every((step) => step <= 1e-9);
              expect(rising || falling).toBe(true);
            });
            const least = leastRatio(cap);
            let seen = Number.POSITIVE_INFINITY;
            for (let j = 1; j <= 4000; j++) {
              const x = (cap * j) / 4000;
              seen = Math.min(seen, cost.bits(x) / x);
            }
            expect(seen).toBeGreaterThanOrEqual(least - 1e-9);
            // The grid comes near the infimum, which may lie at 0: c (cap / 4000)^0.7 is below 0.04.
            expect(seen).toBeLessThanOrEqual(least + 0.05);
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it.each([
    // scipy.interpolate.PchipInterpolator([0, 1, 2.5, 4, 6], [0, .5, .5, 3, 10]), scipy 1.17.1
    [0.3, 0.2109],
    [0.9, 0.4923],
    [2, 0.5],
    [3, 0.9014210585207565],
    [3.7, 2.3136555891238677],
    [5, 5.918231189756869],
    [5.9, 9.549374964033953],
  ])("interpolates a table as PCHIP does: f(%f)", (x, bits) => {
    expect(table.bits(x)).toBeCloseTo(bits, 12);
  });

  it("finds the least ratio of a table: scipy's PCHIP on six million points", () => {
    // min of p(t) / t over t = linspace(1e-9, 6, 6000001): 0.19785621995353933 at 2.554582
    expect(table.shape!.leastRatio(6)).toBeCloseTo(0.19785621995353933, 9);
    // With x held to 0.5 the ratio is least at 0.5: p(0.5) = 0.3375 by the cubic 0.7 t + 0.1 t^2 - 0.3 t^3.
    expect(table.shape!.leastRatio(0.5)).toBeCloseTo(0.3375 / 0.5, 9);
  });

  it("keeps a table of two points straight", () => {
    const line = tableCost([
      [0, 0],
      [4, 8],
    ]);
    expect(line.bits(3)).toBe(6);
    expect(line.reach(5)).toBeCloseTo(2.5, 12);
    expect(line.limit).toBe(4);
  });
});

describe("what is no cost", () => {
  it.each([
    ["negative slope", () => linearCost(-1), /linear cost needs a to be .* not -1/],
    ["negative factor", () => powerCost(-2, 2), /power cost needs c/],
    ["falling power", () => powerCost(1, -1), /exponent k above 0, not -1/],
    ["falling exponential", () => exponentialCost(1, -1), /exponential cost needs b/],
    ["negative machinery", () => fixedCost(-1, 1), /fixed cost needs F/],
    ["not a number", () => linearCost(Number.NaN), /not NaN/],
    ["one point", () => tableCost([[0, 0]]), /at least two points, not 1/],
    [
      "table from elsewhere",
      () =>
        tableCost([
          [1, 0],
          [2, 1],
        ]),
      /starts at x = 0/,
    ],
    [
      "falling table",
      () =>
        tableCost([
          [0, 0],
          [1, 3],
          [2, 2],
        ]),
      /must not decrease, but f\(2\) = 2 follows f\(1\) = 3/,
    ],
    [
      "table out of order",
      () =>
        tableCost([
          [0, 0],
          [2, 3],
          [2, 4],
        ]),
      /must ascend, but point 3/,
    ],
    ["function that starts above 0", () => functionCost(() => 1, 3), /is 0 at x = 0, not 1/],
    ["function without end", () => functionCost((x) => x, Number.POSITIVE_INFINITY), /limit/],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ name: "InputError" }));
    expect(make).toThrow(message);
  });
});

describe("costs as text", () => {
  const none = () => "";

  it.each([
    ["linear:3", 6],
    ["power:1,2", 4],
    ["exponential:2,1", 6],
    ["fixed:1,0.5", 3],
    ["table:costs.csv", 5],
  ])("%s at x = 2", (text, bits) => {
    expect(parseCost(text, () => "x,f\n# measured\n0,0\n\n2;5\n4 9\n").bits(2)).toBeCloseTo(
      bits,
      12,
    );
  });

  it.each([
    ["powr:1,2", /unknown cost 'powr'; did you mean 'power'\?/],
    ["power:1", /written power:c,k with numbers, not 'power:1'/],
    ["power:1,two", /written power:c,k/],
    ["linear:", /written linear:a/],
    ["linear", /written linear:a/],
    ["table:", /written table:FILE/],
    ["linear:-1", /--cost: the linear cost needs a/],
  ])("refuses %s", (text, message) => {
    expect(() => parseCost(text, none, "--cost")).toThrow(message);
  });

  it("names the line of a table that cannot be read", () => {
    expect(() => parseCostTable("0,0\n1,x\n", "f.csv")).toThrow(
      /^f\.csv:2: a line of a cost table/,
    );
    expect(() => parseCostTable("0,0\n2,1\n1,3", "f.csv")).toThrow(/^f\.csv: .*must ascend/);
    // An empty field is no zero.
    expect(() => parseCostTable("0,0\n1,\n", "f.csv")).toThrow(/^f\.csv:2: .* not '1,'/);
  });
});
