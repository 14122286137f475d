/** Terms of a loss that make a model simpler. */
import type { Graph, Tensor } from "../core/graph.ts";
import { size } from "../core/shape.ts";
import { abs, add, exp, mul, sub } from "../ops/elementwise.ts";
import { addAll } from "../ops/layout.ts";
import { randomNormal } from "../ops/random.ts";
import { sum, sumSquare } from "../ops/reduce.ts";
import { constantInit, fanInInit, namedSource, type Uniform } from "./init.ts";

/** The sum of absolute values of tensors; a scalar. */
export const l1 = (tensors: readonly Tensor[]): Tensor => addAll(tensors.map((x) => sum(abs(x))));

/** The sum of squares of tensors; a scalar. */
export const l2 = (tensors: readonly Tensor[]): Tensor => addAll(tensors.map((x) => sumSquare(x)));

export interface NoisyWeightOptions {
  /** Decides the noise; feed another key at each update. int64 scalar. */
  readonly key: Tensor;
  /** Tells weights with one key apart. */
  readonly stream: number;
  /** Standard deviation of the prior, a normal distribution around zero; 1 when omitted. */
  readonly prior?: number;
  /** Standard deviation of each weight at first; 0.05 when omitted. */
  readonly deviation?: number;
  readonly fanIn?: number;
  readonly random?: Uniform;
}

/**
 * A weight that is drawn from a normal distribution at each use, with trained means and deviations, and what it costs
 * to describe it: the divergence of its distribution from the prior, in nats, log(p / s) + (s^2 + m^2) / (2 p^2) - 1/2
 * summed over elements (Hinton and van Camp 1993). Parameters are `<name>.mean` and `<name>.logDeviation`.
 */
export function noisyWeight(
  g: Graph,
  name: string,
  shape: readonly number[],
  options: NoisyWeightOptions,
): { readonly value: Tensor; readonly mean: Tensor; readonly nats: Tensor } {
  const { key, stream, prior = 1, deviation = 0.05, random, fanIn = shape[0] ?? 1 } = options;
  const meanName = `${name}.mean`;
  const mean = g.parameter(meanName, shape, fanInInit(random ?? namedSource(meanName), fanIn));
  const logs = g.parameter(`${name}.logDeviation`, shape, constantInit(Math.log(deviation)));
  const spread = exp(logs);
  const value = add(mean, mul(spread, randomNormal(key, shape, stream)));
  const squares = mul(add(sumSquare(spread), sumSquare(mean)), 1 / (2 * prior * prior));
  const constant = size(shape) * (Math.log(prior) - 0.5);
  return { value, mean, nats: add(sub(squares, sum(logs)), constant) };
}
