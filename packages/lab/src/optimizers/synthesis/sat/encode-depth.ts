/**
 * "There is a circuit of depth d for this function" as a formula: a full binary tree of d levels of gates, in which a
 * gate may also pass an operand on, since any circuit of depth d unfolds into one.
 */
import type { Basis, TruthTable } from "../../../core/index.ts";
import { Cnf } from "./solver.ts";

/** A node's values in rows 1 to 2^n - 1, as literals. */
type Rows = readonly number[];

/** Encodes the question for a normal function (0 in row 0) and a depth of at least 1. */
export function encodeDepth(inputs: number, basis: Basis, table: TruthTable, depth: number): Cnf {
  const cnf = new Cnf();
  const rows = Array.from({ length: 2 ** inputs - 1 }, (_, i) => i + 1);
  const root = node(cnf, rows, inputs, basis, depth);
  for (const [i, row] of rows.entries())
    cnf.add((table >> BigInt(row)) & 1n ? root[i]! : -root[i]!);
  return cnf;
}

function node(
  cnf: Cnf,
  rows: readonly number[],
  inputs: number,
  basis: Basis,
  depth: number,
): Rows {
  if (depth === 0) return leaf(cnf, rows, inputs);
  const first = node(cnf, rows, inputs, basis, depth - 1);
  const second = node(cnf, rows, inputs, basis, depth - 1);
  const values = cnf.list(rows.length);
  const [f01, f10, f11] = cnf.list(3) as [number, number, number];
  if (basis === "andor") cnf.add(-f01, -f10, f11);
  for (const [i, value] of values.entries()) {
    const [a, b] = [first[i]!, second[i]!];
    cnf.add(a, b, -value);
    for (const [f, base] of [
      [f01, [a, -b]],
      [f10, [-a, b]],
      [f11, [-a, -b]],
    ] as const) {
      cnf.add(...base, -value, f);
      cnf.add(...base, value, -f);
    }
  }
  return values;
}

/** A leaf is one of the inputs. */
function leaf(cnf: Cnf, rows: readonly number[], inputs: number): Rows {
  const chosen = cnf.list(inputs);
  const values = cnf.list(rows.length);
  cnf.add(...chosen);
  for (const [j, choice] of chosen.entries()) {
    for (let h = 0; h < j; h++) cnf.add(-chosen[h]!, -choice);
    for (const [i, row] of rows.entries())
      cnf.add(-choice, (row >> j) & 1 ? values[i]! : -values[i]!);
  }
  return values;
}
