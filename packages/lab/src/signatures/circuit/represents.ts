/**
 * Does a circuit represent and use evaluations of candidates that it does not choose? Criterion (c) of the profile of
 * an optimizer (evaluations of candidates are represented and causally used), asked of wires, where it has an exact
 * answer: a wire either equals an evaluation in every instance or not, and flipping it either changes the output as the
 * search would or not.
 */
import {
  allOnes,
  type Circuit,
  inputTable,
  outputTables,
  type TruthTable,
  wireTables,
} from "../../core/index.ts";
import { bestCandidate, outputBits, type TabulatedProblem } from "../../tasks/index.ts";

/** One bit of a candidate's score that no input gives. */
export interface Evaluation {
  readonly candidate: number;
  readonly bit: number;
  readonly table: TruthTable;
}

/** An internal wire that equals an evaluation, or its complement, in every instance. */
export interface Representation {
  readonly wire: number;
  readonly candidate: number;
  readonly bit: number;
  /** Instances in which the candidate is not chosen. */
  readonly notChosen: number;
  /** Of those, instances in which the search would choose otherwise if this bit were the other way. */
  readonly decisive: number;
  /** Of the instances in which the candidate is not chosen, those in which flipping the wire changes the output as it changes the search's. */
  readonly asSearch: number;
  /** The wire is used as the search uses the bit: `asSearch` is `notChosen`, and some instance is decisive. */
  readonly used: boolean;
}

export interface CircuitReading {
  /** Bits of scores that a wire could represent; empty where all are inputs or constant: then nothing applies. */
  readonly evaluations: readonly Evaluation[];
  readonly representations: readonly Representation[];
  /** Evaluations that some wire represents, over all evaluations. */
  readonly represented: number;
  /** Evaluations that some wire represents and the output uses as the search would, over all evaluations. */
  readonly used: number;
}

/** Bits of candidates' scores that have to be computed: neither constant nor an input or its complement. */
export function evaluationsOf({ problem, scores }: TabulatedProblem): Evaluation[] {
  const inputs = problem.inputs.length;
  const ones = allOnes(inputs);
  const given = new Set([0n, ...problem.inputs.map((_, j) => inputTable(inputs, j))]);
  return scores.flatMap((bits, candidate) =>
    bits.flatMap((table, bit) =>
      given.has(table) || given.has(table ^ ones) ? [] : [{ candidate, bit, table }],
    ),
  );
}

/** Reads the internal wires of a circuit that computes a problem's outputs; inputs are left out. */
export function readCircuit(circuit: Circuit, tabulated: TabulatedProblem): CircuitReading {
  const evaluations = evaluationsOf(tabulated);
  const tables = wireTables(circuit);
  const ones = allOnes(circuit.inputs);
  const representations = evaluations.flatMap((evaluation) =>
    tables.flatMap((table, wire) =>
      wire >= circuit.inputs && (table === evaluation.table || table === (evaluation.table ^ ones))
        ? [representation(circuit, tabulated, evaluation, wire)]
        : [],
    ),
  );
  const count = (which: readonly Representation[]) =>
    new Set(which.map(({ candidate, bit }) => `${candidate} ${bit}`)).size;
  return {
    evaluations,
    representations,
    represented: count(representations),
    used: count(representations.filter(({ used }) => used)),
  };
}

function representation(
  circuit: Circuit,
  tabulated: TabulatedProblem,
  { candidate, bit }: Evaluation,
  wire: number,
): Representation {
  const flipped = outputTables(circuit, wire);
  const searched = searchWithFlip(tabulated, candidate, bit);
  const ones = allOnes(circuit.inputs);
  const others = ones ^ tabulated.chosen[candidate]!;
  const differ = (one: readonly TruthTable[], other: readonly TruthTable[]) =>
    one.reduce((sum, table, h) => sum | (table ^ other[h]!), 0n);
  const notChosen = rows(others);
  const decisive = rows(differ(searched, tabulated.outputs) & others);
  const asSearch = notChosen - rows(differ(flipped, searched) & others);
  return {
    wire,
    candidate,
    bit,
    notChosen,
    decisive,
    asSearch,
    used: asSearch === notChosen && decisive > 0,
  };
}

/** What the search's outputs would be if one bit of one candidate's score were the other way in every instance. */
export function searchWithFlip(
  { problem, scores }: TabulatedProblem,
  candidate: number,
  bit: number,
): TruthTable[] {
  const { inputs, candidates } = problem;
  const outputs = outputBits(0, candidates.length).map(() => 0n);
  for (let row = 0; row < 2 ** inputs.length; row++) {
    const found = scores.map((bits, c) =>
      bits.map((table, b) => {
        const value = Number((table >> BigInt(row)) & 1n);
        return c === candidate && b === bit ? 1 - value : value;
      }),
    );
    for (const [i, value] of outputBits(bestCandidate(found), candidates.length).entries())
      if (value) outputs[i]! |= 1n << BigInt(row);
  }
  return outputs;
}

/** Number of rows in which a table is 1. */
function rows(table: TruthTable): number {
  let count = 0;
  for (let rest = table; rest > 0n; rest &= rest - 1n) count++;
  return count;
}
