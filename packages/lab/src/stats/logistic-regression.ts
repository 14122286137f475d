/** Logistic regression with a ridge penalty, by Newton's method (iteratively reweighted least squares). */
import { solvePositive } from "./linear-system.ts";

/** Rows of features `[rows, columns]`, row by row. */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  readonly features: Float64Array;
}

/** Log odds of a row: intercept + sum of weights x features, in the features' own units. */
export interface LogisticModel {
  readonly intercept: number;
  readonly weights: Float64Array;
}

const rounds = 50;
const smallestStep = 1e-9;

/**
 * The weights that maximize the log likelihood minus `penalty` / 2 times the sum of squared weights; the
 * intercept is free. Features are brought to mean 0 and deviation 1 first, unless `standardize` is false: the
 * penalty then means the same for all of them. A feature that never varies gets weight 0.
 * @param labels 0 or 1 a row
 * @throws RangeError for sizes that do not fit, or a penalty that is not positive.
 */
export function logisticRegression(
  { rows, columns, features }: Design,
  labels: ArrayLike<number>,
  { penalty = 1, standardize = true }: { penalty?: number; standardize?: boolean } = {},
): LogisticModel {
  if (features.length !== rows * columns || labels.length !== rows)
    throw new RangeError(
      `${features.length} features and ${labels.length} labels do not fit ${rows} rows of ${columns}`,
    );
  if (!(penalty > 0)) throw new RangeError(`a ridge penalty is positive, not ${penalty}`);
  const { means, scales } = standardize
    ? moments(features, rows, columns)
    : {
        means: new Float64Array(columns),
        scales: new Float64Array(columns).fill(1),
      };
  const x = features.map((value, i) => (value - means[i % columns]!) * scales[i % columns]!);
  const solution = newton(x, labels, rows, columns, penalty);
  const weights = solution.subarray(1).map((weight, j) => weight * scales[j]!);
  let intercept = solution[0]!;
  for (let j = 0; j < columns; j++) intercept -= weights[j]! * means[j]!;
  return { intercept, weights };
}

/** Log odds of every row. */
export function logOdds(
  { intercept, weights }: LogisticModel,
  { rows, columns, features }: Design,
): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = intercept;
    for (let j = 0; j < columns; j++) sum += weights[j]! * features[i * columns + j]!;
    return sum;
  });
}

function moments(features: Float64Array, rows: number, columns: number) {
  const means = new Float64Array(columns);
  const scales = new Float64Array(columns);
  for (let i = 0; i < features.length; i++) means[i % columns]! += features[i]! / rows;
  for (let i = 0; i < features.length; i++)
    scales[i % columns]! += (features[i]! - means[i % columns]!) ** 2 / rows;
  for (let j = 0; j < columns; j++) {
    const size = means[j]! ** 2;
    // Rounding leaves a constant column a variance near the square of its mean times the unit roundoff.
    scales[j] = scales[j]! > 1e-12 * (size + 1e-12) ? 1 / Math.sqrt(scales[j]!) : 0;
  }
  return { means, scales };
}

/** Minimizes the penalized loss from zero; a step is halved until the loss falls. */
function newton(
  x: Float64Array,
  labels: ArrayLike<number>,
  rows: number,
  columns: number,
  penalty: number,
): Float64Array {
  const size = columns + 1;
  let solution = new Float64Array(size);
  let loss = lossAt(x, labels, rows, columns, penalty, solution);
  for (let round = 0; round < rounds; round++) {
    const { gradient, hessian } = derivatives(x, labels, rows, columns, penalty, solution);
    const step = solvePositive(hessian, gradient);
    let share = 1;
    let next = solution;
    let nextLoss = loss;
    for (; share > 1e-6; share /= 2) {
      next = solution.map((value, j) => value - share * step[j]!);
      nextLoss = lossAt(x, labels, rows, columns, penalty, next);
      if (nextLoss <= loss) break;
    }
    const moved = step.reduce((most, value) => Math.max(most, Math.abs(share * value)), 0);
    if (!(nextLoss <= loss)) break;
    solution = next;
    loss = nextLoss;
    if (moved < smallestStep) break;
  }
  return solution;
}

function score(x: Float64Array, row: number, columns: number, solution: Float64Array): number {
  let sum = solution[0]!;
  for (let j = 0, at = row * columns; j < columns; j++, at++) sum += solution[j + 1]! * x[at]!;
  return sum;
}

function lossAt(
  x: Float64Array,
  labels: ArrayLike<number>,
  rows: number,
  columns: number,
  penalty: number,
  solution: Float64Array,
): number {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const z = score(x, i, columns, solution);
    const signed = labels[i]! > 0.5 ? -z : z;
    loss += signed > 0 ? signed + Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed));
  }
  for (let j = 1; j < solution.length; j++) loss += (penalty / 2) * solution[j]! ** 2;
  return loss;
}

function derivatives(
  x: Float64Array,
  labels: ArrayLike<number>,
  rows: number,
  columns: number,
  penalty: number,
  solution: Float64Array,
) {
  const size = columns + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  for (let i = 0; i < rows; i++) {
    const p = 1 / (1 + Math.exp(-score(x, i, columns, solution)));
    const error = p - labels[i]!;
    const weight = Math.max(p * (1 - p), 1e-12);
    const at = i * columns;
    gradient[0]! += error;
    hessian[0]! += weight;
    for (let j = 0; j < columns; j++) {
      const value = x[at + j]!;
      if (value === 0) continue;
      gradient[j + 1]! += error * value;
      const row = (j + 1) * size;
      hessian[row]! += weight * value;
      for (let k = 0; k <= j; k++) hessian[row + k + 1]! += weight * value * x[at + k]!;
    }
  }
  for (let j = 1; j < size; j++) {
    gradient[j]! += penalty * solution[j]!;
    hessian[j * size + j]! += penalty;
  }
  // A penalty-free intercept needs a floor where every label is alike.
  hessian[0]! += 1e-9;
  return { gradient, hessian };
}
