/**
 * Weights that are not parameters themselves but are produced from fewer numbers: the ways in which a short genome can
 * be written out into a large matrix.
 */
import {
  add,
  concat,
  cos,
  exp,
  type Graph,
  gather,
  type Initializer,
  matmul,
  mul,
  namedSource,
  neg,
  normalInit,
  relu,
  reshape,
  type Shape,
  sin,
  split,
  type Tensor,
  tanh,
} from "@mesascope/graph";

/** Bits of a number that is stored as it is. */
const stored = 32;

/** About the root mean square of a hidden unit of standard normal input, for all the functions used here. */
const typical = 0.63;

/** Root mean square of max(0, 1 + z) for standard normal z, a gate at first: the root of 2 Phi(1) + phi(1). */
const gateSpread = 1.387;

/** How many numbers a genome may have, and how it is written out. */
export interface GenomeSize {
  readonly code: GenomeCode;
  /** Bits of genome for each weight of a matrix. */
  readonly bits: number;
  /** Whether the genome also says which connections there are; only networks over places or labels can. */
  readonly gated?: true | undefined;
}

/**
 * `labels`: each neuron has its number in binary for a name, and a small network says the weight between two names, the
 * genomic bottleneck of Shuvaev, Lachi, Koulakov and Zador 2024 (PNAS 121). `pattern`: each neuron has a place, and
 * waves and bumps over places say the weight between two of them, a compositional pattern-producing network (Stanley
 * 2007) with one hidden layer. `random`: fixed random combinations of the genome's numbers, a random subspace (Li et
 * al. 2018, arXiv 1804.08838). `sparse`: the genome's numbers themselves at fixed random places, and zero elsewhere.
 */
export const genomeCodes = ["labels", "pattern", "random", "sparse"] as const;
export type GenomeCode = (typeof genomeCodes)[number];

/** Codes in which a network says the weights, and so can say which connections are expressed. */
export const expressiveCodes: readonly GenomeCode[] = ["labels", "pattern"];

/** A matrix `[rows, columns]` to be written out, and the spread that its entries should have at first. */
interface Wanted {
  readonly graph: Graph;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly deviation: number;
  /** Numbers that the genome may have for it. */
  readonly numbers: number;
  readonly gated?: true | undefined;
  readonly uniform: () => number;
}

/** Each gives the entries row by row, `[rows * columns, 1]`. */
const codes: Readonly<Record<GenomeCode, (wanted: Wanted) => Tensor>> = {
  labels: (wanted) => {
    const [ofRow, ofColumn] = [wanted.rows, wanted.columns].map((count) =>
      Math.max(1, Math.ceil(Math.log2(count))),
    ) as [number, number];
    const bit = (number: number, at: number) => ((number >> at) & 1 ? 1 : -1);
    const names = (row: number, column: number) => [
      ...Array.from({ length: ofRow }, (_, at) => bit(row, at)),
      ...Array.from({ length: ofColumn }, (_, at) => bit(column, at)),
    ];
    return said(wanted, names, tanh);
  },
  pattern: (wanted) => {
    // From -4 to 4, so that a unit sees more than one wave.
    const place = (index: number, count: number) =>
      count === 1 ? 0 : (8 * index) / (count - 1) - 4;
    const describe = (row: number, column: number) => {
      const [x, y] = [place(row, wanted.rows), place(column, wanted.columns)];
      return [x, y, x - y, Math.hypot(x, y)];
    };
    return said(wanted, describe, patterns);
  },
  random: ({ graph, name, rows, columns, deviation, numbers, uniform }) => {
    const genes = genome(graph, name, [numbers, 1], normalInit(uniform, deviation));
    const shape = [rows * columns, numbers];
    const mix = valuesOf(normalInit(namedSource(name), 1 / Math.sqrt(numbers)), shape);
    return matmul(graph.constant(mix, shape), genes);
  },
  sparse: ({ graph, name, rows, columns, deviation, numbers, uniform }) => {
    // Fewer connections are larger, so that what they add up to has the spread that it had.
    const spread = deviation * Math.sqrt((rows * columns) / numbers);
    const genes = genome(graph, name, [numbers, 1], normalInit(uniform, spread));
    const absent = BigInt(numbers);
    const from = new BigInt64Array(rows * columns).fill(absent);
    places(rows * columns, numbers, namedSource(name)).forEach((place, gene) => {
      from[place] = BigInt(gene);
    });
    return gather(concat([genes, graph.constant(0, [1, 1])], 0), graph.constant(from));
  },
};

