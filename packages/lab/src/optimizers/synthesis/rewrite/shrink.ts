/**
 * A local rewriter: a base optimizer that goes downhill from a given circuit instead of searching for a smallest one.
 * It replaces one gate at a time by a constant, another wire, or a gate of two other wires, wherever no output changes
 * (resubstitution with don't-cares; Mishchenko and Brayton, Scalable logic synthesis using a simple circuit
 * structure, 2006), as long as gates can be saved.
 */
import {
  type Basis,
  type Circuit,
  type CircuitOutput,
  constantWire,
  type Gate,
  outputTables,
  type Pauses,
} from "../../../core/index.ts";
import { normalGates } from "../tables/combine.ts";

/** What may stand for a gate: a wire or zero, perhaps complemented. */
type Stand = CircuitOutput;

/** Shrinks a circuit until no single replacement saves a gate; what it computes stays the same. */
export async function shrink(circuit: Circuit, basis: Basis, rest: Pauses): Promise<Circuit> {
  let current = sweep(circuit);
  for (;;) {
    const smaller = await shrinkOnce(current, basis, rest);
    if (!smaller) return current;
    current = smaller;
  }
}

async function shrinkOnce(
  circuit: Circuit,
  basis: Basis,
  rest: Pauses,
): Promise<Circuit | undefined> {
  const wanted = outputTables(circuit);
  const same = (other: Circuit) => outputTables(other).every((table, h) => table === wanted[h]);
  // From the outputs down: what is saved near them takes most with it.
  for (let at = circuit.gates.length - 1; at >= 0; at--) {
    if (rest.due()) await rest.take();
    for (const other of [...substitutions(circuit, at), ...resubstitutions(circuit, at, basis)]) {
      const swept = sweep(other);
      if (swept.gates.length < circuit.gates.length && same(swept)) return swept;
    }
  }
  return undefined;
}

/** The circuit with a gate replaced by a constant or an earlier wire. */
function* substitutions(circuit: Circuit, at: number): Generator<Circuit> {
  for (let wire = constantWire; wire < circuit.inputs + at; wire++)
    for (const complement of [false, true]) yield substitute(circuit, at, { wire, complement });
}

/** The circuit with a gate reading two other wires. */
function* resubstitutions(circuit: Circuit, at: number, basis: Basis): Generator<Circuit> {
  for (let b = 1; b < circuit.inputs + at; b++)
    for (let a = 0; a < b; a++)
      for (const op of normalGates[basis])
        for (const complement of [0, 15])
          yield { ...circuit, gates: circuit.gates.with(at, { op: op ^ complement, a, b }) };
}

/** Puts a wire or a constant in the place of a gate; gates that become constant or copies are resolved too. */
function substitute(circuit: Circuit, at: number, stand: Stand): Circuit {
  const { inputs, gates, outputs } = circuit;
  const stands: Stand[] = Array.from({ length: inputs }, (_, wire) => ({
    wire,
    complement: false,
  }));
  const kept: Gate[] = [];
  for (const [i, gate] of gates.entries()) {
    if (i === at) {
      stands.push(stand.wire < inputs ? stand : through(stands[stand.wire]!, stand.complement));
      continue;
    }
    const reduced = reduce(gate.op, stands[gate.a]!, stands[gate.b]!);
    if ("wire" in reduced) stands.push(reduced);
    else {
      kept.push(reduced);
      stands.push({ wire: inputs + kept.length - 1, complement: false });
    }
  }
  return {
    inputs,
    gates: kept,
    outputs: outputs.map(({ wire, complement }) =>
      wire === constantWire ? { wire, complement } : through(stands[wire]!, complement),
    ),
  };
}

const through = ({ wire, complement }: Stand, also: boolean): Stand => ({
  wire,
  complement: complement !== also,
});

/** A gate whose operands may be constants, complements, or the same: a gate, or what stands for it. */
function reduce(op: number, a: Stand, b: Stand): Gate | Stand {
  // Value by the values of the two wires, the constant wire being 0.
  const value = (x: number, y: number) =>
    (op >> (2 * (y ^ (b.complement ? 1 : 0)) + (x ^ (a.complement ? 1 : 0)))) & 1;
  const oneWire = (wire: number, low: number, high: number): Stand =>
    low === high ? { wire: constantWire, complement: low === 1 } : { wire, complement: low === 1 };
  if (a.wire === constantWire && b.wire === constantWire)
    return { wire: constantWire, complement: value(0, 0) === 1 };
  if (a.wire === constantWire) return oneWire(b.wire, value(0, 0), value(0, 1));
  if (b.wire === constantWire) return oneWire(a.wire, value(0, 0), value(1, 0));
  if (a.wire === b.wire) return oneWire(a.wire, value(0, 0), value(1, 1));
  const rows = value(0, 0) | (value(1, 0) << 1) | (value(0, 1) << 2) | (value(1, 1) << 3);
  if (rows === 0 || rows === 15) return { wire: constantWire, complement: rows === 15 };
  if (rows === 0b1010 || rows === 0b0101) return { wire: a.wire, complement: rows === 0b0101 };
  if (rows === 0b1100 || rows === 0b0011) return { wire: b.wire, complement: rows === 0b0011 };
  return { op: rows, a: a.wire, b: b.wire };
}

/** The circuit without the gates that no output needs. */
function sweep({ inputs, gates, outputs }: Circuit): Circuit {
  const needed = new Set(outputs.map(({ wire }) => wire));
  for (let i = gates.length - 1; i >= 0; i--)
    if (needed.has(inputs + i)) needed.add(gates[i]!.a).add(gates[i]!.b);
  const moved = new Map<number, number>();
  for (let wire = constantWire; wire < inputs; wire++) moved.set(wire, wire);
  const kept: Gate[] = [];
  for (const [i, { op, a, b }] of gates.entries())
    if (needed.has(inputs + i)) {
      kept.push({ op, a: moved.get(a)!, b: moved.get(b)! });
      moved.set(inputs + i, inputs + kept.length - 1);
    }
  return {
    inputs,
    gates: kept,
    outputs: outputs.map(({ wire, complement }) => ({ wire: moved.get(wire)!, complement })),
  };
}
