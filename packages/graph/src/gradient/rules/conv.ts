/** Gradients of convolution and pooling, over any number of spatial axes. */
import { type Attributes, int, ints, readInt, readInts, readText } from "../../core/attributes.ts";
import { GraphError } from "../../core/errors.ts";
import type { GradientRule, Node, Tensor } from "../../core/graph.ts";
import { size } from "../../core/shape.ts";
import { mul } from "../../ops/elementwise.ts";
import { scatterAdd } from "../../ops/indexing.ts";
import {
  concat,
  expand,
  flatten,
  pad,
  reshape,
  slice,
  transpose,
  zeros,
} from "../../ops/layout.ts";
import { matmul } from "../../ops/matrix.ts";
import { emit } from "../../ops/operand.ts";
import { sum } from "../../ops/reduce.ts";

/** What a convolution does along its spatial axes. */
interface Geometry {
  readonly kernel: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly group: number;
}

/** The geometry of a node that maps spatial axes `from` to `to` (image to result). */
function geometryOf(
  node: Node,
  kernel: readonly number[],
  from: readonly number[],
  to: readonly number[],
): Geometry {
  const { attributes } = node;
  const stride = readInts(attributes, "strides") ?? kernel.map(() => 1);
  const dilation = readInts(attributes, "dilations") ?? kernel.map(() => 1);
  const auto = readText(attributes, "auto_pad", "NOTSET");
  const given = readInts(attributes, "pads") ?? kernel.flatMap(() => [0, 0]);
  let before = given.slice(0, kernel.length);
  let after = given.slice(kernel.length);
  if (auto === "SAME_UPPER" || auto === "SAME_LOWER") {
    const total = kernel.map((k, i) =>
      Math.max(0, (to[i]! - 1) * stride[i]! + dilation[i]! * (k - 1) + 1 - from[i]!),
    );
    const small = total.map((t) => Math.floor(t / 2));
    const large = total.map((t) => Math.ceil(t / 2));
    [before, after] = auto === "SAME_UPPER" ? [small, large] : [large, small];
  } else if (auto === "VALID") {
    before = kernel.map(() => 0);
    after = before;
  }
  return { kernel, before, after, stride, dilation, group: readInt(attributes, "group", 1) };
}

function attributesOf(geometry: Geometry): Attributes {
  return {
    kernel_shape: ints(geometry.kernel),
    pads: ints([...geometry.before, ...geometry.after]),
    strides: ints(geometry.stride),
    dilations: ints(geometry.dilation),
    group: int(geometry.group),
  };
}

/** The gradient of an image: the transposed convolution of the result's gradient. */
function imageGradient(
  dy: Tensor,
  w: Tensor,
  shape: readonly number[],
  geometry: Geometry,
): Tensor {
  const { kernel, before, after, stride, dilation } = geometry;
  const left = kernel.map((k, i) => {
    const reached = (dy.shape[i + 2]! - 1) * stride[i]! + dilation[i]! * (k - 1) + 1;
    return shape[i + 2]! - (reached - before[i]! - after[i]!);
  });
  const attributes = { ...attributesOf(geometry), output_padding: ints(left) };
  return emit(dy.graph, "ConvTranspose", [dy, w], shape, dy.dtype, attributes);
}

/**
 * The gradient of a kernel, `[out, in / group, ...kernel]`. In the common case it stays one operation until the graph is
 * lowered, where the blocked layout has a form of its own for it.
 */
function kernelGradient(x: Tensor, dy: Tensor, geometry: Geometry): Tensor {
  const { kernel, group, stride, dilation } = geometry;
  const simple =
    group === 1 && kernel.length === 2 && [...stride, ...dilation].every((n) => n === 1);
  if (!simple) return plainKernelGradient(x, dy, geometry);
  const shape = [dy.shape[1]!, x.shape[1]!, ...kernel];
  let made: Tensor | undefined;
  return emit(x.graph, "ConvKernelGradient", [x, dy], shape, x.dtype, attributesOf(geometry), {
    domain: "mesascope",
    plain: () => {
      made ??= plainKernelGradient(x, dy, geometry);
      return made;
    },
    // It is linear in the image and in the result's gradient.
    gradient: (_, [dk], needs) => [
      dk && needs[0] ? imageGradient(dy, dk, x.shape, geometry) : undefined,
      dk && needs[1]
        ? emit(x.graph, "Conv", [x, dk], dy.shape, dy.dtype, attributesOf(geometry))
        : undefined,
    ],
  });
}

/**
 * For each kernel element the matrix product of the result's gradient `[out, places]` and the image shifted to that
 * element `[in, places]`, summed over the batch. Elements along the last axis go into one product; joining all of them
 * would copy more than the larger product saves.
 */
function plainKernelGradient(x: Tensor, dy: Tensor, geometry: Geometry): Tensor {
  const { kernel, group, dilation, stride } = geometry;
  const [batch, inputs] = x.shape as [number, number];
  const outputs = dy.shape[1]!;
  const lengths = dy.shape.slice(2);
  const rows = reshape(dy, [batch, group, outputs / group, size(lengths)]);
  const joined = shiftAlongLastAxis(x, lengths.at(-1)!, geometry);
  const axes = lengths.slice(0, -1).map((_, i) => i + 3);
  const channels = joined.shape[2]!;
  const products = offsets(kernel.slice(0, -1)).map((offset) => {
    const starts = offset.map((o, i) => o * dilation[i]!);
    const ends = starts.map((start, i) => start + (lengths[i]! - 1) * stride[i]! + 1);
    const shifted =
      axes.length === 0 ? joined : slice(joined, starts, ends, axes, stride.slice(0, -1));
    const columns = reshape(shifted, [batch, group, channels, size(lengths)]);
    const product = sum(matmul(rows, columns, { transposeB: true }), { axes: [0] });
    return reshape(product, [outputs, 1, kernel.at(-1)!, inputs / group]);
  });
  const all = reshape(concat(products, 1), [outputs, size(kernel), inputs / group]);
  return reshape(transpose(all, [0, 2, 1]), [outputs, inputs / group, ...kernel]);
}

