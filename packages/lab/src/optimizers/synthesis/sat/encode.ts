/**
 * "There is a circuit of r gates for these functions" as a formula: Kojevnikov, Kulikov and Yaroslavtsev, Finding
 * efficient circuits using SAT-solvers (2009), with the selection variables and the symmetry breaking of Knuth, The Art
 * of Computer Programming 4B, 7.2.2.2, exercises 477 to 481. Functions and gates are normal: 0 in row 0.
 */
import type { Basis, Circuit, Gate, TruthTable } from "../../../core/index.ts";
import { Cnf, type Model } from "./solver.ts";

/** What is looked for. */
export interface CircuitQuestion {
  readonly inputs: number;
  readonly basis: Basis;
  /** Functions to compute: normal, distinct, none of them zero or an input. */
  readonly tables: readonly TruthTable[];
  readonly gates: number;
  /** Gates on a longest path at the most. */
  readonly depth?: number;
  /**
   * Keep circuits that only another circuit of the same size makes superfluous: a gate that reads a gate and one of
   * its operands, and those that differ by exchanging inputs in which the functions are symmetric.
   */
  readonly keepAll?: boolean;
}

/** A question as a formula, and what its models say. */
export interface Encoded {
  readonly cnf: Cnf;
  /** The circuit of a model; outputs in the order of the tables. */
  decode(model: Model): Circuit;
  /** Variables that tell circuits apart. */
  readonly deciding: readonly number[];
}

/** A gate's choice of operands. */
interface Selection {
  readonly j: number;
  readonly k: number;
  readonly chosen: number;
}

/** The variables of one gate. */
interface GateVariables {
  readonly wire: number;
  /** Exactly one holds; in colexicographic order of operands. */
  readonly selections: readonly Selection[];
  /** Values of the gate where its operands are 01, 10 and 11, the first operand first. */
  readonly truth: readonly [number, number, number];
  /** Value in row t, by t - 1. */
  readonly rows: readonly number[];
}

/** Encodes a question about at least one gate. */
export function encodeCircuit(question: CircuitQuestion): Encoded {
  const { inputs, basis, tables } = question;
  const cnf = new Cnf();
  const gates = Array.from({ length: question.gates }, (_, i) => gateOf(cnf, inputs, inputs + i));
  // shows[h][i]: output h shows gate i.
  const shows = tables.map(() => cnf.list(gates.length));
  for (const gate of gates) {
    exactlyOneSelection(cnf, gate);
    nothingTrivial(cnf, gate, basis);
    computes(cnf, gate, gates, inputs);
  }
  for (const [h, table] of tables.entries()) showsTable(cnf, shows[h]!, gates, table);
  everyGateIsUsed(cnf, gates, shows);
  inOrder(cnf, gates);
  if (!question.keepAll) {
    noReapplication(cnf, gates);
    symmetricInputsInOrder(cnf, gates, inputs, tables);
  }
  if (question.depth !== undefined) atMostDeep(cnf, gates, shows, inputs, question.depth);

  const chosenOf = (model: Model) =>
    gates.map(({ selections }) => selections.find(({ chosen }) => model[chosen])!);
  return {
    cnf,
    decode: (model) => ({
      inputs,
      gates: gates.map(({ truth: [f01, f10, f11] }, i): Gate => {
        const { j, k } = chosenOf(model)[i]!;
        // In `op` the first operand is the low bit of the row.
        const op = (model[f10] ? 2 : 0) | (model[f01] ? 4 : 0) | (model[f11] ? 8 : 0);
        return { op, a: j, b: k };
      }),
      outputs: shows.map((outputs) => ({
        wire: inputs + outputs.findIndex((shown) => model[shown]),
        complement: false,
      })),
    }),
    deciding: [
      ...gates.flatMap(({ selections, truth }) => [
        ...selections.map(({ chosen }) => chosen),
        ...truth,
      ]),
      ...shows.flat(),
    ],
  };
}

function gateOf(cnf: Cnf, inputs: number, wire: number): GateVariables {
  const selections: Selection[] = [];
  for (let k = 1; k < wire; k++)
    for (let j = 0; j < k; j++) selections.push({ j, k, chosen: cnf.variable() });
  return {
    wire,
    selections,
    truth: [cnf.variable(), cnf.variable(), cnf.variable()],
    rows: cnf.list(2 ** inputs - 1),
  };
}

function exactlyOneSelection(cnf: Cnf, { selections }: GateVariables): void {
  cnf.add(...selections.map(({ chosen }) => chosen));
  for (let i = 1; i < selections.length; i++)
    for (let h = 0; h < i; h++) cnf.add(-selections[h]!.chosen, -selections[i]!.chosen);
}

/** The gate is no constant and no operand; over AND and OR it is no exclusive OR. */
function nothingTrivial(cnf: Cnf, { truth: [f01, f10, f11] }: GateVariables, basis: Basis): void {
  cnf.add(f01, f10, f11);
  cnf.add(f01, -f10, -f11);
  cnf.add(-f01, f10, -f11);
  if (basis === "andor") cnf.add(-f01, -f10, f11);
}

/** In every row the gate's value is what its truth says of its operands' values. */
function computes(
  cnf: Cnf,
  gate: GateVariables,
  gates: readonly GateVariables[],
  inputs: number,
): void {
  const [f01, f10, f11] = gate.truth;
  const truth = [0, f01, f10, f11];
  /** Literal of "wire w is not v in row t", true or false where it is an input. */
  const differs = (w: number, t: number, v: number): number | boolean => {
    if (w < inputs) return ((t >> w) & 1) !== v;
    const value = gates[w - inputs]!.rows[t - 1]!;
    return v ? -value : value;
  };
  for (const { j, k, chosen } of gate.selections)
    for (let t = 1; t <= gate.rows.length; t++) {
      const value = gate.rows[t - 1]!;
      for (let p = 0; p < 2; p++)
        for (let q = 0; q < 2; q++) {
          const first = differs(j, t, p);
          const second = differs(k, t, q);
          if (first === true || second === true) continue;
          const base = [-chosen, first, second].filter((literal) => literal !== false) as number[];
          const f = truth[2 * p + q]!;
          if (f === 0) cnf.add(...base, -value);
          else {
            cnf.add(...base, -value, f);
            cnf.add(...base, value, -f);
          }
        }
    }
}

