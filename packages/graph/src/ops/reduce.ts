/** Operations that reduce axes. All axes are reduced when none are named; `keepDims` leaves them with length one. */
import { float, int, ints } from "../core/attributes.ts";
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { normalizeAxes, normalizeAxis, reducedShape, size } from "../core/shape.ts";
import { sub } from "./elementwise.ts";
import { checkFloat, emit, integers } from "./operand.ts";

export interface ReduceOptions {
  /** Axes to reduce; negative axes count from the end. All axes when omitted. */
  readonly axes?: readonly number[];
  /** Keep reduced axes with length one. False when omitted. */
  readonly keepDims?: boolean;
}

function reduce(operation: string, op: string, x: Tensor, options: ReduceOptions): Tensor {
  const axes = normalizeAxes(operation, options.axes, x.shape);
  if (axes.length === 0) return x;
  const keepDims = options.keepDims ?? false;
  const shape = reducedShape(x.shape, axes, keepDims);
  // Opset 17: ReduceSum takes its axes as an input, the other reductions as an attribute.
  if (op === "ReduceSum") {
    const inputs = [x, integers(x.graph, axes)];
    return emit(x.graph, op, inputs, shape, x.dtype, { keepdims: int(keepDims) });
  }
  return emit(x.graph, op, [x], shape, x.dtype, { axes: ints(axes), keepdims: int(keepDims) });
}

function reduceNonEmpty(operation: string, op: string, x: Tensor, options: ReduceOptions): Tensor {
  check(size(x.shape) > 0, () => `${operation}: operand ${describe(x)} has no elements.`);
  return reduce(operation, op, x, options);
}

/** Sum over axes. */
export const sum = (x: Tensor, options: ReduceOptions = {}): Tensor =>
  reduce("sum", "ReduceSum", x, options);
/** Arithmetic mean over axes. */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  checkFloat("mean", x);
  return reduceNonEmpty("mean", "ReduceMean", x, options);
}
/** Largest element over axes; equal largest elements share the gradient. */
export const max = (x: Tensor, options: ReduceOptions = {}): Tensor =>
  reduceNonEmpty("max", "ReduceMax", x, options);
/** Smallest element over axes; equal smallest elements share the gradient. */
export const min = (x: Tensor, options: ReduceOptions = {}): Tensor =>
  reduceNonEmpty("min", "ReduceMin", x, options);
/** Sum of squares over axes. */
export const sumSquare = (x: Tensor, options: ReduceOptions = {}): Tensor =>
  reduce("sumSquare", "ReduceSumSquare", x, options);
/** log(sum(exp(x))) over axes, without overflow. */
export function logSumExp(x: Tensor, options: ReduceOptions = {}): Tensor {
  checkFloat("logSumExp", x);
  return reduceNonEmpty("logSumExp", "ReduceLogSumExp", x, options);
}

/** Population variance over axes (divides by n). */
export function variance(x: Tensor, options: ReduceOptions = {}): Tensor {
  const centre = mean(x, { ...options, keepDims: true });
  const { axes, keepDims = false } = options;
  const deviation = sub(x, centre);
  const count = size(x.shape) / size(centre.shape);
  const total = reduce(
    "variance",
    "ReduceSumSquare",
    deviation,
    axes ? { axes, keepDims } : { keepDims },
  );
  return emit(
    x.graph,
    "Mul",
    [total, x.graph.constant(1 / count, [], x.dtype)],
    total.shape,
    x.dtype,
  );
}

/** exp(x) normalized to sum to one along `axis` (the last when omitted). */
export function softmax(x: Tensor, axis = -1): Tensor {
  checkFloat("softmax", x);
  const attributes = { axis: int(normalizeAxis("softmax", axis, x.shape)) };
  return emit(x.graph, "Softmax", [x], x.shape, x.dtype, attributes);
}

/** log(softmax(x)) along `axis` (the last when omitted), without overflow. */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  checkFloat("logSoftmax", x);
  const attributes = { axis: int(normalizeAxis("logSoftmax", axis, x.shape)) };
  return emit(x.graph, "LogSoftmax", [x], x.shape, x.dtype, attributes);
}

function argExtreme(operation: string, op: string, x: Tensor, axis: number, keepDims: boolean) {
  const index = normalizeAxis(operation, axis, x.shape);
  check(x.shape[index]! > 0, () => `${operation}: operand ${describe(x)} has no elements.`);
  const shape = reducedShape(x.shape, [index], keepDims);
  return emit(x.graph, op, [x], shape, "int64", { axis: int(index), keepdims: int(keepDims) });
}

/** Index (int64) of the first largest element along `axis`; no gradient passes. */
export const argMax = (x: Tensor, axis = -1, keepDims = false): Tensor =>
  argExtreme("argMax", "ArgMax", x, axis, keepDims);
/** Index (int64) of the first smallest element along `axis`; no gradient passes. */
export const argMin = (x: Tensor, axis = -1, keepDims = false): Tensor =>
  argExtreme("argMin", "ArgMin", x, axis, keepDims);

/** Running sum along `axis`; `exclusive` leaves the element itself out, `reverse` runs from the end. */
export function cumSum(
  x: Tensor,
  axis: number,
  options: { readonly exclusive?: boolean; readonly reverse?: boolean } = {},
): Tensor {
  const index = normalizeAxis("cumSum", axis, x.shape);
  return emit(x.graph, "CumSum", [x, x.graph.constant(index, [], "int64")], x.shape, x.dtype, {
    exclusive: int(options.exclusive ?? false),
    reverse: int(options.reverse ?? false),
  });
}

/**
 * (x - mean) / sqrt(variance + epsilon) * scale + bias over the last axis (Ba, Kiros and Hinton 2016).
 * @param scale shape `[x.shape.at(-1)]`, as is `bias`.
 */
export function layerNorm(x: Tensor, scale: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  checkFloat("layerNorm", x);
  const features = x.shape.at(-1);
  for (const operand of [scale, bias]) {
    check(
      operand.shape.length === 1 && operand.shape[0] === features,
      () => `layerNorm: operand ${describe(operand)} does not fit the last axis of ${describe(x)}.`,
    );
  }
  const moments = [...x.shape.slice(0, -1), 1];
  const outputs = [x.shape, moments, moments].map((shape) => [shape, x.dtype] as const);
  const attributes = { axis: int(x.shape.length - 1), epsilon: float(epsilon) };
  return x.graph.apply("LayerNormalization", [x, scale, bias], outputs, { attributes })[0]!;
}
