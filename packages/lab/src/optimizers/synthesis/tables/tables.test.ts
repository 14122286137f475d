/** The tables of least costs against published ones and against plain enumeration. */
import { describe, expect, it } from "vitest";
import { type Basis, InputError, pauses } from "../../../core/index.ts";
import { findWithin } from "../sat/find-within.ts";
import { solverInPlace } from "../sat/minisat.ts";
import { synthesize } from "../sat/synthesize.ts";
import { type CensusRow, leastCosts, takeCensus } from "./census.ts";
import { functionSpace } from "./functions.ts";
import { leastSizes } from "./sizes.ts";

/** Milliseconds for what takes seconds on an idle machine. */
const patience = 600_000;

const pairs = (rows: readonly CensusRow[] | null) =>
  rows?.map(({ value, functions, classes }) => [value, classes, functions]);

describe("four inputs over all gates", () => {
  // Knuth, The Art of Computer Programming 4A (2011), section 7.1.2, table 1: value, classes, functions. The column of
  // C(f) is taken from its quotation in Haaswijk, Testa, Soeken and De Micheli, Classifying functions with exact synthesis
  // (2017). The columns of L(f) and D(f) were written down from memory of the book before they were computed, and are to be
  // held against a copy of it; Cox's counts confirm those of L(f) up to 3.
  it(
    "has the sizes, lengths and depths of Knuth's table 1",
    async () => {
      const census = await takeCensus(4, "full");
      expect(pairs(census.size)).toEqual([
        [0, 2, 10],
        [1, 2, 60],
        [2, 5, 456],
        [3, 20, 2474],
        [4, 34, 10624],
        [5, 75, 24184],
        [6, 72, 25008],
        [7, 12, 2720],
      ]);
      expect(pairs(census.length)).toEqual([
        [0, 2, 10],
        [1, 2, 60],
        [2, 5, 456],
        [3, 20, 2474],
        [4, 34, 10624],
        [5, 75, 24184],
        [6, 68, 24640],
        [7, 16, 3088],
      ]);
      expect(pairs(census.depth)).toEqual([
        [0, 2, 10],
        [1, 2, 60],
        [2, 17, 1458],
        [3, 179, 56456],
        [4, 22, 7552],
      ]);
      // C and L differ where a function leaves row 6 of C for row 7 of L: 16 - 12 classes, 3088 - 2720 functions.
      expect(census.sizeBelowLength).toMatchObject({ classes: 4, functions: 368 });
    },
    patience,
  );

  it(
    "agrees with the SAT solver on every symmetric function",
    async () => {
      const { space, sizes, depths, sizeDepths } = await leastCosts(4, "full");
      for (let values = 2; values < 32; values += 2) {
        let table = 0;
        for (let row = 0; row < 16; row++) {
          const ones = row.toString(2).replaceAll("0", "").length;
          table |= ((values >> ones) & 1) << row;
        }
        const index = space.classOf[table]!;
        const problem = { inputs: 4, basis: "full", tables: [BigInt(table)] } as const;
        const small = await synthesize(
          { ...problem, objective: "size" },
          { solver: solverInPlace },
        );
        expect([table, small.circuit!.gates.length]).toEqual([table, sizes![index]]);
        const find = findWithin(4, "full", solverInPlace);
        const joint = await find(table, { gates: sizes![index]!, depth: depths[index]! });
        expect([table, joint]).toEqual([table, sizeDepths![index] === depths[index]]);
      }
    },
    patience,
  );

  it(
    "agrees with the counts of Cox for five inputs, as far as none of them needs all five",
    async () => {
      // R. Cox, Minimal Boolean Formulas (2011), https://research.swtch.com/boolean: functions of five inputs by length
      // over AND, OR and XOR; a formula of length below four has at most four inputs. He counts the two constants at
      // length 1, where here they need nothing.
      await expect(fiveInputCounts("full")).resolves.toEqual([12, 100, 1140, 11570]);
    },
    patience,
  );
});

describe("four inputs over AND and OR", () => {
  it("agrees with the counts of Cox for five inputs, as far as none of them needs all five", async () => {
    // As above, over AND and OR.
    await expect(fiveInputCounts("andor")).resolves.toEqual([12, 80, 640, 4420]);
  });

  it("leaves sizes out of a quick census", async () => {
    const census = await takeCensus(4, "andor", { quickSizesOnly: true });
    expect(census).toMatchObject({ size: null, sizeBelowLength: null, noJointMinimum: null });
  });
});

it("the longest formulas over AND and OR have the lengths of OEIS A056287", async () => {
  for (const [inputs, longest] of [
    [2, 3],
    [3, 9],
    [4, 15],
  ] as const) {
    const { length } = await takeCensus(inputs, "andor", { quickSizesOnly: true });
    expect(length.at(-1)!.value).toBe(longest);
  }
});

