import { readInt, readInts } from "../../core/attributes.ts";
import type { GradientRule, Node, Tensor } from "../../core/graph.ts";
import { normalizeAxes, normalizeAxis, reducedShape, size } from "../../core/shape.ts";
import { add, div, equal, exp, mul, sub } from "../../ops/elementwise.ts";
import { asNumber } from "../../ops/indexing.ts";
import { expand, reshape } from "../../ops/layout.ts";
import { cumSum, mean, sum } from "../../ops/reduce.ts";
import { staticNumbers, sumTo } from "./support.ts";

/** The reduced axes of a node, from its attribute or from its second input (newer opsets). */
function reducedAxes(node: Node): number[] {
  const x = node.inputs[0]!;
  const given = readInts(node.attributes, "axes") ?? staticNumbers(node.op, node.inputs[1]);
  const everyAxis = given === undefined || given.length === 0;
  if (everyAxis && readInt(node.attributes, "noop_with_empty_axes", 0) === 1) return [];
  return normalizeAxes(node.op, everyAxis ? undefined : given, x.shape);
}

/** Rule of a reduction: `derive` gets the gradient and the result with reduced axes kept as length one. */
const reduction =
  (derive: (dy: Tensor, x: Tensor, y: Tensor) => Tensor): GradientRule =>
  (node, [dy]) => {
    const x = node.inputs[0]!;
    if (dy === undefined) return [];
    const kept = reducedShape(x.shape, reducedAxes(node), true);
    return [derive(reshape(dy, kept), x, reshape(node.outputs[0]!, kept))];
  };

const extreme = reduction((dy, x, y) => {
  const taken = asNumber(equal(x, y), x.dtype);
  const ties = sum(taken, {
    axes: x.shape.map((_, axis) => axis).filter((axis) => y.shape[axis] === 1),
    keepDims: true,
  });
  return mul(taken, div(dy, ties));
});

const softmaxRule: GradientRule = (node, [dy]) => {
  const y = node.outputs[0]!;
  const axes = [normalizeAxis(node.op, readInt(node.attributes, "axis", -1), y.shape)];
  if (dy === undefined) return [];
  return [mul(y, sub(dy, sum(mul(dy, y), { axes, keepDims: true })))];
};

const logSoftmaxRule: GradientRule = (node, [dy]) => {
  const y = node.outputs[0]!;
  const axes = [normalizeAxis(node.op, readInt(node.attributes, "axis", -1), y.shape)];
  if (dy === undefined) return [];
  return [sub(dy, mul(exp(y), sum(dy, { axes, keepDims: true })))];
};

const cumSumRule: GradientRule = (node, [dy]) => {
  const axis = staticNumbers("CumSum", node.inputs[1])![0]!;
  const exclusive = readInt(node.attributes, "exclusive", 0) === 1;
  const reverse = readInt(node.attributes, "reverse", 0) === 0;
  return [dy && cumSum(dy, axis, { exclusive, reverse })];
};

/** With h = (x - mean) * inverse deviation, dx = inverse deviation * (dh - mean(dh) - h mean(dh h)). */
const layerNormRule: GradientRule = (node, [dy], needs) => {
  const [x, scale, bias] = node.inputs as [Tensor, Tensor, Tensor | undefined];
  const [, centre, inverse] = node.outputs as [Tensor, Tensor, Tensor];
  if (dy === undefined) return [];
  const h = mul(sub(x, centre), inverse);
  const over = {
    axes: h.shape.flatMap((_, axis) => (centre.shape[axis] === 1 ? [axis] : [])),
    keepDims: true,
  };
  const dx = () => {
    const dh = mul(dy, scale);
    return mul(inverse, sub(sub(dh, mean(dh, over)), mul(h, mean(mul(dh, h), over))));
  };
  return [
    needs[0] ? dx() : undefined,
    needs[1] ? sumTo(mul(dy, h), scale.shape) : undefined,
    needs[2] && bias ? sumTo(dy, bias.shape) : undefined,
  ];
};

/** Rules for reductions, softmaxes and normalization, by ONNX operation. */
export const reduceRules: Readonly<Record<string, GradientRule>> = {
  ReduceSum: reduction((dy, x) => expand(dy, x.shape)),
  ReduceMean: reduction((dy, x) => expand(mul(dy, size(dy.shape) / size(x.shape)), x.shape)),
  ReduceSumSquare: reduction((dy, x) => mul(add(x, x), dy)),
  ReduceMax: extreme,
  ReduceMin: extreme,
  ReduceLogSumExp: reduction((dy, x, y) => mul(dy, exp(sub(x, y)))),
  Softmax: softmaxRule,
  LogSoftmax: logSoftmaxRule,
  CumSum: cumSumRule,
  LayerNormalization: layerNormRule,
};
