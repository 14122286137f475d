/** How each golden operation is written with this package's functions. */
import type { Graph, Tensor } from "../core/graph.ts";
import {
  gru,
  lstm,
  type RecurrentConvWeights,
  recurrentConv,
  type TransformerWeights,
  transformerBlock,
} from "../modules/index.ts";
import * as ops from "../ops/index.ts";

type Operands = Readonly<Record<string, Tensor>>;
type Attrs = Readonly<Record<string, unknown>>;
export type GoldenOperation = (x: Operands, attrs: Attrs, g: Graph) => Tensor | readonly Tensor[];

const unary =
  (f: (x: Tensor) => Tensor): GoldenOperation =>
  ({ x }) =>
    f(x!);
const binary =
  (f: (a: Tensor, b: Tensor) => Tensor): GoldenOperation =>
  ({ a, b }) =>
    f(a!, b!);
const reduction =
  (f: (x: Tensor, options: ops.ReduceOptions) => Tensor): GoldenOperation =>
  ({ x }, attrs) =>
    f(x!, attrs as ops.ReduceOptions);
const loss =
  (f: (prediction: Tensor, target: Tensor) => Tensor): GoldenOperation =>
  ({ prediction, logits, target }) =>
    f((prediction ?? logits)!, target!);

/** By the `op` of `golden.json`. */
export const goldenOperations: Readonly<Record<string, GoldenOperation>> = {
  add: binary(ops.add),
  sub: binary(ops.sub),
  mul: binary(ops.mul),
  div: binary(ops.div),
  matmul: binary(ops.matmul),
  minimum: binary(ops.minimum),
  neg: unary(ops.neg),
  tanh: unary(ops.tanh),
  sigmoid: unary(ops.sigmoid),
  relu: unary(ops.relu),
  gelu: unary(ops.gelu),
  exp: unary(ops.exp),
  softplus: unary(ops.softplus),
  erf: unary(ops.erf),
  abs: unary(ops.abs),
  log: unary(ops.log),
  sqrt: unary(ops.sqrt),
  reciprocal: unary(ops.reciprocal),
  softmax: ({ x }, { axis }) => ops.softmax(x!, axis as number),
  logSoftmax: ({ x }, { axis }) => ops.logSoftmax(x!, axis as number),
  sum: reduction(ops.sum),
  mean: reduction(ops.mean),
  max: reduction(ops.max),
  logSumExp: reduction(ops.logSumExp),
  clip: ({ x }, { min, max }) => ops.clip(x!, min as number, max as number),
  where: ({ c, a, b }) => ops.where(ops.cast(c!, "bool"), a!, b!),
  transpose: ({ x }, { perm }) => ops.transpose(x!, perm as number[]),
  reshape: ({ x }, { shape }) => ops.reshape(x!, shape as number[]),
  slice: ({ x }, { starts, ends, axes }) =>
    ops.slice(x!, starts as number[], ends as number[], axes as number[]),
  concat: ({ a, b }, { axis }) => ops.concat([a!, b!], axis as number),
  stack: ({ a, b }, { axis }) => ops.stack([a!, b!], axis as number),
  split: ({ x }, { axis, sizes }) => ops.split(x!, sizes as number[], axis as number),
  gather: ({ table, index }, { axis }) => ops.gather(table!, index!, axis as number),
  gatherElements: ({ x, index }, { axis }) => ops.gatherElements(x!, index!, axis as number),
  pad: ({ x }, { pads }) => ops.pad(x!, pads as number[]),
  layerNorm: ({ x, scale, bias }, { epsilon }) =>
    ops.layerNorm(x!, scale!, bias!, epsilon as number),
  crossEntropy: loss(ops.crossEntropy),
  binaryCrossEntropyWithLogits: loss(ops.binaryCrossEntropyWithLogits),
  mse: loss(ops.mse),
  huber: loss(ops.huber),
  conv2d: ({ x, w }, attrs) => ops.conv2d(x!, w!, attrs as ops.ConvOptions),
  maxPool2d: ({ x }, attrs) => ops.maxPool2d(x!, attrs as unknown as ops.PoolOptions),
  lstm: ({ x, wi, wh, b, h0, c0 }) =>
    lstm(x!, { h: h0!, c: c0! }, { wi: wi!, wh: wh!, b: b! }).output,
  transformerBlock: (operands, { heads, causal, epsilon }) =>
    transformerBlock(operands.x!, operands as unknown as TransformerWeights, {
      heads: heads as number,
      causal: causal as boolean,
      epsilon: epsilon as number,
    }),
  recurrentConv: (operands, { iterations }) =>
    recurrentConv(operands.x!, operands as unknown as RecurrentConvWeights, iterations as number)
      .logits,
  gru: ({ x, wi, wh, bi, bh, h0 }) => gru(x!, h0!, { wi: wi!, wh: wh!, bi: bi!, bh: bh! }).output,
};
