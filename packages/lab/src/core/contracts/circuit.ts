/** The contract of a circuit: the data that one room searches over, another finds, and a third measures. */

/** Gate types that a circuit may use; NOT is free in both. */
export type Basis = "full" | "andor";

/**
 * A truth table of n inputs: bit i is the value at row i, in which input j is bit j of i. The two-input AND is
 * 0x8, the first of two inputs 0xa.
 */
export type TruthTable = bigint;

/** A gate of two inputs: bit 2b + a of `op` is its value where its first operand is a and its second b. */
export interface Gate {
  readonly op: number;
  /** Wires read: 0 to n - 1 are the inputs, n + i is gate i, and every gate reads earlier wires only. */
  readonly a: number;
  readonly b: number;
}

/** What an output shows: a wire or, at `constantWire`, zero; complemented where `complement` is set. */
export interface CircuitOutput {
  readonly wire: number;
  readonly complement: boolean;
}

/** The wire that is always zero; no gate may read it. */
export const constantWire = -1;

/** A Boolean circuit (Knuth's Boolean chain, The Art of Computer Programming 4A, section 7.1.2). */
export interface Circuit {
  /** Number of inputs. */
  readonly inputs: number;
  /** Gates in an order in which each comes after what it reads. */
  readonly gates: readonly Gate[];
  readonly outputs: readonly CircuitOutput[];
}

/** The truth table of n inputs that is 1 everywhere. */
export const allOnes = (inputs: number): TruthTable => (1n << (1n << BigInt(inputs))) - 1n;

/** The truth table of input j of n. */
export function inputTable(inputs: number, j: number): TruthTable {
  let table = 0n;
  for (let row = 0; row < 2 ** inputs; row++) if ((row >> j) & 1) table |= 1n << BigInt(row);
  return table;
}

/** The truth table of a gate from those of its operands. */
export function applyGate(op: number, a: TruthTable, b: TruthTable, ones: TruthTable): TruthTable {
  let table = 0n;
  if (op & 1) table |= ~a & ~b & ones;
  if (op & 2) table |= a & ~b;
  if (op & 4) table |= ~a & b;
  if (op & 8) table |= a & b;
  return table;
}

/**
 * What every wire of a circuit computes, inputs first.
 * @param flipped a wire whose value is replaced by its complement, for all that read it.
 */
export function wireTables({ inputs, gates }: Circuit, flipped?: number): TruthTable[] {
  const ones = allOnes(inputs);
  const tables: TruthTable[] = [];
  const push = (table: TruthTable) => {
    tables.push(tables.length === flipped ? table ^ ones : table);
  };
  for (let j = 0; j < inputs; j++) push(inputTable(inputs, j));
  for (const { op, a, b } of gates) push(applyGate(op, tables[a]!, tables[b]!, ones));
  return tables;
}

/** What a circuit's outputs compute; `flipped` as in `wireTables`. */
export function outputTables(circuit: Circuit, flipped?: number): TruthTable[] {
  const tables = wireTables(circuit, flipped);
  const ones = allOnes(circuit.inputs);
  return circuit.outputs.map(({ wire, complement }) => {
    const table = wire === constantWire ? 0n : tables[wire]!;
    return complement ? table ^ ones : table;
  });
}
