/** What the functions of `ops/` share: operands that may be numbers, and checks with one voice. */
import type { Attributes } from "../core/attributes.ts";
import { type DType, isFloat, toArray } from "../core/dtype.ts";
import { check, GraphError } from "../core/errors.ts";
import { describe, type Graph, type NodeOptions, Tensor } from "../core/graph.ts";
import { broadcast, type Shape, show } from "../core/shape.ts";

/** A tensor, or a number that becomes a scalar of the other operand's element type. */
export type Operand = Tensor | number;

/** Adds a node with one output. */
export function emit(
  graph: Graph,
  op: string,
  inputs: readonly (Tensor | undefined)[],
  shape: Shape,
  dtype: DType,
  attributes: Attributes = {},
  options: Omit<NodeOptions, "attributes"> = {},
): Tensor {
  return graph.apply(op, inputs, [[shape, dtype]], { attributes, ...options })[0]!;
}

/** Both operands as tensors of one graph and element type, with the shape they broadcast to. */
export function pair(
  operation: string,
  a: Operand,
  b: Operand,
): { graph: Graph; a: Tensor; b: Tensor; shape: Shape } {
  const owner = a instanceof Tensor ? a : b instanceof Tensor ? b : undefined;
  if (owner === undefined) {
    throw new GraphError(`${operation}: at least one operand must be a tensor, got ${a} and ${b}.`);
  }
  const { graph, dtype } = owner;
  const left = a instanceof Tensor ? a : graph.constant(a, [], dtype);
  const right = b instanceof Tensor ? b : graph.constant(b, [], dtype);
  check(
    left.graph === right.graph,
    () =>
      `${operation}: operands ${describe(left)} and ${describe(right)} belong to different graphs.`,
  );
  check(
    left.dtype === right.dtype,
    () =>
      `${operation}: operands ${describe(left)} and ${describe(right)} have element types ${left.dtype} and ${right.dtype}.`,
  );
  const shape = broadcast(left.shape, right.shape);
  if (shape === undefined) {
    throw new GraphError(
      `${operation}: shapes ${describe(left)} and ${describe(right)} do not broadcast.`,
    );
  }
  return { graph, a: left, b: right, shape };
}

/** Throws unless `x` holds floating-point numbers. */
export function checkFloat(operation: string, x: Tensor): void {
  check(
    isFloat(x.dtype),
    () =>
      `${operation}: operand ${describe(x)} holds ${x.dtype}; a floating-point tensor is needed.`,
  );
}

/** Throws unless `x` holds `dtype`. */
export function checkDtype(operation: string, x: Tensor, dtype: DType): void {
  check(
    x.dtype === dtype,
    () => `${operation}: operand ${describe(x)} holds ${x.dtype}; ${dtype} is needed.`,
  );
}

/** A constant vector of int64, as ONNX wants axes, shapes and pads. */
export function integers(graph: Graph, values: readonly number[]): Tensor {
  return graph.constant(toArray("int64", values), [values.length]);
}

/** Throws unless all tensors have the same element type and graph. */
export function checkAlike(operation: string, tensors: readonly Tensor[]): Tensor {
  const first = tensors[0];
  if (first === undefined) throw new GraphError(`${operation}: at least one tensor is needed.`);
  for (const other of tensors) {
    check(
      other.dtype === first.dtype && other.graph === first.graph,
      () =>
        `${operation}: operands ${describe(first)} of ${first.dtype} and ${describe(other)} of ${other.dtype} are not of one graph and element type (shapes ${show(first.shape)} and ${show(other.shape)}).`,
    );
  }
  return first;
}
