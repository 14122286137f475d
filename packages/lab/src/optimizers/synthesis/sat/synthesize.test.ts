/** Exact synthesis against the exhaustive tables, known circuits, and truth tables. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allOnes,
  type Basis,
  type Circuit,
  circuitDepth,
  circuitKey,
  inputTable,
  outputTables,
} from "../../../core/index.ts";
import { leastCosts } from "../tables/census.ts";
import { miniSat, solverInPlace } from "./minisat.ts";
import { Cnf, type SatSolver } from "./solver.ts";
import { type SynthesisProblem, synthesize } from "./synthesize.ts";

const solver = solverInPlace;

const problem = (
  inputs: number,
  tables: readonly bigint[],
  rest: Partial<SynthesisProblem> = {},
): SynthesisProblem => ({ inputs, tables, basis: "full", objective: "size", ...rest });

/** The value of a circuit in a row, gate by gate. */
function evaluate({ inputs, gates, outputs }: Circuit, row: number): number[] {
  const values = Array.from({ length: inputs }, (_, j) => (row >> j) & 1);
  for (const { op, a, b } of gates) values.push((op >> (2 * values[b]! + values[a]!)) & 1);
  return outputs.map(
    ({ wire, complement }) => (wire < 0 ? 0 : values[wire]!) ^ (complement ? 1 : 0),
  );
}

it("circuits compute what they were made for, row by row", async () => {
  const functions = fc.integer({ min: 1, max: 3 }).chain((inputs) =>
    fc.record({
      inputs: fc.constant(inputs),
      tables: fc.array(fc.bigInt({ min: 0n, max: allOnes(inputs) }), {
        minLength: 1,
        maxLength: 2,
      }),
      basis: fc.constantFrom<Basis>("full", "andor"),
      objective: fc.constantFrom("size" as const, "depth" as const),
    }),
  );
  await fc.assert(
    fc.asyncProperty(functions, async (each) => {
      const { circuit, minimal } = await synthesize(each, { solver });
      expect(minimal).toBe(true);
      for (let row = 0; row < 2 ** each.inputs; row++)
        expect(evaluate(circuit!, row)).toEqual(
          each.tables.map((table) => Number((table >> BigInt(row)) & 1n)),
        );
      if (each.basis === "andor")
        for (const { op } of circuit!.gates) expect([0b0110, 0b1001]).not.toContain(op);
    }),
    { numRuns: 25, seed: 1 },
  );
}, 600_000);

for (const basis of ["full", "andor"] as const)
  it(`sizes and depths of three inputs over ${basis} are those found by exhaustion`, async () => {
    const { space, sizes, depths, sizeDepths } = await leastCosts(3, basis);
    for (const [index, table] of space.representatives.entries()) {
      const small = await synthesize(problem(3, [BigInt(table)], { basis }), { solver });
      expect(small.circuit!.gates.length).toBe(sizes![index]);
      const shallow = await synthesize(problem(3, [BigInt(table)], { basis, objective: "depth" }), {
        solver,
      });
      expect(circuitDepth(shallow.circuit!)).toBe(depths[index]);
      // A shallowest circuit can be as small as any exactly where a smallest one can be as shallow.
      expect(shallow.circuit!.gates.length === sizes![index]).toBe(
        sizeDepths![index] === depths[index],
      );
    }
  });

describe("proofs", () => {
  it("refute every number of gates that counting does not exclude", async () => {
    // "Exactly one of four" needs seven gates: Knuth, TAOCP 4A, 7.1.2 (from memory of its figure 9).
    const { circuit, proof } = await synthesize(problem(4, [0x0116n]), { solver });
    expect(circuit!.gates.length).toBe(7);
    expect(proof.map(({ gates, exists }) => [gates, exists])).toEqual([
      [3, false],
      [4, false],
      [5, false],
      [6, false],
      [7, true],
    ]);
  });

  it("find the full adder's five gates (Knuth, TAOCP 4A, 7.1.2, equation 22)", async () => {
    const { circuit } = await synthesize(problem(3, [0x96n, 0xe8n]), { solver });
    expect(circuit!.gates.length).toBe(5);
  });
});

