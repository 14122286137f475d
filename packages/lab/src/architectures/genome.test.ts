import { compile, Graph } from "@mesascope/graph";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../core/index.ts";
import { type GenomeCode, genomeCodes, grown } from "./genome.ts";

const [rows, columns] = [6, 5];

/** A matrix grown from a genome, its entries, and the genome's tensors. */
async function develop(code: GenomeCode, bits: number, gated?: true) {
  const graph = new Graph();
  const random = new Random(split(keyOf(3), code, bits));
  const uniform = () => random.uniform();
  const init = (count: number) => new Float32Array(count).fill(0.5);
  const matrix = grown(graph, "m", [rows, columns], init, { code, bits, gated }, uniform).as(
    "matrix",
  );
  const model = await compile(graph, { outputs: [matrix] });
  const { matrix: entries } = await model.run({});
  await model.dispose();
  const genome = Object.fromEntries(
    [...graph.parameters].map(([name, { origin }]) => [
      name,
      (origin as { data: Float32Array }).data,
    ]),
  );
  const numbers = Object.values(genome).reduce((sum, data) => sum + data.length, 0);
  return { entries: entries!, genome, numbers, shape: matrix.shape };
}

describe.each(genomeCodes)("a genome read by %s", (code) => {
  it("has no more bits than it may, and makes a whole matrix of them", async () => {
    for (const bits of [12, 16, 28]) {
      const { numbers, shape, entries } = await develop(code, bits);
      // 32 bits a number; 30 entries.
      expect(32 * numbers).toBeLessThanOrEqual(bits * rows * columns);
      expect(shape).toEqual([rows, columns]);
      expect(entries.every(Number.isFinite)).toBe(true);
    }
  });

  it("is the matrix itself where it would be no shorter", async () => {
    const { genome, entries } = await develop(code, 32);
    expect(Object.keys(genome)).toEqual(["m"]);
    expect(entries).toEqual(new Float32Array(rows * columns).fill(0.5));
  });
});

describe("what is written out", () => {
  it("sparse: as many entries as the genome has numbers, each in one place", async () => {
    const { entries, genome } = await develop("sparse", 8);
    const present = [...entries].filter((entry) => entry !== 0).sort();
    // A quarter of 30 numbers, rounded down.
    expect(present).toHaveLength(7);
    expect(present).toEqual([...genome["genome.m"]!].sort());
  });

  it("labels: what a network of one hidden layer says of the two numbers in binary, by hand", async () => {
    const { entries, genome } = await develop("labels", 20);
    const [weight, bias, out] = ["in", "bias", "out"].map((part) => genome[`genome.m.${part}`]!);
    const units = bias!.length;
    // 18 numbers: 3 bits name each of 6 rows and 5 columns, a bias, and a weight out.
    expect(units).toBe(Math.floor(18 / (3 + 3 + 2)));
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const name = [0, 1, 2]
          .map((at) => (row >> at) & 1)
          .concat([0, 1, 2].map((at) => (column >> at) & 1))
          .map((bit) => (bit ? 1 : -1));
        let entry = 0;
        for (let unit = 0; unit < units; unit++) {
          const into = name.reduce(
            (sum, value, i) => sum + value * weight![i * units + unit]!,
            bias![unit]!,
          );
          entry += (Math.tanh(into) * out![unit]!) / units;
        }
        expect(entries[row * columns + column]).toBeCloseTo(entry, 5);
      }
  });

  it("gated: no more bits, and some connections are exactly absent while others are not", async () => {
    const { entries, numbers, genome } = await develop("pattern", 24, true);
    expect(32 * numbers).toBeLessThanOrEqual(24 * rows * columns);
    expect(genome["genome.m.gate"]).toHaveLength(genome["genome.m.out"]!.length);
    const present = entries.filter((entry) => entry !== 0).length;
    expect(present).toBeGreaterThan(0);
    expect(present).toBeLessThan(rows * columns);
  });

  it("gated: the weight that is said, times its expression, which starts from 1, where that is above zero, by hand", async () => {
    const { entries, genome } = await develop("labels", 20, true);
    const [weight, bias, out, gate] = ["in", "bias", "out", "gate"].map(
      (part) => genome[`genome.m.${part}`]!,
    );
    // 18 numbers: 6 weights into a unit, its bias and two weights out of it.
    expect(bias).toHaveLength(Math.floor(18 / 9));
    const units = bias!.length;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const name = [row, row >> 1, row >> 2, column, column >> 1, column >> 2].map((bit) =>
          bit & 1 ? 1 : -1,
        );
        const said = (of: Float32Array) =>
          Array.from(bias!, (start, unit) => {
            const into = name.reduce(
              (sum, bit, i) => sum + bit * weight![i * units + unit]!,
              start,
            );
            return (Math.tanh(into) * of[unit]!) / units;
          }).reduce((a, b) => a + b);
        const expected = said(out!) * Math.max(0, 1 + said(gate!));
        expect(entries[row * columns + column]).toBeCloseTo(expected, 5);
      }
  });

  it("random: of rank no more than the genome is long, the same combinations every time", async () => {
    const [one, two] = [await develop("random", 1), await develop("random", 2)];
    // One number each: the two matrices are multiples of the same one.
    const ratio = one.entries[0]! / two.entries[0]!;
    one.entries.forEach((entry, i) => {
      expect(entry / two.entries[i]!).toBeCloseTo(ratio, 4);
    });
  });
});