it("the largest circuits over AND and OR have the sizes of OEIS A057241", async () => {
  expect((await takeCensus(2, "andor")).size!.at(-1)!.value).toBe(3);
  expect((await takeCensus(3, "andor")).size!.at(-1)!.value).toBe(6);
});

it("the classes are as many as OEIS A000370 says", () => {
  expect([1, 2, 3, 4].map((inputs) => functionSpace(inputs).representatives.length)).toEqual([
    2, 4, 14, 222,
  ]);
});

for (const [basis, most] of [
  ["full", 4],
  ["andor", 5],
] as const)
  it(`three inputs over ${basis}: sizes and depths are those of plain enumeration`, async () => {
    const { space, sizes, sizeDepths } = await leastCosts(3, basis);
    const plain = enumerateChains(basis, most);
    for (let table = 0; table < 256; table++) {
      const index = space.classOf[table]!;
      const found = plain.get(table);
      expect([table, found?.size ?? "more"]).toEqual([
        table,
        sizes![index]! <= most ? sizes![index] : "more",
      ]);
      if (found) expect([table, found.depth]).toEqual([table, sizeDepths![index]]);
    }
  });

describe("where exhaustion ends", () => {
  it("the SAT solver goes on to the same sizes and depths", async () => {
    const { space, sizes, depths, sizeDepths } = await leastCosts(3, "andor");
    const find = findWithin(3, "andor", solverInPlace);
    const settled = await leastSizes(space, "andor", depths, pauses(), { find, exhaust: 4 });
    expect(settled).toEqual({ sizes, depths: sizeDepths });
  });

  it("what is not settled stays unknown", async () => {
    const { space, sizes, depths } = await leastCosts(3, "andor");
    const find = () => Promise.resolve(undefined);
    const left = await leastSizes(space, "andor", depths, pauses(), { find, exhaust: 4 });
    expect([...left.sizes]).toEqual([...sizes!].map((size) => (size <= 4 ? size : 255)));
  });
});

it("stops when it is told to", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const begun = performance.now();
  await expect(takeCensus(4, "andor", { signal: controller.signal })).rejects.toThrow(/aborted/);
  expect(performance.now() - begun).toBeLessThan(5000);
});

it("refuses more inputs than can be listed", async () => {
  await expect(takeCensus(5, "full")).rejects.toThrow(InputError);
});

/** Functions of five inputs by length, 0 to 3, from the lengths of functions that need exactly m of four inputs. */
async function fiveInputCounts(basis: Basis): Promise<number[]> {
  const { space, lengths } = await leastCosts(4, basis, { quickSizesOnly: true });
  const exactly = [0, 0, 0, 0].map(() => [0, 0, 0, 0, 0]);
  for (let table = 0; table < 65536; table++) {
    const length = lengths[space.classOf[table]!]!;
    if (length > 3) continue;
    const needed = [0, 1, 2, 3].filter((j) =>
      Array.from({ length: 16 }, (_, row) => row).some(
        (row) => ((table >> row) & 1) !== ((table >> (row ^ (1 << j))) & 1),
      ),
    ).length;
    exactly[length]![needed]!++;
  }
  const choose4 = [1, 4, 6, 4, 1];
  const choose5 = [1, 5, 10, 10, 5];
  return exactly.map((counts) =>
    counts.reduce((sum, functions, m) => sum + (functions / choose4[m]!) * choose5[m]!, 0),
  );
}

/** Size and least depth at that size of all functions of three inputs with a circuit of `most` gates, with nothing left out. */
function enumerateChains(basis: Basis, most: number): Map<number, { size: number; depth: number }> {
  const best = new Map<number, { size: number; depth: number }>();
  const ops = Array.from({ length: 16 }, (_, op) => op).filter(
    (op) => basis === "full" || (op !== 0b0110 && op !== 0b1001),
  );
  const inputs = [0xaa, 0xcc, 0xf0];
  for (const table of [0, 255, ...inputs, ...inputs.map((t) => t ^ 255)])
    best.set(table, { size: 0, depth: 0 });
  const apply = (op: number, a: number, b: number) =>
    (op & 1 ? ~a & ~b : 0) | (op & 2 ? a & ~b : 0) | (op & 4 ? ~a & b : 0) | (op & 8 ? a & b : 0);
  const extend = (tables: number[], depths: number[]) => {
    const size = tables.length - inputs.length + 1;
    for (let j = 1; j < tables.length; j++)
      for (let i = 0; i < j; i++)
        for (const op of ops) {
          const table = apply(op, tables[i]!, tables[j]!) & 255;
          const depth = 1 + Math.max(depths[i]!, depths[j]!);
          const before = best.get(table);
          if (!before || size < before.size || (size === before.size && depth < before.depth))
            best.set(table, { size, depth });
          // The gate before the last is a normal one: what reads it can complement it.
          if (size < most && (table & 1) === 0 && table !== 0 && !tables.includes(table))
            extend([...tables, table], [...depths, depth]);
        }
  };
  extend(inputs, [0, 0, 0]);
  return best;
}