describe("all best circuits", () => {
  it("are those of plain enumeration, without any two that are isomorphic", async () => {
    // One of two inputs, as the first says.
    const { circuits, complete } = await synthesize(problem(3, [0xe4n], { all: 1000 }), { solver });
    expect(complete).toBe(true);
    const expected = enumerate(3, 0xe4n, 3);
    expect(new Set(circuits!.map(circuitKey))).toEqual(expected);
    expect(circuits!.length).toBe(expected.size);
    for (const circuit of circuits!) expect(outputTables(circuit)).toEqual([0xe4n]);
  });

  it("are not said to be complete when there are more than asked for", async () => {
    const { circuits, complete } = await synthesize(problem(3, [0xe8n], { all: 3 }), { solver });
    expect(circuits).toHaveLength(3);
    expect(complete).toBe(false);
  });
});

it("constants and inputs need no gate", async () => {
  const tables = [0n, allOnes(3), inputTable(3, 1), inputTable(3, 2) ^ allOnes(3)];
  const { circuit, minimal, proof } = await synthesize(problem(3, tables), { solver });
  expect(minimal).toBe(true);
  expect(proof).toEqual([]);
  expect(circuit!.gates).toEqual([]);
  expect(outputTables(circuit!)).toEqual(tables);
});

describe("limits", () => {
  /** Never answers questions about four gates or more, but hears its signal. */
  const stuck: SatSolver = {
    name: "stuck",
    solve: (cnf, options = {}) =>
      cnf.clauses < 3000
        ? solver.solve(cnf, options)
        : new Promise((_, reject) => {
            options.signal!.addEventListener("abort", () => reject(options.signal!.reason));
          }),
  };

  it("time that runs out leaves what was proved", async () => {
    const result = await synthesize(problem(4, [0x0116n]), { solver: stuck, milliseconds: 300 });
    expect(result.minimal).toBe(false);
    expect(result.gatesAtLeast).toBe(4);
    expect(result.circuit).toBeUndefined();
  });

  it("the caller's signal stops it", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 100);
    const asked = synthesize(problem(4, [0x0116n]), { solver: stuck, signal: controller.signal });
    await expect(asked).rejects.toThrow("enough");
  });
});

it.each([
  [problem(7, [1n]), /1 to 6 inputs, not for 7/],
  [problem(2, []), /at least one output/],
  [problem(2, [0x10n]), /0x10 has more than the 4 rows of 2 inputs/],
])("refuses %o", async (wrong, message) => {
  await expect(synthesize(wrong, { solver })).rejects.toThrow(message);
});

it("MiniSat gives as many different models as there are", () => {
  const cnf = new Cnf();
  const [a, b, c] = cnf.list(3) as [number, number, number];
  cnf.add(a, b);
  cnf.add(-a, -b);
  cnf.add(c);
  expect(miniSat(cnf, { differIn: [a, b], most: 10 }).map((model) => model.slice(1))).toEqual(
    expect.arrayContaining([
      [true, false, true],
      [false, true, true],
    ]),
  );
  expect(miniSat(cnf, { differIn: [a, b], most: 10 })).toHaveLength(2);
});

/** Keys of all circuits of so many normal gates for a function, each gate used. */
function enumerate(inputs: number, table: bigint, gates: number): Set<string> {
  const keys = new Set<string>();
  const normal = [0b1000, 0b0010, 0b0100, 0b1110, 0b0110];
  const extend = (circuit: Circuit) => {
    const wires = inputs + circuit.gates.length;
    if (circuit.gates.length === gates) {
      const used = new Set(circuit.gates.flatMap(({ a, b }) => [a, b]));
      for (let wire = inputs; wire < wires - 1; wire++) if (!used.has(wire)) return;
      const whole = { ...circuit, outputs: [{ wire: wires - 1, complement: false }] };
      if (outputTables(whole)[0] === table) keys.add(circuitKey(whole));
      return;
    }
    for (let b = 1; b < wires; b++)
      for (let a = 0; a < b; a++)
        for (const op of normal) extend({ ...circuit, gates: [...circuit.gates, { op, a, b }] });
  };
  extend({ inputs, gates: [], outputs: [] });
  return keys;
}
