/** Operations that move elements without changing them. */
import { int, ints } from "../core/attributes.ts";
import { check, GraphError } from "../core/errors.ts";
import { describe, type Graph, type Tensor } from "../core/graph.ts";
import { broadcast, normalizeAxis, type Shape, sameShape, show, size } from "../core/shape.ts";
import { checkAlike, emit, integers } from "./operand.ts";

/** x with another shape of as many elements, in row-major order; one length may be -1. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const known = shape.reduce((product, length) => (length === -1 ? product : product * length), 1);
  const full = shape.map((length) => (length === -1 ? size(x.shape) / known : length));
  check(
    shape.filter((length) => length === -1).length <= 1 &&
      full.every((length) => Number.isInteger(length) && length >= 0) &&
      size(full) === size(x.shape),
    () =>
      `reshape: operand ${describe(x)} of ${size(x.shape)} elements does not fill shape ${show(shape)}.`,
  );
  if (sameShape(full, x.shape)) return x;
  // allowzero: a length of 0 means no elements, not "as in the operand".
  const attributes = full.includes(0) ? { allowzero: int(1) } : {};
  return emit(x.graph, "Reshape", [x, integers(x.graph, full)], full, x.dtype, attributes);
}

/** x as one axis. */
export const flatten = (x: Tensor): Tensor => reshape(x, [size(x.shape)]);

/** x with its axes in the order `perm`; reversed when omitted. */
export function transpose(x: Tensor, perm?: readonly number[]): Tensor {
  const order = perm ?? x.shape.map((_, axis) => x.shape.length - 1 - axis);
  check(
    order.length === x.shape.length && x.shape.every((_, axis) => order.includes(axis)),
    () => `transpose: ${show(order)} is not an order of the axes of ${describe(x)}.`,
  );
  if (order.every((axis, index) => axis === index)) return x;
  const shape = order.map((axis) => x.shape[axis]!);
  return emit(x.graph, "Transpose", [x], shape, x.dtype, { perm: ints(order) });
}

/** x with `axis` inserted, of length one. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const index = axis < 0 ? axis + x.shape.length + 1 : axis;
  check(
    index >= 0 && index <= x.shape.length,
    () => `unsqueeze: axis ${axis} cannot be inserted into ${describe(x)}.`,
  );
  return reshape(x, x.shape.toSpliced(index, 0, 1));
}

/** x without `axis`, which must have length one. */
export function squeeze(x: Tensor, axis: number): Tensor {
  const index = normalizeAxis("squeeze", axis, x.shape);
  check(
    x.shape[index] === 1,
    () => `squeeze: axis ${axis} of ${describe(x)} has length ${x.shape[index]}, not 1.`,
  );
  return reshape(x, x.shape.toSpliced(index, 1));
}

/** x broadcast to `shape`. */
export function expand(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const full = broadcast(x.shape, shape);
  check(
    full !== undefined && sameShape(full, shape),
    () => `expand: operand ${describe(x)} does not broadcast to ${show(shape)}.`,
  );
  return emit(x.graph, "Expand", [x, integers(x.graph, shape)], [...shape], x.dtype);
}

/**
 * Part of x: along `axes[i]` the elements from `starts[i]` up to but not including `ends[i]`, every `steps[i]`-th.
 * Negative positions count from the end; `axes` are the first ones when omitted. Positions beyond the ends are
 * limited to the axis; steps must be positive.
 */
export function slice(
  x: Tensor,
  starts: readonly number[],
  ends: readonly number[],
  axes: readonly number[] = starts.map((_, axis) => axis),
  steps: readonly number[] = starts.map(() => 1),
): Tensor {
  check(
    starts.length === ends.length && starts.length === axes.length && steps.length === axes.length,
    () =>
      `slice: ${starts.length} starts, ${ends.length} ends, ${axes.length} axes and ${steps.length} steps do not go together.`,
  );
  const shape = [...x.shape];
  const from: number[] = [];
  const to: number[] = [];
  const order = axes.map((axis) => normalizeAxis("slice", axis, x.shape));
  order.forEach((axis, i) => {
    const length = x.shape[axis]!;
    const step = steps[i]!;
    check(step >= 1, () => `slice: step ${step} of axis ${axis} is not positive.`);
    const limit = (position: number) =>
      Math.min(length, Math.max(0, position < 0 ? position + length : position));
    from.push(limit(starts[i]!));
    to.push(Math.max(limit(starts[i]!), limit(ends[i]!)));
    shape[axis] = Math.ceil((to[i]! - from[i]!) / step);
  });
  if (sameShape(shape, x.shape)) return x;
  const inputs = [from, to, order, ...(steps.some((step) => step !== 1) ? [steps] : [])];
  const operands = [x, ...inputs.map((values) => integers(x.graph, values))];
  return emit(x.graph, "Slice", operands, shape, x.dtype);
}

