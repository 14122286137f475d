/**
 * All functions of up to four inputs, and their classes under permutation and complement of inputs and complement
 * of the output (NPN; Knuth, The Art of Computer Programming 4A, section 7.1.1). Since NOT is free, a function and
 * its complement are one: the normal one of the two is 0 where all inputs are 0.
 */
import { InputError } from "../../../core/index.ts";

/** A permutation and complement of inputs as it acts on truth tables: `low[f & 255] | high[f >> 8]`. */
export interface InputSymmetry {
  readonly low: Uint16Array;
  readonly high: Uint16Array;
}

export interface FunctionSpace {
  readonly inputs: number;
  /** The truth table that is 1 everywhere. */
  readonly ones: number;
  /** Truth tables of the inputs. */
  readonly projections: readonly number[];
  /** Every input symmetry once. */
  readonly symmetries: readonly InputSymmetry[];
  /** Class of each function, by truth table. */
  readonly classOf: Uint16Array;
  /** The least normal truth table of each class; classes are numbered in its order. */
  readonly representatives: readonly number[];
  /** Functions in each class. */
  readonly sizes: readonly number[];
}

/** Most inputs whose functions can be listed. */
export const mostTabledInputs = 4;

const spaces = new Map<number, FunctionSpace>();

/**
 * The functions of so many inputs.
 * @throws InputError unless it is a whole number from 1 to 4.
 */
export function functionSpace(inputs: number): FunctionSpace {
  if (!Number.isInteger(inputs) || inputs < 1 || inputs > mostTabledInputs)
    throw new InputError(
      `all functions are tabled for 1 to ${mostTabledInputs} inputs, not for ${inputs}`,
    );
  const known = spaces.get(inputs);
  if (known) return known;
  const space = build(inputs);
  spaces.set(inputs, space);
  return space;
}

/** The function or its complement, whichever is 0 where all inputs are 0. */
export const normal = (table: number, ones: number): number => (table & 1 ? table ^ ones : table);

/** The image of a function under a symmetry. */
export const image = ({ low, high }: InputSymmetry, table: number): number =>
  low[table & 255]! | high[table >> 8]!;

function build(inputs: number): FunctionSpace {
  const rows = Array.from({ length: 2 ** inputs }, (_, i) => i);
  const ones = 2 ** rows.length - 1;
  const projections = Array.from({ length: inputs }, (_, j) =>
    rows.reduce((table, i) => table | (((i >> j) & 1) << i), 0),
  );
  const symmetries = permutations(inputs).flatMap((order) =>
    rows.map((flips) =>
      symmetry(rows.map((i) => order.reduce((to, j, k) => to ^ (((i >> k) & 1) << j), flips))),
    ),
  );
  return { inputs, ones, projections, symmetries, ...classify(ones, symmetries) };
}

/** Every order of 0 to n - 1. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => order.toSpliced(at, 0, n - 1)),
  );
}

/** The symmetry under which row i of the image shows row `from[i]` of the function. */
function symmetry(from: readonly number[]): InputSymmetry {
  const half = (shift: number) =>
    Uint16Array.from({ length: 256 }, (_, byte) =>
      from.reduce((table, row, i) => {
        const bit = row - shift;
        return bit >= 0 && bit < 8 ? table | (((byte >> bit) & 1) << i) : table;
      }, 0),
    );
  return { low: half(0), high: half(8) };
}

function classify(ones: number, symmetries: readonly InputSymmetry[]) {
  const none = 0xffff;
  const classOf = new Uint16Array(ones + 1).fill(none);
  const representatives: number[] = [];
  const sizes: number[] = [];
  for (let table = 0; table <= ones; table += 2) {
    if (classOf[table] !== none) continue;
    const index = representatives.push(table) - 1;
    let size = 0;
    for (const each of symmetries) {
      const other = image(each, table);
      if (classOf[other] !== none) continue;
      classOf[other] = index;
      classOf[other ^ ones] = index;
      size += 2;
    }
    sizes.push(size);
  }
  return { classOf, representatives, sizes };
}
