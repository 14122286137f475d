import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../core/index.ts";
import { sampleActions } from "./sampling.ts";
import { hashRows, ObservationTable } from "./table/observation-table.ts";

describe("observation table", () => {
  it("behaves as a map, through growth and a round trip", () => {
    const entry = fc.tuple(
      fc.integer(),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: -9, max: 9 }),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 400 }), (entries) => {
        const table = new ObservationTable(1, 4);
        const map = new Map<string, number>();
        for (const [high, low, value] of entries) {
          const at = table.insert(high % 5, low);
          table.rows[at] = value;
          map.set(`${high % 5},${low}`, value);
        }
        const back = ObservationTable.fromArrays(1, table.toArrays());
        for (const [name, value] of map) {
          const [high, low] = name.split(",").map(Number) as [number, number];
          expect(table.rows[table.find(high, low)]).toBe(value);
          expect(back.rows[back.find(high, low)]).toBe(value);
        }
        expect(table.count).toBe(map.size);
        expect(table.find(77, 1)).toBe(-1);
      }),
    );
  });

  it("hashes rows apart: no collision among 200,000 rows that differ in few bits", () => {
    const width = 4;
    const rows = 200_000;
    const words = new Int32Array(rows * width);
    for (let i = 0; i < rows; i++) words.set([i & 0xff, (i >> 8) & 0xff, i >> 16, 0], i * width);
    const hashes = hashRows(words, width);
    const seen = new Set<string>();
    for (let i = 0; i < rows; i++) {
      expect(hashes[2 * i] === 0 && hashes[2 * i + 1] === 0).toBe(false);
      seen.add(`${hashes[2 * i]},${hashes[2 * i + 1]}`);
    }
    expect(seen.size).toBe(rows);
  });
});

describe("sampling from logits", () => {
  it("draws each action with its softmax probability", () => {
    const logits = Float32Array.of(0, Math.log(2), Math.log(5));
    const draws = 80_000;
    const counts = [0, 0, 0];
    const random = new Random(keyOf(4));
    const into = new Int32Array(1);
    for (let i = 0; i < draws; i++) {
      sampleActions(logits, 3, 1, random, into, 0);
      counts[into[0]!]!++;
    }
    const expected = [1 / 8, 2 / 8, 5 / 8];
    const chi2 = counts.reduce(
      (sum, c, a) => sum + (c - draws * expected[a]!) ** 2 / (draws * expected[a]!),
      0,
    );
    // 0.9999 quantile of chi squared with 2 degrees of freedom: -2 ln 0.0001 = 18.42.
    expect(chi2).toBeLessThan(18.42);
  });
});
