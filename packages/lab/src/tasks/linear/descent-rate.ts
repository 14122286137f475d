/** The step size of k-step gradient descent: the one that predicts best, as von Oswald et al. choose it. */
import { entryOf, keyOf, Random, split } from "../../core/index.ts";
import { descentEstimator } from "./estimators.ts";
import { dot } from "./layout.ts";

/** A linear regression problem: x and weights standard normal. */
export interface LinearProblem {
  readonly dimension: number;
  readonly examples: number;
  /** Variance of the noise on y. */
  readonly noise: number;
}

const problems = 400;
const rates = new Map<string, number>();

/**
 * The rate with the least mean squared error at the last query, over problems drawn with a fixed key: a line
 * search (von Oswald et al. 2023, arXiv 2212.07677, section 3) by golden sections.
 */
export function descentRate(problem: LinearProblem, steps: number): number {
  const { dimension, examples, noise } = problem;
  return entryOf(rates, [dimension, examples, noise, steps].join(), () => {
    const sample = drawProblems(problem);
    const loss = (rate: number) => {
      const estimator = descentEstimator(dimension, steps, rate);
      let sum = 0;
      for (const { weights, context, query } of sample) {
        estimator.reset(0);
        for (const { x, y } of context) estimator.see(x, y);
        // A rate that diverges counts as a large finite loss, so that sections can be compared.
        sum += Math.min(1e12, (dot(estimator.weights(), query) - dot(weights, query)) ** 2);
      }
      return sum;
    };
    return goldenSection(loss, 1e-4, 2);
  });
}

function drawProblems({ dimension, examples, noise }: LinearProblem) {
  const random = new Random(split(keyOf(0), "gradient descent", "rate"));
  const vector = () => Float64Array.from({ length: dimension }, () => random.normal());
  return Array.from({ length: problems }, () => {
    const weights = vector();
    const context = Array.from({ length: examples - 1 }, () => {
      const x = vector();
      return { x, y: dot(weights, x) + Math.sqrt(noise) * random.normal() };
    });
    return { weights, context, query: vector() };
  });
}

/** The minimum of a unimodal function of a positive number, sought on a log scale. */
function goldenSection(loss: (at: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  const at = (log: number) => loss(Math.exp(log));
  let [low, high] = [Math.log(from), Math.log(to)];
  let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [lossA, lossB] = [at(a), at(b)];
  while (high - low > 1e-4) {
    if (lossA <= lossB) {
      [high, b, lossB] = [b, a, lossA];
      a = high - ratio * (high - low);
      lossA = at(a);
    } else {
      [low, a, lossA] = [a, b, lossB];
      b = low + ratio * (high - low);
      lossB = at(b);
    }
  }
  return Math.exp((low + high) / 2);
}
