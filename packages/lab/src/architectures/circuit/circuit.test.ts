/** Truth tables as text, canonical forms, and drawings. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Circuit,
  canonicalCircuit,
  circuitDepth,
  circuitKey,
  InputError,
  outputTables,
} from "../../core/index.ts";
import { circuitText, drawCircuit } from "./drawing.ts";
import { formatTable, parseTable } from "./parse.ts";

const circuits = fc
  .record({
    inputs: fc.integer({ min: 2, max: 4 }),
    choices: fc.array(fc.tuple(fc.nat(15), fc.nat(1000), fc.nat(1000)), {
      minLength: 1,
      maxLength: 7,
    }),
    complement: fc.boolean(),
  })
  .map(({ inputs, choices, complement }): Circuit => {
    const gates = choices.map(([op, a, b], i) => {
      const wires = inputs + i;
      return { op, a: a % wires, b: b % wires };
    });
    return { inputs, gates, outputs: [{ wire: inputs + gates.length - 1, complement }] };
  });

describe("canonical form", () => {
  it("computes the same, with normal gates, and is its own canonical form", () => {
    fc.assert(
      fc.property(circuits, (circuit) => {
        const canonical = canonicalCircuit(circuit);
        expect(outputTables(canonical)).toEqual(outputTables(circuit));
        expect(canonical.gates.every(({ op }) => (op & 1) === 0)).toBe(true);
        expect(circuitDepth(canonical)).toBe(circuitDepth(circuit));
        expect(canonicalCircuit(canonical)).toEqual(canonical);
      }),
      { seed: 2 },
    );
  });

  it("is the same when gates move and operands and polarities change, and else is not", () => {
    const one: Circuit = {
      inputs: 4,
      gates: [
        { op: 0b1000, a: 0, b: 1 },
        { op: 0b0110, a: 2, b: 3 },
        { op: 0b0010, a: 4, b: 5 },
      ],
      outputs: [{ wire: 6, complement: false }],
    };
    const other: Circuit = {
      inputs: 4,
      gates: [
        // not (d xor c)
        { op: 0b1001, a: 3, b: 2 },
        // not (a and b)
        { op: 0b0111, a: 0, b: 1 },
        // 0 exactly where the first operand is 1 and the second 0
        { op: 0b1101, a: 4, b: 5 },
      ],
      outputs: [{ wire: 6, complement: true }],
    };
    expect(outputTables(other)).toEqual(outputTables(one));
    expect(circuitKey(other)).toBe(circuitKey(one));
    const third = { ...one, gates: one.gates.with(0, { op: 0b1110, a: 0, b: 1 }) };
    expect(circuitKey(third)).not.toBe(circuitKey(one));
  });
});

describe("truth tables", () => {
  it("are read as they are written", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.bigInt({ min: 0n, max: 2n ** 64n }),
        (n, v) => {
          const table = v % 2n ** (2n ** BigInt(n));
          expect(parseTable(formatTable(table, n), n)).toBe(table);
        },
      ),
      { seed: 3 },
    );
    expect(parseTable("0b10010110", 3)).toBe(0x96n);
    expect(parseTable("0x2", 1)).toBe(2n);
  });

  it.each([
    ["6996", 4, /'6996' is no truth table; write hexadecimal digits like 0x6996/],
    ["0x69g6", 4, /'0x69g6' is no truth table/],
    ["", 4, /'' is no truth table/],
    ["0x699", 4, /4 inputs has 16 rows, which is 4 hexadecimal digits, not 3/],
    ["0x06996", 4, /which is 4 hexadecimal digits, not 5/],
    ["0b0110", 3, /3 inputs has 8 rows, which is 8 binary digits, not 4/],
    ["0x5", 1, /1 input has 2 rows, so its digit is at most 3, not 5/],
  ])("refuse %j for %i inputs", (text, inputs, message) => {
    expect(() => parseTable(text, inputs, "--table")).toThrow(InputError);
    expect(() => parseTable(text, inputs, "--table")).toThrow(message);
  });
});

describe("drawings", () => {
  /** x1 xor x2 xor x3. */
  const parity: Circuit = {
    inputs: 3,
    gates: [
      { op: 0b0110, a: 0, b: 1 },
      { op: 0b0110, a: 3, b: 2 },
    ],
    outputs: [{ wire: 4, complement: true }],
  };

  it("put every wire above what it reads", () => {
    fc.assert(
      fc.property(circuits, (circuit) => {
        const { wires, layers } = drawCircuit(circuit);
        for (const { reads, layer } of wires)
          for (const read of reads) expect(wires[read]!.layer).toBeLessThan(layer);
        expect(layers).toBe(Math.max(...wires.map(({ layer }) => layer)));
      }),
      { seed: 4 },
    );
  });

  it("read as text", () => {
    const drawing = drawCircuit(parity, { inputs: ["p", "q", "r"], outputs: ["even"] });
    expect(circuitText(drawing)).toBe("g1 = p xor q\ng2 = g1 xor r\neven = not g2\n");
  });
});
