/** Normalization of images and features by statistics of the batch or of groups of channels. */
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { add, div, mul, sqrt, sub } from "./elementwise.ts";
import { reshape } from "./layout.ts";
import { mean, variance } from "./reduce.ts";

/** `[channels]` as a factor for `[batch, channels, ...]`. */
const alongChannels = (vector: Tensor, rank: number): Tensor =>
  reshape(vector, [-1, ...new Array<number>(rank - 2).fill(1)]);

function checkChannels(operation: string, x: Tensor, scale: Tensor, bias: Tensor): void {
  check(
    x.shape.length >= 2 &&
      [scale, bias].every((v) => v.shape.length === 1 && v.shape[0] === x.shape[1]),
    () =>
      `${operation}: scale ${describe(scale)} and bias ${describe(bias)} do not fit the channels of ${describe(x)}.`,
  );
}

/**
 * Normalizes each channel by its mean and variance over the batch and all places (Ioffe and Szegedy 2015).
 * @param x `[batch, channels, ...]`; scale and bias `[channels]`.
 * @returns the result with the statistics `[channels]`, of which running means for later use can be kept.
 */
export function batchNorm(
  x: Tensor,
  scale: Tensor,
  bias: Tensor,
  epsilon = 1e-5,
): { readonly output: Tensor; readonly mean: Tensor; readonly variance: Tensor } {
  checkChannels("batchNorm", x, scale, bias);
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const centre = mean(x, { axes });
  const spread = variance(x, { axes });
  const rank = x.shape.length;
  const factor = alongChannels(div(scale, sqrt(add(spread, epsilon))), rank);
  const output = add(mul(sub(x, alongChannels(centre, rank)), factor), alongChannels(bias, rank));
  return { output, mean: centre, variance: spread };
}

/**
 * Normalizes each group of channels of each example by its mean and variance (Wu and He 2018).
 * @param x `[batch, channels, ...]`; scale and bias `[channels]`.
 */
export function groupNorm(
  x: Tensor,
  groups: number,
  scale: Tensor,
  bias: Tensor,
  epsilon = 1e-5,
): Tensor {
  checkChannels("groupNorm", x, scale, bias);
  const [batch, channels] = x.shape as [number, number];
  check(
    channels % groups === 0,
    () =>
      `groupNorm: the ${channels} channels of ${describe(x)} cannot be cut into ${groups} groups.`,
  );
  const grouped = reshape(x, [batch, groups, -1]);
  const over = { axes: [2], keepDims: true };
  const deviation = sqrt(add(variance(grouped, over), epsilon));
  const normed = reshape(div(sub(grouped, mean(grouped, over)), deviation), x.shape);
  const rank = x.shape.length;
  return add(mul(normed, alongChannels(scale, rank)), alongChannels(bias, rank));
}
