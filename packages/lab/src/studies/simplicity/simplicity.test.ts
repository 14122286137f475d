import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, parseParameters, Random } from "../../core/index.ts";
import {
  boundSlope,
  completion,
  occurrences,
  packed,
  RandomNetworks,
  randomFunctions,
  rows,
  simplerThanShuffled,
  unpacked,
} from "./index.ts";
import { fill, shapesOf, truthInputs } from "./networks.ts";

const family = {
  layers: 2,
  width: 5,
  activation: "relu",
  weightScale: 1.5,
  biasScale: 0.2,
} as const;

describe("random networks", () => {
  it("compute what the same parameters do by plain arithmetic", async () => {
    const count = 3;
    const networks = await RandomNetworks.of(family, count);
    const tables = await networks.draw(new Random(keyOf(5)));
    const random = new Random(keyOf(5));
    const values = new Map(
      shapesOf(family, count).map(({ name, shape, scale }) => {
        const drawn = new Float32Array(shape[0] * shape[1] * shape[2]);
        fill(drawn, scale, random);
        return [name, { drawn, shape }];
      }),
    );
    const forward = (n: number, x: readonly number[]): number => {
      let units = [...x];
      for (let layer = 0; layer <= family.layers; layer++) {
        const w = values.get(`w${layer}`)!;
        const b = values.get(`b${layer}`)!;
        const [, from, to] = w.shape;
        units = Array.from({ length: to }, (_, j) => {
          let sum = b.drawn[n * to + j]!;
          for (let i = 0; i < from; i++) sum += units[i]! * w.drawn[(n * from + i) * to + j]!;
          return layer < family.layers ? Math.max(0, sum) : sum;
        });
      }
      return units[0]!;
    };
    for (let n = 0; n < count; n++)
      for (let row = 0; row < rows; row++) {
        const logit = forward(n, [...truthInputs.subarray(row * 7, row * 7 + 7)]);
        // Single precision may tip a logit that is next to nothing.
        if (Math.abs(logit) > 1e-4) expect(tables[n * rows + row]).toBe(logit > 0 ? 1 : 0);
      }
  });

  it("draws of the stated spread", () => {
    const values = new Float32Array(40_000);
    fill(values, 0.7, new Random(keyOf(1)));
    const meanSquare = values.reduce((sum, v) => sum + v * v, 0) / values.length;
    expect(Math.sqrt(meanSquare)).toBeCloseTo(0.7, 2);
    expect(Math.max(...values)).toBeLessThanOrEqual(0.7 * Math.sqrt(3) + 1e-6);
  });
});

describe("counting functions", () => {
  it("packs and unpacks any table", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }),
        (bits) => {
          expect([...unpacked(packed(Uint8Array.from(bits)))]).toEqual(bits);
        },
      ),
    );
  });

  it("gives the slope of a bound that falls by half a doubling a bit", () => {
    const line = [7, 14, 21, 28].map((complexity) => ({
      complexity,
      logProbability: -1 - complexity / 2,
    }));
    const below = line.map((one) => ({ ...one, logProbability: one.logProbability - 3 }));
    expect(boundSlope([...below, ...line])).toBeCloseTo(-0.5, 12);
    expect(boundSlope(line.slice(0, 2))).toBeNaN();
  });

  it("keeps functions that came up often enough", () => {
    const zeros = packed(new Uint8Array(rows));
    const ones = packed(new Uint8Array(rows).fill(1));
    const found = occurrences(
      new Map([
        [zeros, 3],
        [ones, 12],
      ]),
      16,
      10,
    );
    expect(found).toEqual([{ complexity: 7, logProbability: Math.log2(12 / 16) }]);
  });

  it("finds order simpler than its shuffling, and a constant as simple", () => {
    const halves = Uint8Array.from({ length: rows }, (_, i) => (i < rows / 2 ? 0 : 1));
    expect(simplerThanShuffled(halves, new Random(keyOf(2)))).toBeGreaterThan(50);
    expect(simplerThanShuffled(new Uint8Array(rows), new Random(keyOf(2)))).toBe(0);
  });
});

describe.each([
  [randomFunctions, { samples: 1000, width: 8 }],
  [completion, { networks: 8, updates: 40, width: 8 }],
] as const)("the experiment", (experiment, given) => {
  const run = (signal = new AbortController().signal) =>
    experiment.run(parseParameters(experiment as never, given, "test") as never, {
      key: keyOf(1),
      signal,
      report: () => {},
    });

  it(`${experiment.id} gives the same numbers twice, and other ones for other seeds`, async () => {
    const once = await run();
    expect(await run()).toEqual(once);
    const { parts } = once!.measurements[0] as { parts: Record<string, { value: number }> };
    expect(Object.values(parts).some(({ value }) => value > 0)).toBe(true);
  });

  it(`${experiment.id} keeps nothing when stopped`, async () => {
    expect(await run(AbortSignal.abort())).toBeUndefined();
  });
});
