/** The covariance of CMA-ES: how it is stored, stretches normal vectors, whitens steps, and learns. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { CmaConstants } from "./cma-constants.ts";
import type { EvolutionState } from "./method.ts";

interface Learning {
  /** The evolution path after this generation. */
  readonly path: Float64Array;
  /** Steps of all candidates from the best to the worst, in units of the step size. */
  readonly steps: readonly Float64Array[];
  readonly constants: CmaConstants;
  /** Whether the evolution path stalled. */
  readonly stalls: boolean;
  readonly generation: number;
}

export interface Geometry {
  /** The identity, by the names under which the state keeps it. */
  initial(n: number): EvolutionState;
  /** C^(1/2) z */
  stretch(state: EvolutionState, z: Float64Array): Float64Array;
  /** C^(-1/2) y */
  whiten(state: EvolutionState, y: Float64Array): Float64Array;
  /** Equation 47. */
  learn(state: EvolutionState, learning: Learning): EvolutionState;
}

/** What remains of the covariance: 1 + c1 (1 - h) cc (2 - cc) - c1 - cmu sum w. */
function retained({ constants: c, stalls }: Learning): number {
  const made = stalls ? c.rankOne * c.pathRate * (2 - c.pathRate) : 0;
  return 1 + made - c.rankOne - c.rankMany * c.weights.reduce((a, b) => a + b, 0);
}

/** Only variances, one a parameter. */
export const diagonal: Geometry = {
  initial: (n) => ({ variances: new Float64Array(n).fill(1) }),
  stretch: ({ variances }, z) => z.map((value, i) => value * Math.sqrt(variances![i]!)),
  whiten: ({ variances }, y) => y.map((value, i) => value / Math.sqrt(variances![i]!)),
  learn({ variances }, learning) {
    const { path, steps, constants: c } = learning;
    const kept = retained(learning);
    return {
      variances: variances!.map((variance, i) => {
        let next = kept * variance + c.rankOne * path[i]! ** 2;
        for (let k = 0; k < c.parents; k++) next += c.rankMany * c.weights[k]! * steps[k]![i]! ** 2;
        return next;
      }),
    };
  },
};

/** The whole matrix, with its eigenvectors in columns and the square roots of its eigenvalues. */
export const whole: Geometry = {
  initial(n) {
    const identity = new Float64Array(n * n);
    for (let i = 0; i < n; i++) identity[i * n + i] = 1;
    return {
      covariance: identity,
      vectors: identity.slice(),
      roots: new Float64Array(n).fill(1),
      decomposed: Float64Array.of(0),
    };
  },
  stretch({ vectors, roots }, z) {
    return times(
      vectors!,
      z.map((value, i) => value * roots![i]!),
    );
  },
  whiten({ vectors, roots }, y) {
    const along = timesTransposed(vectors!, y).map((value, i) => value / roots![i]!);
    return times(vectors!, along);
  },
  learn(state, learning) {
    const covariance = learned(state, learning);
    const { constants: c, generation, path } = learning;
    // Decomposed so seldom that its cost stays that of the update: section B.2.
    const wait = 1 / (10 * path.length * (c.rankOne + c.rankMany));
    const { vectors, roots, decomposed } = state;
    if (generation - decomposed![0]! < wait)
      return { covariance, vectors: vectors!, roots: roots!, decomposed: decomposed! };
    return { covariance, ...decompose(covariance), decomposed: Float64Array.of(generation) };
  },
};

function learned(state: EvolutionState, learning: Learning): Float64Array {
  const { path, steps, constants: c } = learning;
  const n = path.length;
  const kept = retained(learning);
  const covariance = state["covariance"]!.map((value) => kept * value);
  const addOuter = (vector: Float64Array, weight: number) => {
    for (let i = 0; i < n; i++) {
      const scaled = weight * vector[i]!;
      for (let j = 0; j < n; j++) covariance[i * n + j]! += scaled * vector[j]!;
    }
  };
  addOuter(path, c.rankOne);
  steps.forEach((step, k) => {
    const weight = c.weights[k]!;
    if (weight === 0) return;
    // A negative weight takes away as much as a step of the usual length would, so that C stays positive: equation 46.
    const length = weight > 0 ? n : squaredLength(whole.whiten(state, step));
    if (length > 0) addOuter(step, (c.rankMany * weight * n) / length);
  });
  return covariance;
}

/** |v|^2 */
export const squaredLength = (vector: Float64Array): number =>
  vector.reduce((sum, v) => sum + v * v, 0);

function decompose(covariance: Float64Array): { vectors: Float64Array; roots: Float64Array } {
  const n = Math.sqrt(covariance.length);
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(
    Matrix.from1DArray(n, n, covariance),
    { assumeSymmetric: true },
  );
  // Rounding may push an eigenvalue to zero or below once the matrix is very ill-conditioned.
  const least = 1e-20 * Math.max(...realEigenvalues);
  return {
    vectors: Float64Array.from(eigenvectorMatrix.to1DArray()),
    roots: Float64Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(value, least))),
  };
}

/** M v for a square matrix, row by row. */
function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * vector[j]!;
    out[i] = sum;
  }
  return out;
}

/** M^T v. */
function timesTransposed(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = vector[i]!;
    for (let j = 0; j < n; j++) out[j]! += matrix[i * n + j]! * value;
  }
  return out;
}