function showsTable(
  cnf: Cnf,
  outputs: readonly number[],
  gates: readonly GateVariables[],
  table: TruthTable,
): void {
  cnf.add(...outputs);
  for (const [i, shown] of outputs.entries()) {
    for (let h = 0; h < i; h++) cnf.add(-outputs[h]!, -shown);
    for (const [t, value] of gates[i]!.rows.entries())
      cnf.add(-shown, (table >> BigInt(t + 1)) & 1n ? value : -value);
  }
}

function everyGateIsUsed(
  cnf: Cnf,
  gates: readonly GateVariables[],
  shows: readonly (readonly number[])[],
): void {
  for (const [i, { wire }] of gates.entries())
    cnf.add(
      ...shows.map((outputs) => outputs[i]!),
      ...gates.slice(i + 1).flatMap((later) => reading(later, wire)),
    );
}

/** Selections of a gate in which it reads a wire. */
const reading = ({ selections }: GateVariables, wire: number): number[] =>
  selections.filter(({ j, k }) => j === wire || k === wire).map(({ chosen }) => chosen);

/**
 * Of two neighbours of which the second does not read the first, the second's operands come no earlier in
 * colexicographic order, and where they are the same its truth comes later.
 */
function inOrder(cnf: Cnf, gates: readonly GateVariables[]): void {
  for (let i = 0; i + 1 < gates.length; i++) {
    const [gate, next] = [gates[i]!, gates[i + 1]!];
    for (const [at, { chosen }] of gate.selections.entries()) {
      // The next gate lists the same operands in the same places, and after them those with this gate.
      for (let earlier = 0; earlier < at; earlier++)
        cnf.add(-chosen, -next.selections[earlier]!.chosen);
      later(cnf, [-chosen, -next.selections[at]!.chosen], gate.truth, next.truth);
    }
  }
}

/** Unless `unless` holds, `next` is a larger binary number than `truth`. */
function later(
  cnf: Cnf,
  unless: readonly number[],
  truth: readonly number[],
  next: readonly number[],
): void {
  const [a, b, c] = truth as [number, number, number];
  const [x, y, z] = next as [number, number, number];
  cnf.add(...unless, -a, x);
  // Where the first digits are equal the second may not fall, and where those are too the third rises.
  for (const first of [
    [a, x],
    [-a, -x],
  ]) {
    cnf.add(...unless, ...first, -b, y);
    for (const second of [
      [b, y],
      [-b, -y],
    ]) {
      cnf.add(...unless, ...first, ...second, -c);
      cnf.add(...unless, ...first, ...second, z);
    }
  }
}

/** No gate reads a gate and one of its operands: it could read that gate's two operands. */
function noReapplication(cnf: Cnf, gates: readonly GateVariables[]): void {
  for (const [i, { selections, wire }] of gates.entries())
    for (const { j, k, chosen } of selections)
      for (const after of gates.slice(i + 1))
        for (const other of after.selections)
          if (other.k === wire && (other.j === j || other.j === k)) cnf.add(-chosen, -other.chosen);
}

/** Where all functions are symmetric in two inputs, no gate reads the second before some gate has read the first. */
function symmetricInputsInOrder(
  cnf: Cnf,
  gates: readonly GateVariables[],
  inputs: number,
  tables: readonly TruthTable[],
): void {
  for (let q = 1; q < inputs; q++)
    for (let p = 0; p < q; p++) {
      if (!tables.every((table) => exchanged(table, inputs, p, q) === table)) continue;
      for (const [i, gate] of gates.entries()) {
        const before = gates.slice(0, i).flatMap((earlier) => reading(earlier, p));
        for (const { j, k, chosen } of gate.selections)
          if ((j === q || k === q) && j !== p && k !== p) cnf.add(-chosen, ...before);
      }
    }
}

/** The function with two of its inputs exchanged. */
function exchanged(table: TruthTable, inputs: number, p: number, q: number): TruthTable {
  let result = 0n;
  for (let row = 0; row < 2 ** inputs; row++) {
    const differ = ((row >> p) ^ (row >> q)) & 1;
    const from = differ ? row ^ (1 << p) ^ (1 << q) : row;
    result |= ((table >> BigInt(from)) & 1n) << BigInt(row);
  }
  return result;
}

/** No output is deeper than `depth`. */
function atMostDeep(
  cnf: Cnf,
  gates: readonly GateVariables[],
  shows: readonly (readonly number[])[],
  inputs: number,
  depth: number,
): void {
  // deep[i][d]: gate i is deeper than d, for d from 1 to the limit.
  const deep = gates.map(() => [0, ...cnf.list(depth)]);
  for (const [i, { selections }] of gates.entries()) {
    for (const { j, k, chosen } of selections)
      for (const operand of [j, k])
        if (operand >= inputs) {
          const below = deep[operand - inputs]!;
          cnf.add(-chosen, deep[i]![1]!);
          for (let d = 1; d < depth; d++) cnf.add(-chosen, -below[d]!, deep[i]![d + 1]!);
        }
    for (const outputs of shows) cnf.add(-outputs[i]!, -deep[i]![depth]!);
  }
}
