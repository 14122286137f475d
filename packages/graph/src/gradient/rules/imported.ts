/** Rules for operations that only imported models contain; ours write them in smaller ones. */
import { readFloat, readInt, readText } from "../../core/attributes.ts";
import { GraphError } from "../../core/errors.ts";
import type { GradientRule, Tensor } from "../../core/graph.ts";
import { add, div, erf, exp, greater, mul, neg, sqrt, sub, where } from "../../ops/elementwise.ts";
import { reshape } from "../../ops/layout.ts";
import { sum } from "../../ops/reduce.ts";

const leakyRelu: GradientRule = (node, [dy]) => {
  const slope = readFloat(node.attributes, "alpha", 0.01);
  return [dy && where(greater(node.inputs[0]!, 0), dy, mul(dy, slope))];
};

const elu: GradientRule = (node, [dy]) => {
  const x = node.inputs[0]!;
  const alpha = readFloat(node.attributes, "alpha", 1);
  return [dy && where(greater(x, 0), dy, mul(dy, add(node.outputs[0]!, alpha)))];
};

/** Derivative of x F(x), F the normal distribution function: F(x) + x f(x). */
const geluRule: GradientRule = (node, [dy]) => {
  const x = node.inputs[0]!;
  if (readText(node.attributes, "approximate", "none") !== "none") {
    throw new GraphError("gradients: Gelu is differentiable only in its exact form.");
  }
  const distribution = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
  const density = mul(exp(neg(mul(mul(x, x), 0.5))), 1 / Math.sqrt(2 * Math.PI));
  return [dy && mul(dy, add(distribution, mul(x, density)))];
};

/** y = (x - mean) / sqrt(variance + epsilon) * scale + bias with given statistics. */
const batchNormRule: GradientRule = (node, [dy], needs) => {
  const [x, scale, bias, centre, spread] = node.inputs as Tensor[];
  if (dy === undefined) return [];
  if (readInt(node.attributes, "training_mode", 0) === 1 || needs[3] || needs[4]) {
    throw new GraphError(
      "gradients: BatchNormalization is differentiable only with fixed statistics.",
    );
  }
  const column = (v: Tensor) => reshape(v, [-1, ...new Array<number>(x!.shape.length - 2).fill(1)]);
  const inverse = div(1, sqrt(add(spread!, readFloat(node.attributes, "epsilon", 1e-5))));
  const axes = x!.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const h = mul(sub(x!, column(centre!)), column(inverse));
  return [
    mul(dy, column(mul(scale!, inverse))),
    sum(mul(dy, h), { axes }),
    bias && sum(dy, { axes }),
  ];
};

/** Dropout as exporters leave it: switched off. */
const dropoutRule: GradientRule = (node, [dy]) => {
  if (node.inputs[2] !== undefined) {
    throw new GraphError("gradients: Dropout is differentiable only where it is switched off.");
  }
  return [dy];
};

/** By ONNX operation. */
export const importedRules: Readonly<Record<string, GradientRule>> = {
  LeakyRelu: leakyRelu,
  Elu: elu,
  Gelu: geluRule,
  BatchNormalization: batchNormRule,
  Dropout: dropoutRule,
};