const genome = (graph: Graph, name: string, shape: Shape, init?: Initializer): Tensor =>
  graph.parameter(`genome.${name}`, shape, init);

/** `count` distinct numbers below `of`, in random order (the first steps of Fisher and Yates's shuffle). */
function places(of: number, count: number, uniform: () => number): number[] {
  const all = Array.from({ length: of }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(uniform() * (of - i));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}

/** A quarter each of sines, cosines, bumps and steps. */
function patterns(x: Tensor): Tensor {
  const width = x.shape[1]!;
  const sizes = [0, 1, 2, 3].map((i) => Math.floor((width + i) / 4)).filter((size) => size > 0);
  const functions = [(a: Tensor) => exp(neg(mul(a, a))), tanh, cos, sin].slice(-sizes.length);
  const parts = split(x, sizes, 1).map((part, i) => functions[i]!(part));
  return parts.length === 1 ? parts[0]! : concat(parts, 1);
}

/**
 * Entries as a network of one hidden layer says them from what describes their row and column, with as many hidden
 * units as the genome has room for. Where it is gated, a second output is the connection's expression, from 1 up or down:
 * below zero there is no connection (after the link expression output of Verbancsics and Stanley 2011), above it multiplies
 * the weight, so that what is expressed can be learned by gradient. An output is the mean of what hidden units say, not their sum, so that an
 * update moves an entry about as far as it would move a weight of its own, however long the genome.
 */
function said(
  { graph, name, rows, columns, deviation, numbers, gated, uniform }: Wanted,
  describe: (row: number, column: number) => number[],
  activation: (x: Tensor) => Tensor,
): Tensor {
  const described: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) described.push(...describe(row, column));
  const inputs = described.length / (rows * columns);
  const units = Math.max(1, Math.floor(numbers / (inputs + (gated ? 3 : 2))));
  const weight = genome(
    graph,
    `${name}.in`,
    [inputs, units],
    normalInit(uniform, 1 / Math.sqrt(inputs)),
  );
  const bias = genome(graph, `${name}.bias`, [1, units], normalInit(uniform, 1));
  const x = add(matmul(graph.constant(described, [rows * columns, inputs]), weight), bias);
  const hidden = activation(x);
  const output = (part: string, spread: number) => {
    const init = normalInit(uniform, (spread * Math.sqrt(units)) / typical);
    return mul(matmul(hidden, genome(graph, `${name}.${part}`, [units, 1], init)), 1 / units);
  };
  if (!gated) return output("out", deviation);
  return mul(output("out", deviation / gateSpread), relu(add(output("gate", 1), 1)));
}

/**
 * A matrix as its genome writes it out: `[rows, columns]`, the last axis of `shape` being the columns. Where the genome
 * would be no shorter than the matrix, the matrix is a parameter itself.
 */
export function grown(
  graph: Graph,
  name: string,
  shape: Shape,
  init: Initializer | undefined,
  { code, bits, gated }: GenomeSize,
  uniform: () => number,
): Tensor {
  const columns = shape.at(-1)!;
  const count = shape.reduce((a, b) => a * b, 1);
  const numbers = Math.max(1, Math.floor((bits / stored) * count));
  if (numbers >= count) return graph.parameter(name, shape, init);
  const wanted = {
    ...{ graph, name, columns, numbers, gated, uniform },
    rows: count / columns,
    deviation: rootMeanSquare(valuesOf(init, shape)),
  };
  return reshape(codes[code](wanted), shape);
}

/** The values that a parameter of this shape would start with. */
function valuesOf(init: Initializer | undefined, shape: Shape): Float32Array {
  const count = shape.reduce((a, b) => a * b, 1);
  return typeof init === "function" ? init(count, shape) : (init ?? new Float32Array(count));
}

const rootMeanSquare = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
