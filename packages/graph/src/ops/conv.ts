/** Convolution and pooling over images: `[batch, channels, height, width]`. */
import { type Attributes, int, ints } from "../core/attributes.ts";
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { emit } from "./operand.ts";

/** One number for both axes, or one each for height and width. */
export type Extent = number | readonly [height: number, width: number];

const both = (extent: Extent): [number, number] =>
  typeof extent === "number" ? [extent, extent] : [extent[0], extent[1]];

export interface ConvOptions {
  /** Zeros around the image; 0 when omitted. */
  readonly padding?: Extent;
  readonly stride?: Extent;
  readonly dilation?: Extent;
  /** Channels are cut into this many groups that do not mix; 1 when omitted. */
  readonly groups?: number;
  /** `[out channels]` */
  readonly bias?: Tensor;
}

/**
 * Cross-correlation, as PyTorch's conv2d.
 * @param x `[batch, in, height, width]`
 * @param w `[out, in / groups, kernel height, kernel width]`
 * @returns `[batch, out, height', width']` with height' = floor((height + 2 padding - dilation (kernel - 1) - 1) / stride) + 1.
 */
export function conv2d(x: Tensor, w: Tensor, options: ConvOptions = {}): Tensor {
  const { groups = 1, bias } = options;
  const [padding, stride, dilation] = geometry(options);
  const fault = () =>
    `conv2d: operand ${describe(x)} and weight ${describe(w)} in ${groups} groups do not fit.`;
  check(
    x.shape.length === 4 &&
      w.shape.length === 4 &&
      x.shape[1] === w.shape[1]! * groups &&
      w.shape[0]! % groups === 0 &&
      (bias === undefined || (bias.shape.length === 1 && bias.shape[0] === w.shape[0])),
    fault,
  );
  const spatial = [0, 1].map((i) => {
    const reach = dilation[i]! * (w.shape[i + 2]! - 1) + 1;
    return Math.floor((x.shape[i + 2]! + 2 * padding[i]! - reach) / stride[i]!) + 1;
  });
  check(
    spatial.every((length) => length >= 1),
    fault,
  );
  const shape = [x.shape[0]!, w.shape[0]!, ...spatial];
  const attributes = convAttributes(w, padding, stride, dilation, groups);
  return emit(x.graph, "Conv", bias ? [x, w, bias] : [x, w], shape, x.dtype, attributes);
}

/**
 * The transpose of {@link conv2d} (its gradient with respect to x), as PyTorch's conv_transpose2d.
 * @param w `[in, out / groups, kernel height, kernel width]`
 */
export function convTranspose2d(
  x: Tensor,
  w: Tensor,
  options: ConvOptions & { readonly outputPadding?: Extent } = {},
): Tensor {
  const { groups = 1, bias } = options;
  const [padding, stride, dilation] = geometry(options);
  const extra = both(options.outputPadding ?? 0);
  check(
    x.shape.length === 4 && w.shape.length === 4 && x.shape[1] === w.shape[0],
    () => `convTranspose2d: operand ${describe(x)} and weight ${describe(w)} do not fit.`,
  );
  const spatial = [0, 1].map(
    (i) =>
      (x.shape[i + 2]! - 1) * stride[i]! -
      2 * padding[i]! +
      dilation[i]! * (w.shape[i + 2]! - 1) +
      extra[i]! +
      1,
  );
  const shape = [x.shape[0]!, w.shape[1]! * groups, ...spatial];
  const attributes = {
    ...convAttributes(w, padding, stride, dilation, groups),
    output_padding: ints(extra),
  };
  return emit(x.graph, "ConvTranspose", bias ? [x, w, bias] : [x, w], shape, x.dtype, attributes);
}

function geometry(options: ConvOptions): [number[], number[], number[]] {
  const { padding = 0, stride = 1, dilation = 1 } = options;
  return [both(padding), both(stride), both(dilation)];
}

function convAttributes(
  w: Tensor,
  padding: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
  groups: number,
): Attributes {
  return {
    kernel_shape: ints(w.shape.slice(2)),
    pads: ints([...padding, ...padding]),
    strides: ints(stride),
    dilations: ints(dilation),
    group: int(groups),
  };
}

export interface PoolOptions {
  readonly kernel: Extent;
  /** The kernel's size when omitted. */
  readonly stride?: Extent;
  readonly padding?: Extent;
}

function pool(operation: string, x: Tensor, options: PoolOptions) {
  const kernel = both(options.kernel);
  const stride = both(options.stride ?? options.kernel);
  const padding = both(options.padding ?? 0);
  const spatial = [0, 1].map(
    (i) => Math.floor((x.shape[i + 2]! + 2 * padding[i]! - kernel[i]!) / stride[i]!) + 1,
  );
  check(
    x.shape.length === 4 && spatial.every((length) => length >= 1),
    () => `${operation}: a kernel of [${kernel.join(", ")}] does not fit operand ${describe(x)}.`,
  );
  const attributes = {
    kernel_shape: ints(kernel),
    strides: ints(stride),
    pads: ints([...padding, ...padding]),
  };
  return { shape: [...x.shape.slice(0, 2), ...spatial], attributes };
}

/** The largest element under each place of the kernel; the first of equal ones gets the gradient. */
export function maxPool2d(x: Tensor, options: PoolOptions): Tensor {
  const { shape, attributes } = pool("maxPool2d", x, options);
  const outputs = [[shape, x.dtype] as const, [shape, "int64"] as const];
  return x.graph.apply("MaxPool", [x], outputs, { attributes })[0]!;
}

/** The mean under each place of the kernel; padding counts as zeros, as in PyTorch. */
export function avgPool2d(x: Tensor, options: PoolOptions): Tensor {
  const { shape, attributes } = pool("avgPool2d", x, options);
  const counted = { ...attributes, count_include_pad: int(1) };
  return emit(x.graph, "AveragePool", [x], shape, x.dtype, counted);
}
