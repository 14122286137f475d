import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, parseParameters, Random } from "../../core/index.ts";
import { trained } from "../experiments/trained.ts";
import { bestAssignment } from "./assignment.ts";
import { openCurve } from "./curve.ts";
import { parameterPath } from "./index.ts";
import { gradientDescent, lossOfLearned, recurrent, regressionWorld } from "./regression.ts";
import { matchedUnits, rearranged } from "./units.ts";

/** All orders of some numbers. */
function* orders(rest: readonly number[]): Generator<readonly number[]> {
  if (rest.length === 0) yield [];
  for (const first of rest)
    for (const other of orders(rest.filter((one) => one !== first))) yield [first, ...other];
}

describe("the best assignment", () => {
  it("is worth as much as the best of all orders", () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 6 })
          .chain((n) =>
            fc.tuple(
              fc.constant(n),
              fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n * n, maxLength: n * n }),
            ),
          ),
        ([n, worth]) => {
          const of = (columns: ArrayLike<number>) =>
            Array.from(columns).reduce((sum, column, row) => sum + worth[row * n + column]!, 0);
          const found = bestAssignment(worth, n);
          expect(new Set(found).size).toBe(n);
          const all = [...orders(Array.from({ length: n }, (_, i) => i))];
          expect(of(found)).toBe(Math.max(...all.map(of)));
        },
      ),
    );
  });
});

const p = parseParameters(parameterPath, {
  ...{ dimension: 1, examples: 4, keyBits: 8, diversity: 8, width: 6, batch: 16 },
  ...{ updates: 60, measured: 64 },
});
const world = regressionWorld(p, { key: keyOf(5) });
const { few, own } = world;

/** Of a network somewhat trained: its parameters, loss and states. */
async function made() {
  const { signal } = new AbortController();
  const { learned, release } = (await trained(gradientDescent(p), few as never, {
    ...{ seed: 4, signal },
  }))!;
  try {
    if (learned.kind !== "supervised") throw new Error("a predictor was expected");
    const { read } = await learned.subject().predict(own.examples, { read: ["states"] });
    return {
      parameters: learned.parameters(),
      loss: await lossOfLearned(few, learned, own),
      states: read["states"]!,
    };
  } finally {
    await release();
  }
}

describe("rearranged units", () => {
  it("leave the function as it was, and are put back by matching", async () => {
    const { parameters, loss, states } = await made();
    const random = new Random(keyOf(8));
    const unit = Int32Array.from(random.shuffle([0, 1, 2, 3, 4, 5]));
    const sign = Float32Array.from(unit, () => (random.uniform() < 0.5 ? -1 : 1));
    const mixed = rearranged(parameters, { unit, sign });
    expect(mixed["gru.wh"]!.data).not.toEqual(parameters["gru.wh"]!.data);
    const curve = await openCurve(few, {
      ...{ architecture: recurrent, architectureParameters: { width: 6 } },
      ...{ from: mixed, to: parameters, batch: 16, measured: 64, learningRate: 0.01 },
    });
    const [at, middle] = await curve.losses(own.examples, [0, 0.5]);
    await curve.dispose();
    expect(at).toBeCloseTo(loss, 4);
    // Half way between a network and itself rearranged there is another function.
    expect(Math.abs(middle! - loss)).toBeGreaterThan(1e-3);
    // The states of the mixed network are these, column by column.
    const rows = states.data.length / 6;
    const moved = Float32Array.from(
      { length: 6 * rows },
      (_, i) => states.data[Math.floor(i / 6) * 6 + unit[i % 6]!]! * sign[i % 6]!,
    );
    const back = rearranged(mixed, matchedUnits(6, states, { data: moved }));
    for (const [name, { data }] of Object.entries(parameters))
      expect(back[name]!.data).toEqual(data);
  });
});
