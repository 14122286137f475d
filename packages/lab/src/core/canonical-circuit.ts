/** When two circuits are the same: up to the order of gates and operands, and where NOT is applied. */
import { type Circuit, constantWire, type Gate } from "./contracts/circuit.ts";

/** Rows of a gate with its operands exchanged. */
const exchange = (op: number): number => (op & 0b1001) | ((op & 2) << 1) | ((op & 4) >> 1);
/** Rows of a gate with its first operand complemented. */
const complementFirst = (op: number): number => ((op & 0b0101) << 1) | ((op & 0b1010) >> 1);

/** A gate's operator with complemented operands taken into it. */
function withComplements(op: number, first: boolean, second: boolean): number {
  const once = first ? complementFirst(op) : op;
  return second ? exchange(complementFirst(exchange(once))) : once;
}

/**
 * The one of all circuits isomorphic to this one that has normal gates (0 where both operands are 0), complements at
 * outputs only, and gates sorted by depth and structure. Two circuits without duplicate gates are isomorphic, with
 * inputs and outputs held fixed, exactly if their canonical forms are equal.
 */
export function canonicalCircuit({ inputs, gates, outputs }: Circuit): Circuit {
  const complemented: boolean[] = Array.from({ length: inputs }, () => false);
  const depths: number[] = Array.from({ length: inputs }, () => 0);
  const keys: string[] = Array.from({ length: inputs }, (_, j) => `x${j}`);
  const normal: Gate[] = [];
  for (const { op, a, b } of gates) {
    const inner = withComplements(op, complemented[a]!, complemented[b]!);
    complemented.push((inner & 1) === 1);
    const flipped = inner & 1 ? inner ^ 0b1111 : inner;
    const swap = keys[a]! > keys[b]!;
    const gate = swap ? { op: exchange(flipped), a: b, b: a } : { op: flipped, a, b };
    normal.push(gate);
    depths.push(1 + Math.max(depths[a]!, depths[b]!));
    keys.push(`(${gate.op} ${keys[gate.a]} ${keys[gate.b]})`);
  }
  const order = [...gates.keys()]
    .map((i) => inputs + i)
    .sort((one, other) => depths[one]! - depths[other]! || (keys[one]! < keys[other]! ? -1 : 1));
  const place = new Map(order.map((wire, i) => [wire, inputs + i]));
  const moved = (wire: number): number => place.get(wire) ?? wire;
  return {
    inputs,
    gates: order.map((wire) => {
      const { op, a, b } = normal[wire - inputs]!;
      return { op, a: moved(a), b: moved(b) };
    }),
    outputs: outputs.map(({ wire, complement }) => ({
      wire: moved(wire),
      complement: wire === constantWire ? complement : complement !== complemented[wire],
    })),
  };
}

/** Text that is equal for isomorphic circuits only. */
export function circuitKey(circuit: Circuit): string {
  const { inputs, gates, outputs } = canonicalCircuit(circuit);
  const shown = outputs.map(({ wire, complement }) => `${complement ? "~" : ""}${wire}`);
  return `${inputs}: ${gates.map(({ op, a, b }) => `${op},${a},${b}`).join(" ")} : ${shown.join(" ")}`;
}

/** Gates on a longest path from an input to an output. */
export function circuitDepth({ inputs, gates, outputs }: Circuit): number {
  const depths: number[] = Array.from({ length: inputs }, () => 0);
  for (const { a, b } of gates) depths.push(1 + Math.max(depths[a]!, depths[b]!));
  return Math.max(0, ...outputs.map(({ wire }) => (wire === constantWire ? 0 : depths[wire]!)));
}
