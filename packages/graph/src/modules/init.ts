/** First values of parameters, drawn from a source of numbers in [0, 1) that the caller supplies. */
import type { Initializer } from "../core/graph.ts";

/** Draws a number in [0, 1). */
export type Uniform = () => number;

export const zerosInit: Initializer = (count) => new Float32Array(count);

/** The same value everywhere. */
export const constantInit =
  (value: number): Initializer =>
  (count) =>
    new Float32Array(count).fill(value);

/** Uniform in [-limit, limit). */
export const uniformInit =
  (random: Uniform, limit: number): Initializer =>
  (count) =>
    Float32Array.from({ length: count }, () => (2 * random() - 1) * limit);

/** Normal with mean 0, by Box and Muller's method. */
export const normalInit =
  (random: Uniform, deviation: number): Initializer =>
  (count) =>
    Float32Array.from({ length: count }, () => deviation * normal(random));

/**
 * PyTorch's default for linear, convolutional and recurrent layers: uniform within 1 / sqrt(fanIn), which is Kaiming's
 * uniform with a = sqrt(5) (He et al. 2015).
 */
export const fanInInit = (random: Uniform, fanIn: number): Initializer =>
  uniformInit(random, 1 / Math.sqrt(Math.max(1, fanIn)));

/** Kaiming's uniform for ReLU: within gain * sqrt(3 / fanIn), gain sqrt(2) when omitted (He et al. 2015). */
export const kaimingInit = (random: Uniform, fanIn: number, gain = Math.SQRT2): Initializer =>
  uniformInit(random, gain * Math.sqrt(3 / Math.max(1, fanIn)));

/**
 * A matrix with orthonormal rows or columns, whichever are fewer, times `gain` (Saxe, McClelland and Ganguli 2014).
 * Shape `[rows, ...]`: the axes after the first count as one.
 */
export const orthogonalInit =
  (random: Uniform, gain = 1): Initializer =>
  (count, shape) => {
    const rows = shape[0] ?? 1;
    const columns = rows === 0 ? 0 : count / rows;
    const [vectors, length] = rows <= columns ? [rows, columns] : [columns, rows];
    const basis = orthonormal(random, vectors, length);
    const out = new Float32Array(count);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        out[i * columns + j] = gain * (rows <= columns ? basis[i]![j]! : basis[j]![i]!);
      }
    }
    return out;
  };

/** `vectors` orthonormal vectors of `length`, by Gram and Schmidt's method applied twice, in double precision. */
function orthonormal(random: Uniform, vectors: number, length: number): Float64Array[] {
  const basis: Float64Array[] = [];
  while (basis.length < vectors) {
    const vector = Float64Array.from({ length }, () => normal(random));
    for (const other of [...basis, ...basis]) {
      const along = dot(vector, other);
      for (let i = 0; i < length; i++) vector[i]! -= along * other[i]!;
    }
    const norm = Math.sqrt(dot(vector, vector));
    // A draw that lies in the span so far is drawn again.
    if (norm > 1e-6) basis.push(vector.map((value) => value / norm));
  }
  return basis;
}

const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((total, value, i) => total + value * b[i]!, 0);

function normal(random: Uniform): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * A source of numbers in [0, 1) that depends on `name` only (mulberry32 seeded by FNV-1a): the default of modules,
 * so that a model built without a source is the same each time.
 */
export function namedSource(name: string): Uniform {
  let state = 0x811c9dc5;
  for (const char of name) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
