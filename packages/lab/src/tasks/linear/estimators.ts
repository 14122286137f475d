/** Rules that guess the weights of a linear function from examples. */
import { dot, type WeightEstimator } from "./layout.ts";

/** The guess of nobody: zero, the mean of the prior. */
export const zeroEstimator = (dimension: number): WeightEstimator => {
  const zero = new Float64Array(dimension);
  return { reset() {}, weights: () => zero, see() {} };
};

/** Weights that are known beforehand, example by example. */
export const knownEstimator = (of: (index: number) => ArrayLike<number>): WeightEstimator => {
  let weights: ArrayLike<number> = [];
  return {
    reset(index) {
      weights = of(index);
    },
    weights: () => weights,
    see() {},
  };
};

/**
 * Ridge regression with the true noise: the posterior mean under standard normal weights, (X'X + noise I)^-1 X'y,
 * kept up example by example (recursive least squares).
 */
export function ridgeEstimator(dimension: number, noise: number): WeightEstimator {
  const mean = new Float64Array(dimension);
  const covariance = new Float64Array(dimension * dimension);
  const along = new Float64Array(dimension);
  return {
    reset() {
      mean.fill(0);
      covariance.fill(0);
      for (let d = 0; d < dimension; d++) covariance[d * dimension + d] = 1;
    },
    weights: () => mean,
    see(x, y) {
      for (let d = 0; d < dimension; d++)
        along[d] = dot(covariance.subarray(d * dimension, (d + 1) * dimension), x);
      const spread = dot(along, x) + noise;
      const surprise = (y - dot(mean, x)) / spread;
      for (let d = 0; d < dimension; d++) {
        mean[d]! += along[d]! * surprise;
        for (let e = 0; e < dimension; e++)
          covariance[d * dimension + e]! -= (along[d]! * along[e]!) / spread;
      }
    },
  };
}

/**
 * Posterior mean of the weights under a uniform prior over `count` known ones (dMMSE: Raventos et al. 2023,
 * arXiv 2306.15063, section 2).
 * @param known `[count, dimension]`
 */
export function mixtureEstimator(
  known: Float64Array,
  dimension: number,
  noise: number,
): WeightEstimator {
  const count = known.length / dimension;
  const logs = new Float64Array(count);
  const mean = new Float64Array(dimension);
  return {
    reset: () => logs.fill(0),
    weights() {
      let largest = Number.NEGATIVE_INFINITY;
      for (const log of logs) if (log > largest) largest = log;
      mean.fill(0);
      let total = 0;
      for (let i = 0; i < count; i++) {
        const weight = Math.exp(logs[i]! - largest);
        if (weight < 1e-30) continue;
        total += weight;
        for (let d = 0; d < dimension; d++) mean[d]! += weight * known[i * dimension + d]!;
      }
      for (let d = 0; d < dimension; d++) mean[d]! /= total;
      return mean;
    },
    see(x, y) {
      for (let i = 0, at = 0; i < count; i++) {
        let error = y;
        for (let d = 0; d < dimension; d++) error -= known[at++]! * x[d]!;
        logs[i]! -= (error * error) / (2 * noise);
      }
    },
  };
}

/**
 * `steps` steps of gradient descent from zero on half the sum of squared errors over the examples seen: what
 * `steps` layers of linear attention can do (von Oswald et al. 2023, arXiv 2212.07677, proposition 1).
 */
export function descentEstimator(dimension: number, steps: number, rate: number): WeightEstimator {
  const weights = new Float64Array(dimension);
  const change = new Float64Array(dimension);
  const seen: { readonly x: Float64Array; readonly y: number }[] = [];
  return {
    reset() {
      seen.length = 0;
    },
    weights() {
      weights.fill(0);
      for (let step = 0; step < steps; step++) {
        change.fill(0);
        for (const { x, y } of seen) {
          const error = y - dot(weights, x);
          for (let d = 0; d < dimension; d++) change[d]! += error * x[d]!;
        }
        for (let d = 0; d < dimension; d++) weights[d]! += rate * change[d]!;
      }
      return weights;
    },
    see(x, y) {
      seen.push({ x: x.slice(), y });
    },
  };
}
