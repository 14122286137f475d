/** The local rewriter keeps what a circuit computes, and never goes below the proved minimum. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Circuit, outputTables, pauses } from "../../../core/index.ts";
import { leastCosts } from "../tables/census.ts";
import { shrink } from "./shrink.ts";

const circuits = fc
  .array(fc.tuple(fc.nat(15), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 12 })
  .map((choices): Circuit => {
    const gates = choices.map(([op, a, b], i) => ({ op, a: a % (3 + i), b: b % (3 + i) }));
    return { inputs: 3, gates, outputs: [{ wire: 2 + gates.length, complement: false }] };
  });

it("three inputs: the function stays, gates only go, and the exhaustive minimum is a bound", async () => {
  const { space, sizes } = await leastCosts(3, "full");
  await fc.assert(
    fc.asyncProperty(circuits, async (circuit) => {
      const smaller = await shrink(circuit, "full", pauses());
      const [table] = outputTables(circuit);
      expect(outputTables(smaller)).toEqual([table]);
      expect(smaller.gates.length).toBeLessThanOrEqual(circuit.gates.length);
      const least = sizes![space.classOf[Number(table)]!]!;
      expect(smaller.gates.length).toBeGreaterThanOrEqual(least);
      if (least === 0) expect(smaller.gates).toEqual([]);
    }),
    { numRuns: 60, seed: 5 },
  );
});

it("removes what is written twice", async () => {
  const twice: Circuit = {
    inputs: 2,
    gates: [
      { op: 0b1000, a: 0, b: 1 },
      { op: 0b1000, a: 1, b: 0 },
      { op: 0b1110, a: 2, b: 3 },
    ],
    outputs: [{ wire: 4, complement: true }],
  };
  expect((await shrink(twice, "full", pauses())).gates).toHaveLength(1);
});
