import { readInt, readInts } from "../../core/attributes.ts";
import { toArray } from "../../core/dtype.ts";
import { GraphError } from "../../core/errors.ts";
import type { GradientRule, Node, Tensor } from "../../core/graph.ts";
import { normalizeAxis, size } from "../../core/shape.ts";
import { scatterAdd } from "../../ops/indexing.ts";
import { concat, flatten, pad, reshape, slice, split, transpose, zeros } from "../../ops/layout.ts";
import { staticNumbers, sumTo } from "./support.ts";

const asInput: GradientRule = (node, [dy]) => [dy && reshape(dy, node.inputs[0]!.shape)];

const transposeRule: GradientRule = (node, [dy]) => {
  const rank = node.inputs[0]!.shape.length;
  const perm =
    readInts(node.attributes, "perm") ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  const inverse = perm.map((_, axis) => perm.indexOf(axis));
  return [dy && transpose(dy, inverse)];
};

const concatRule: GradientRule = (node, [dy], needs) => {
  if (dy === undefined) return [];
  const inputs = node.inputs as Tensor[];
  const axis = normalizeAxis("Concat", readInt(node.attributes, "axis", 0), inputs[0]!.shape);
  const parts = split(
    dy,
    inputs.map((input) => input.shape[axis]!),
    axis,
  );
  return parts.map((part, i) => (needs[i] ? part : undefined));
};

const splitRule: GradientRule = (node, gradients) => {
  const axis = readInt(node.attributes, "axis", 0);
  const parts = node.outputs.map(
    (output, i) => gradients[i] ?? zeros(output.graph, output.shape, output.dtype),
  );
  return [concat(parts, axis)];
};

/** Start, end and step along every axis of a Slice node with constant operands, normalized. */
function sliceExtent(node: Node): { from: number[]; step: number[] } {
  const x = node.inputs[0]!;
  const y = node.outputs[0]!;
  const starts = staticNumbers("Slice", node.inputs[1])!;
  const axes = staticNumbers("Slice", node.inputs[3]) ?? starts.map((_, axis) => axis);
  const steps = staticNumbers("Slice", node.inputs[4]) ?? starts.map(() => 1);
  const from = x.shape.map(() => 0);
  const step = x.shape.map(() => 1);
  axes.forEach((axis, i) => {
    const at = normalizeAxis("Slice", axis, x.shape);
    const length = x.shape[at]!;
    const start = starts[i]! < 0 ? starts[i]! + length : starts[i]!;
    step[at] = steps[i]!;
    from[at] = Math.max(0, Math.min(steps[i]! > 0 ? length : length - 1, start));
    if (y.shape[at] === 0) from[at] = 0;
  });
  return { from, step };
}

const sliceRule: GradientRule = (node, [dy]) => {
  const x = node.inputs[0]!;
  if (dy === undefined) return [];
  const { from, step } = sliceExtent(node);
  if (step.every((s) => s === 1)) {
    const after = x.shape.map((length, axis) => length - from[axis]! - dy.shape[axis]!);
    return [pad(dy, [...from, ...after])];
  }
  const positions = stridedPositions(x.shape, dy.shape, from, step);
  const index = dy.graph.constant(toArray("int64", positions), [positions.length, 1]);
  const flat = scatterAdd(zeros(dy.graph, [size(x.shape)], dy.dtype), index, flatten(dy));
  return [reshape(flat, x.shape)];
};

/** Row-major positions in `shape` of the elements that start at `from` and go by `step`, `taken` along each axis. */
function stridedPositions(
  shape: readonly number[],
  taken: readonly number[],
  from: readonly number[],
  step: readonly number[],
): number[] {
  let positions = [0];
  shape.forEach((length, axis) => {
    positions = positions.flatMap((base) =>
      Array.from({ length: taken[axis]! }, (_, i) => base * length + from[axis]! + i * step[axis]!),
    );
  });
  return positions;
}

const padRule: GradientRule = (node, [dy]) => {
  const x = node.inputs[0]!;
  const mode = node.attributes.mode;
  if (mode !== undefined && "text" in mode && mode.text !== "constant") {
    throw new GraphError(
      `gradients: Pad is differentiable only with constant values, not ${mode.text}.`,
    );
  }
  const pads = staticNumbers("Pad", node.inputs[1])!;
  const rank = x.shape.length;
  if (dy === undefined) return [];
  if (node.inputs[3] !== undefined || pads.some((p) => p < 0)) {
    throw new GraphError(
      "gradients: Pad is differentiable only with all axes and no negative pads.",
    );
  }
  const starts = pads.slice(0, rank);
  return [
    slice(
      dy,
      starts,
      starts.map((start, axis) => start + x.shape[axis]!),
    ),
  ];
};

/** Rules for operations that move elements, by ONNX operation. */
export const layoutRules: Readonly<Record<string, GradientRule>> = {
  Reshape: asInput,
  Flatten: asInput,
  Squeeze: asInput,
  Unsqueeze: asInput,
  Expand: (node, [dy]) => [dy && sumTo(dy, node.inputs[0]!.shape)],
  Transpose: transposeRule,
  Concat: concatRule,
  Split: splitRule,
  Slice: sliceRule,
  Pad: padRule,
};
