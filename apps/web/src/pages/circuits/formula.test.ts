/** Formulas against JavaScript's own operators, row by row. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFormula } from "./formula.ts";

/** A formula as text, and what JavaScript makes of it. */
interface Written {
  readonly text: string;
  readonly value: (row: readonly boolean[]) => boolean;
}

const operators: Record<string, (a: boolean, b: boolean) => boolean> = {
  and: (a, b) => a && b,
  "&": (a, b) => a && b,
  or: (a, b) => a || b,
  "|": (a, b) => a || b,
  xor: (a, b) => a !== b,
  "^": (a, b) => a !== b,
  "->": (a, b) => !a || b,
  "=": (a, b) => a === b,
  nand: (a, b) => !(a && b),
  nor: (a, b) => !(a || b),
};

const { formula } = fc.letrec<{ formula: Written }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5 },
    fc
      .integer({ min: 0, max: 3 })
      .map((j): Written => ({ text: j % 2 ? `x${j + 1}` : "abcd"[j]!, value: (row) => row[j]! })),
    tie("formula").map(
      ({ text, value }): Written => ({ text: `not (${text})`, value: (row) => !value(row) }),
    ),
    fc.tuple(fc.constantFrom(...Object.keys(operators)), tie("formula"), tie("formula")).map(
      ([name, a, b]): Written => ({
        text: `(${a.text}) ${name} (${b.text})`,
        value: (row) => operators[name]!(a.value(row), b.value(row)),
      }),
    ),
  ),
}));

describe("parseFormula", () => {
  it("computes what JavaScript computes, on every row", () => {
    fc.assert(
      fc.property(formula, ({ text, value }) => {
        const { inputs, table } = parseFormula(text);
        for (let row = 0; row < 2 ** inputs; row++) {
          const bits = [0, 1, 2, 3].map((j) => ((row >> j) & 1) === 1);
          expect((table >> BigInt(row)) & 1n).toBe(value(bits) ? 1n : 0n);
        }
      }),
      { seed: 1 },
    );
  });

  it.each([
    ["a or b and c", "a or (b and c)"],
    ["not a and b", "(not a) and b"],
    ["a xor b or c", "(a xor b) or c"],
    ["a xor b and c", "a xor (b and c)"],
    ["a -> b -> c", "a -> (b -> c)"],
    ["a = b or c", "a = (b or c)"],
    ["x1 AND x3", "a & c"],
    ["!!a", "a"],
  ])("%s is %s", (text, same) => {
    expect(parseFormula(text)).toEqual(parseFormula(same));
  });

  it("has the tables that books print: majority 0xe8, parity of four 0x6996", () => {
    expect(parseFormula("a & b | b & c | a & c")).toEqual({
      inputs: 3,
      table: 0xe8n,
    });
    expect(parseFormula("a ^ b ^ c ^ d")).toEqual({ inputs: 4, table: 0x6996n });
    expect(parseFormula("1")).toEqual({ inputs: 1, table: 3n });
  });

  it.each([
    ["", /type a formula/],
    ["a and", /column 6: expected an input, found the end/],
    ["a b", /column 3: expected an operator or the end, found 'b'/],
    ["(a or b", /column 8: expected '\)', found the end/],
    ["a or or b", /column 6: expected an input, 'not' or '\(', found 'or'/],
    ["a adn b", /column 3: 'adn' is neither an input .* did you mean 'and'\?/],
    ["a and e", /column 7: 'e' is neither an input/],
    ["x5", /'x5' is neither an input/],
    ["a § b", /'§' is neither/],
  ])("refuses %j", (text, message) => {
    expect(() => parseFormula(text)).toThrow(message);
  });
});
