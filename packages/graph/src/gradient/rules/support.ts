/** What gradient rules share. */

import { GraphError } from "../../core/errors.ts";
import { constantValue, type Tensor } from "../../core/graph.ts";
import { type Shape, sameShape } from "../../core/shape.ts";
import { reshape } from "../../ops/layout.ts";
import { sum } from "../../ops/reduce.ts";

/** The gradient of a broadcast operand: `gradient` summed over the axes along which `shape` was repeated. */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < lead || (shape[axis - lead] === 1 && gradient.shape[axis] !== 1));
  return reshape(sum(gradient, { axes }), shape);
}

/** The values of an operand that must be known when the graph is built. */
export function staticNumbers(operation: string, tensor: Tensor | undefined): number[] | undefined {
  if (tensor === undefined) return undefined;
  const value = constantValue(tensor);
  if (value === undefined) {
    throw new GraphError(
      `gradients: ${operation} is differentiable only when its shape-like operands are constants.`,
    );
  }
  return Array.from(value.data as ArrayLike<number | bigint>, Number);
}
