/** What the network architectures share: choice of observation fields, and the two heads. */
import { add, concat, type Graph, matmul, reshape, slice, type Tensor } from "@mesascope/graph";
import type { NetworkArchitecture, ObservationField, TaskInterface } from "../core/index.ts";

/** A network architecture over the graph package's graphs. */
export type Network<P> = NetworkArchitecture<Graph, Tensor, P>;

/** Uniform on +-sqrt(6 / (in + out)): Glorot and Bengio 2010, equation 16. */
export function glorot(uniform: () => number, [inputs, outputs]: readonly [number, number], gain = 1): Float32Array {
  const limit = gain * Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => (2 * uniform() - 1) * limit);
}

/** x W + b with parameters `name.weight` `[in, out]` and `name.bias` `[out]`; x is `[rows, in]`. */
export function dense(
  graph: Graph,
  name: string,
  x: Tensor,
  outputs: number,
  uniform: () => number,
  gain = 1,
): Tensor {
  const inputs = x.shape.at(-1)!;
  const weight = graph.parameter(`${name}.weight`, [inputs, outputs], glorot(uniform, [inputs, outputs], gain));
  const bias = graph.parameter(`${name}.bias`, [outputs], new Float32Array(outputs));
  return add(matmul(x, weight), bias);
}

/** The fields that `sees` lets through, joined: `[steps, batch, size]`. */
export function view(observations: Tensor, io: TaskInterface, sees: (field: ObservationField) => boolean): Tensor {
  const fields = io.observation.filter(sees);
  if (fields.length === io.observation.length) return observations;
  const parts = fields.map(({ offset, size }) => slice(observations, [offset], [offset + size], [2]));
  return parts.length === 1 ? parts[0]! : concat(parts, 2);
}

/**
 * Policy and value from features `[steps * batch, width]`. The policy's last layer starts small, so that the
 * first policy is close to uniform.
 */
export function heads(
  graph: Graph,
  features: Tensor,
  [steps, batch]: readonly [number, number],
  actions: number,
  uniform: () => number,
): { logits: Tensor; value: Tensor } {
  const logits = reshape(dense(graph, "policy", features, actions, uniform, 0.01), [steps, batch, actions]);
  const value = reshape(dense(graph, "value", features, 1, uniform), [steps, batch]);
  return { logits: logits.as("logits"), value: value.as("value") };
}
