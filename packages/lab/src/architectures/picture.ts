/** What architectures that see pictures share: the picture in an observation, and the read-out of a state. */
import {
  affine,
  concat,
  conv2d,
  type Graph,
  kaimingInit,
  mean,
  mul,
  reshape,
  slice,
  sum,
  type Tensor,
  uniformInit,
  zeros,
} from "@mesascope/graph";
import { InputError, type PictureSize, type TaskInterface } from "../core/index.ts";
import { glorotLimit } from "./network.ts";

/** @throws InputError where the task shows no picture. */
export function pictureSize(
  { grid }: Pick<TaskInterface, "grid">,
  architecture: string,
): PictureSize {
  if (!grid)
    throw new InputError(
      `architecture '${architecture}' sees pictures, but this task's observations are none`,
    );
  return grid;
}

/** Observations `[steps, batch, size]` as pictures `[steps * batch, channels, height, width]`. */
export function pictures(observations: Tensor, io: TaskInterface, architecture: string): Tensor {
  const { channels, height, width } = pictureSize(io, architecture);
  const [steps, batch] = observations.shape as [number, number, number];
  return reshape(observations, [steps * batch, channels, height, width]);
}

/** A 3 x 3 kernel without bias, drawn by Kaiming's rule for ReLU times `gain`. */
export function kernel(
  graph: Graph,
  name: string,
  inputs: number,
  outputs: number,
  uniform: () => number,
  gain = 1,
): Tensor {
  const init = kaimingInit(uniform, 9 * inputs, gain * Math.SQRT2);
  return graph.parameter(name, [outputs, inputs, 3, 3], init);
}

/** Cross-correlation with a 3 x 3 kernel that keeps the size of the picture. */
export const near = (x: Tensor, weights: Tensor): Tensor => conv2d(x, weights, { padding: 1 });

/** What a state `[steps * batch, channels, height, width]` says. */
export interface ReadOut {
  /** `[steps, batch, outputs]` */
  logits(state: Tensor): Tensor;
  /** `[steps, batch]` */
  value(state: Tensor): Tensor;
}

/**
 * Read-outs that fit pictures of every size. Where the task wants one output for each pixel: `head` of the state,
 * and no value. Otherwise dense layers on the state at the walker, who is in the middle where no field tells, beside
 * the state's mean over the picture; the policy's layer starts small, so that the first policy is close to uniform.
 * @param x the pictures, `[steps * batch, channels, height, width]`
 * @param channels of the states that are read
 * @param head declares its parameters, and gives a function to `[steps * batch, 1, height, width]`
 */
export function readOut(
  graph: Graph,
  x: Tensor,
  [steps, batch]: readonly [number, number],
  io: TaskInterface,
  channels: number,
  uniform: () => number,
  head: () => (state: Tensor) => Tensor,
): ReadOut {
  const { height, width } = io.grid!;
  if (io.outputs === height * width) {
    const marks = head();
    return {
      logits: (state) => reshape(marks(state), [steps, batch, io.outputs]),
      value: () => zeros(graph, [steps, batch]),
    };
  }
  const layer = (name: string, outputs: number, gain: number) => {
    const limit = glorotLimit(2 * channels, outputs, gain);
    const weight = graph.parameter(
      `${name}.weight`,
      [2 * channels, outputs],
      uniformInit(uniform, limit),
    );
    const bias = graph.parameter(`${name}.bias`, [outputs]);
    return (state: Tensor) => affine(gathered(state, x, io), weight, bias);
  };
  const policy = layer("policy", io.outputs, 0.01);
  const value = layer("value", 1, 1);
  return {
    logits: (state) => reshape(policy(state), [steps, batch, io.outputs]),
    value: (state) => reshape(value(state), [steps, batch]),
  };
}

/** The state at the walker beside its mean over the picture, `[steps * batch, 2 * channels]`. */
function gathered(state: Tensor, x: Tensor, io: TaskInterface): Tensor {
  const [rows, channels, height, width] = state.shape as [number, number, number, number];
  const plane = io.observation.findIndex(({ name }) => name === "walker");
  const middle = [Math.floor(height / 2), Math.floor(width / 2)] as const;
  const here =
    plane >= 0
      ? sum(mul(state, slice(x, [plane], [plane + 1], [1])), { axes: [2, 3] })
      : reshape(slice(state, middle, [middle[0] + 1, middle[1] + 1], [2, 3]), [rows, channels]);
  return concat([here, mean(state, { axes: [2, 3] })], 1);
}
