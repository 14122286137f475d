/** Sizes and depths from Knuth, The Art of Computer Programming 4A, section 7.1.2: full adder, parity, majority. */
import { describe, expect, it } from "vitest";
import { parseFormula } from "./formula.ts";
import { type CircuitAnswer, solve } from "./solve.ts";

const signal = new AbortController().signal;
const ask = (text: string, basis: "full" | "andor" = "full"): Promise<CircuitAnswer> =>
  solve({ kind: "function", ...parseFormula(text), basis }, { signal, tell: () => {} });

describe("solve", () => {
  it.each([
    // C and D of figures 9 and 10 there: parity of n takes n - 1 gates, the median of three takes 4, at depth 3.
    ["a xor b xor c", "full", 2, 2],
    ["a xor b xor c xor d", "full", 3, 2],
    ["a and b or b and c or a and c", "full", 4, 3],
    ["a xor b", "andor", 3, 2],
    ["a", "full", 0, 0],
    ["0", "full", 0, 0],
  ] as const)("%s over %s takes %i gates and depth %i", async (text, basis, gates, depth) => {
    const { circuits } = await ask(text, basis);
    expect(circuits[0]!.gates).toBe(gates);
    expect(circuits[1]!.depth).toBe(depth);
  });

  it("says why nothing smaller exists", async () => {
    expect((await ask("a and b or b and c or a and c")).finding).toMatch(
      /^0xe8 takes 4 gates: the solver proved that 2 gates and 3 gates do not suffice\./,
    );
    expect((await ask("a and b")).finding).toMatch(/0x8 takes 1 gate: fewer could not even read/);
  });

  it("tells what the solver is asked, and stops when told", async () => {
    const asked: string[] = [];
    const question = { kind: "function", ...parseFormula("a xor b or c"), basis: "full" } as const;
    await solve(question, { signal, tell: (text) => asked.push(text) });
    expect(asked.length).toBeGreaterThan(0);
    await expect(
      solve(question, { signal: AbortSignal.abort(new Error("enough")), tell: () => {} }),
    ).rejects.toThrow("enough");
  });

  it("reads search problems as the study does", async () => {
    const { circuits, finding } = await solve(
      { kind: "problem", id: "maze-2x2", basis: "full" },
      { signal, tell: () => {} },
    );
    expect(circuits.map(({ heading }) => heading)).toEqual([
      "fewest gates",
      "least depth",
      "open search",
    ]);
    expect(finding).toMatch(/smallest circuit/);
  });
});