/** Tensors joined along an axis that they have; all other axes agree. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const first = checkAlike("concat", tensors);
  const index = normalizeAxis("concat", axis, first.shape);
  let length = 0;
  for (const other of tensors) {
    check(
      other.shape.length === first.shape.length &&
        first.shape.every((n, i) => i === index || n === other.shape[i]),
      () =>
        `concat: operands ${describe(first)} and ${describe(other)} differ outside axis ${axis}.`,
    );
    length += other.shape[index]!;
  }
  if (tensors.length === 1) return first;
  const shape = first.shape.with(index, length);
  return emit(first.graph, "Concat", tensors, shape, first.dtype, { axis: int(index) });
}

/** Tensors of one shape joined along a new axis. */
export function stack(tensors: readonly Tensor[], axis: number): Tensor {
  const first = checkAlike("stack", tensors);
  for (const other of tensors) {
    check(
      sameShape(first.shape, other.shape),
      () => `stack: operands ${describe(first)} and ${describe(other)} have different shapes.`,
    );
  }
  const index = axis < 0 ? axis + first.shape.length + 1 : axis;
  return concat(
    tensors.map((tensor) => unsqueeze(tensor, index)),
    index,
  );
}

/** x cut along `axis` into parts of `sizes`, or into that many equal parts when a number is given. */
export function split(x: Tensor, sizes: number | readonly number[], axis: number): Tensor[] {
  const index = normalizeAxis("split", axis, x.shape);
  const length = x.shape[index]!;
  const parts =
    typeof sizes === "number" ? new Array<number>(sizes).fill(length / sizes) : [...sizes];
  check(
    parts.every(Number.isInteger) && parts.reduce((a, b) => a + b, 0) === length,
    () => `split: axis ${axis} of ${describe(x)} cannot be cut into parts of ${show(parts)}.`,
  );
  if (parts.length === 1) return [x];
  const outputs = parts.map((part) => [x.shape.with(index, part), x.dtype] as const);
  const operands = [x, integers(x.graph, parts)];
  return x.graph.apply("Split", operands, outputs, { attributes: { axis: int(index) } });
}

/**
 * x surrounded with `value`.
 * @param pads first the number of elements before each axis, then after each axis, as in ONNX: `[2 * rank]`.
 */
export function pad(x: Tensor, pads: readonly number[], value = 0): Tensor {
  const rank = x.shape.length;
  check(
    pads.length === 2 * rank && pads.every((p) => Number.isInteger(p) && p >= 0),
    () =>
      `pad: ${show(pads)} is not a number of elements before and after each axis of ${describe(x)}.`,
  );
  if (pads.every((p) => p === 0)) return x;
  const shape = x.shape.map((length, axis) => length + pads[axis]! + pads[axis + rank]!);
  const operands = [x, integers(x.graph, pads), x.graph.constant(value, [], x.dtype)];
  return emit(x.graph, "Pad", operands, shape, x.dtype);
}

/** A tensor of zeros, as a constant that takes no room in a file. */
export function zeros(graph: Graph, shape: Shape, dtype: Tensor["dtype"] = "float32"): Tensor {
  return expand(graph.constant(0, [], dtype), shape);
}

/** The sum of tensors of one shape. */
export function addAll(tensors: readonly Tensor[]): Tensor {
  const first = checkAlike("addAll", tensors);
  for (const other of tensors) {
    if (!sameShape(first.shape, other.shape)) {
      throw new GraphError(
        `addAll: operands ${describe(first)} and ${describe(other)} have different shapes.`,
      );
    }
  }
  if (tensors.length === 1) return first;
  const op = tensors.length === 2 ? "Add" : "Sum";
  return emit(first.graph, op, tensors, first.shape, first.dtype);
}