/** `[batch, group, kernel width * in / group, ..., places]`: the padded image shifted to each element of the last axis. */
function shiftAlongLastAxis(x: Tensor, places: number, geometry: Geometry): Tensor {
  const { before, after, group } = geometry;
  const padded = pad(x, [0, 0, ...before, 0, 0, ...after]);
  const [batch, inputs, ...spatial] = padded.shape as [number, number, ...number[]];
  const grouped = reshape(padded, [batch, group, inputs / group, ...spatial]);
  const axis = grouped.shape.length - 1;
  const [dilation, stride] = [geometry.dilation.at(-1)!, geometry.stride.at(-1)!];
  const shifted = Array.from({ length: geometry.kernel.at(-1)! }, (_, element) => {
    const start = element * dilation;
    return slice(grouped, [start], [start + (places - 1) * stride + 1], [axis], [stride]);
  });
  return concat(shifted, 2);
}

/** All positions within a kernel, in row-major order. */
function offsets(kernel: readonly number[]): number[][] {
  let all: number[][] = [[]];
  for (const length of kernel) {
    all = all.flatMap((prefix) => Array.from({ length }, (_, i) => [...prefix, i]));
  }
  return all;
}

const biasGradient = (dy: Tensor): Tensor =>
  sum(dy, { axes: dy.shape.map((_, axis) => axis).filter((axis) => axis !== 1) });

const convRule: GradientRule = (node, [dy], needs) => {
  const [x, w] = node.inputs as [Tensor, Tensor];
  if (dy === undefined) return [];
  const geometry = geometryOf(node, w.shape.slice(2), x.shape.slice(2), dy.shape.slice(2));
  return [
    needs[0] ? imageGradient(dy, w, x.shape, geometry) : undefined,
    needs[1] ? kernelGradient(x, dy, geometry) : undefined,
    needs[2] ? biasGradient(dy) : undefined,
  ];
};

const convTransposeRule: GradientRule = (node, [dy], needs) => {
  const [x, w] = node.inputs as [Tensor, Tensor];
  if (dy === undefined) return [];
  if (readText(node.attributes, "auto_pad", "NOTSET") !== "NOTSET") {
    throw new GraphError("gradients: ConvTranspose is differentiable only with explicit pads.");
  }
  const geometry = geometryOf(node, w.shape.slice(2), dy.shape.slice(2), x.shape.slice(2));
  const dx = () => emit(x.graph, "Conv", [dy, w], x.shape, x.dtype, attributesOf(geometry));
  return [
    needs[0] ? dx() : undefined,
    needs[1] ? kernelGradient(dy, x, geometry) : undefined,
    needs[2] ? biasGradient(dy) : undefined,
  ];
};

/** The second output holds each maximum's position in the whole image tensor, row-major. */
const maxPoolRule: GradientRule = (node, [dy]) => {
  const [x] = node.inputs as [Tensor];
  if (dy === undefined) return [];
  const attributes = { ...node.attributes, storage_order: int(0) };
  const types = [[dy.shape, dy.dtype] as const, [dy.shape, "int64"] as const];
  // Imported models leave the positions out.
  const places = node.outputs[1] ?? x.graph.apply("MaxPool", [x], types, { attributes })[1]!;
  const empty = zeros(dy.graph, [size(x.shape)], dy.dtype);
  const index = reshape(places, [size(dy.shape), 1]);
  return [reshape(scatterAdd(empty, index, flatten(dy)), x.shape)];
};

const averagePoolRule: GradientRule = (node, [dy]) => {
  const [x] = node.inputs as [Tensor];
  if (dy === undefined) return [];
  const kernel = readInts(node.attributes, "kernel_shape")!;
  const geometry = {
    ...geometryOf(node, kernel, x.shape.slice(2), dy.shape.slice(2)),
    group: x.shape[1]!,
  };
  const padded = [...geometry.before, ...geometry.after].some((p) => p !== 0);
  const countsPadding = readInt(node.attributes, "count_include_pad", 0) === 1;
  if ((padded && !countsPadding) || readInt(node.attributes, "ceil_mode", 0) === 1) {
    throw new GraphError(
      "gradients: AveragePool is differentiable only where padding counts (count_include_pad) and sizes round down.",
    );
  }
  const weight = dy.graph.constant(1 / size(kernel), [], dy.dtype);
  return [imageGradient(dy, expand(weight, [x.shape[1]!, 1, ...kernel]), x.shape, geometry)];
};

const globalAverageRule: GradientRule = (node, [dy]) => {
  const x = node.inputs[0]!;
  return [dy && expand(mul(dy, 1 / size(x.shape.slice(2))), x.shape)];
};

/** Rules for convolution and pooling, by ONNX operation. */
export const convRules: Readonly<Record<string, GradientRule>> = {
  Conv: convRule,
  ConvTranspose: convTransposeRule,
  MaxPool: maxPoolRule,
  AveragePool: averagePoolRule,
  GlobalAveragePool: globalAverageRule,
};
