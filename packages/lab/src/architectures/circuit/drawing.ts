/** A circuit as a drawing shows it: wires by depth, with what each computes. */
import {
  type Circuit,
  canonicalCircuit,
  constantWire,
  type TruthTable,
  wireTables,
} from "../../core/index.ts";

/** A gate or an input. */
export interface DrawnWire {
  readonly wire: number;
  /** Name of an input, or of what the gate does with its operands, like `a and not b`. */
  readonly label: string;
  /** Gates on a longest path to it: 0 for inputs. */
  readonly layer: number;
  /** Wires it reads, the first operand first. */
  readonly reads: readonly number[];
  /** Truth table of the wire. */
  readonly table: TruthTable;
}

export interface DrawnOutput {
  readonly name: string;
  readonly wire: number;
  readonly complement: boolean;
}

/** What a figure needs to draw a circuit. */
export interface CircuitDrawing {
  readonly wires: readonly DrawnWire[];
  readonly outputs: readonly DrawnOutput[];
  readonly layers: number;
}

/** Names of the operators by their rows; the first operand is a, the second b. */
const operators: readonly string[] = [
  "0",
  "a nor b",
  "a and not b",
  "not b",
  "b and not a",
  "not a",
  "a xor b",
  "a nand b",
  "a and b",
  "a xnor b",
  "a",
  "a or not b",
  "b",
  "b or not a",
  "a or b",
  "1",
];

/** What an operator of two operands is called. */
export const operatorName = (op: number): string => operators[op]!;

/**
 * The drawing of a circuit in its canonical form.
 * @param names of inputs and outputs; `x1`, `x2`, ... and `f1`, `f2`, ... where they are left out.
 */
export function drawCircuit(
  circuit: Circuit,
  names: { readonly inputs?: readonly string[]; readonly outputs?: readonly string[] } = {},
): CircuitDrawing {
  const canonical = canonicalCircuit(circuit);
  const { inputs, gates, outputs } = canonical;
  const tables = wireTables(canonical);
  const wires: DrawnWire[] = Array.from({ length: inputs }, (_, j) => ({
    wire: j,
    label: names.inputs?.[j] ?? `x${j + 1}`,
    layer: 0,
    reads: [],
    table: tables[j]!,
  }));
  for (const [i, { op, a, b }] of gates.entries())
    wires.push({
      wire: inputs + i,
      label: operatorName(op),
      layer: 1 + Math.max(wires[a]!.layer, wires[b]!.layer),
      reads: [a, b],
      table: tables[inputs + i]!,
    });
  return {
    wires,
    outputs: outputs.map(({ wire, complement }, h) => ({
      name: names.outputs?.[h] ?? `f${h + 1}`,
      wire,
      complement,
    })),
    layers: Math.max(0, ...wires.map(({ layer }) => layer)),
  };
}

/** The circuit as text, a line a gate: `g1 = x1 and not x2`. */
export function circuitText(drawing: CircuitDrawing): string {
  const inputs = drawing.wires.filter(({ layer }) => layer === 0).length;
  const name = (wire: number) =>
    wire < inputs ? drawing.wires[wire]!.label : `g${wire - inputs + 1}`;
  const gates = drawing.wires.slice(inputs).map(({ wire, label, reads }) => {
    const text = label.replace(/\b[ab]\b/g, (operand) => name(reads[operand === "a" ? 0 : 1]!));
    return `${name(wire)} = ${text}\n`;
  });
  const outputs = drawing.outputs.map(({ name: output, wire, complement }) => {
    const shown = wire === constantWire ? "0" : name(wire);
    return `${output} = ${complement ? "not " : ""}${shown}\n`;
  });
  return [...gates, ...outputs].join("");
}
