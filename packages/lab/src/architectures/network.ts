/** What the network architectures share: choice of observation fields, and the two heads. */
import {
  concat,
  type Graph,
  linear,
  reshape,
  slice,
  type Tensor,
  uniformInit,
  zerosInit,
} from "@mesascope/graph";
import {
  InputError,
  type NetworkArchitecture,
  type ObservationField,
  type TaskInterface,
} from "../core/index.ts";

/** A network architecture over the graph package's graphs. */
export type Network<P> = NetworkArchitecture<Graph, Tensor, P>;

/** Limit of Glorot and Bengio's uniform initialization (2010, equation 16), times `gain`. */
const glorotLimit = (inputs: number, outputs: number, gain: number): number =>
  gain * Math.sqrt(6 / (inputs + outputs));

/** x W + b for x `[rows, in]`: Glorot's weights times `gain`, biases of zero. */
export function dense(
  graph: Graph,
  name: string,
  x: Tensor,
  width: number,
  uniform: () => number,
  gain = 1,
): Tensor {
  const weightInit = uniformInit(uniform, glorotLimit(x.shape.at(-1)!, width, gain));
  return linear(graph, x, { name, width, weightInit, biasInit: zerosInit });
}

/**
 * The fields that `sees` lets through, joined: `[steps, batch, size]`.
 * @throws InputError where there are none.
 */
export function view(
  observations: Tensor,
  io: TaskInterface,
  sees: (field: ObservationField) => boolean,
): Tensor {
  const fields = io.observation.filter(sees);
  if (fields.length === io.observation.length) return observations;
  if (fields.length === 0)
    throw new InputError(
      "the architecture sees nothing of this task: none of its observation fields names the instance",
    );
  const parts = fields.map(({ offset, size }) =>
    slice(observations, [offset], [offset + size], [2]),
  );
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
  outputs: number,
  uniform: () => number,
): { logits: Tensor; value: Tensor } {
  const logits = reshape(dense(graph, "policy", features, outputs, uniform, 0.01), [
    steps,
    batch,
    outputs,
  ]);
  const value = reshape(dense(graph, "value", features, 1, uniform), [steps, batch]);
  return { logits: logits.as("logits"), value: value.as("value") };
}
