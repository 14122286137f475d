import { readInt } from "../../core/attributes.ts";
import type { GradientRule, Tensor } from "../../core/graph.ts";
import { normalizeAxis, size } from "../../core/shape.ts";
import { gather, gatherElements, scatterAdd, scatterAddElements } from "../../ops/indexing.ts";
import { reshape, transpose, zeros } from "../../ops/layout.ts";

const gatherRule: GradientRule = (node, [dy]) => {
  const [x, index] = node.inputs as [Tensor, Tensor];
  if (dy === undefined) return [];
  const axis = normalizeAxis("Gather", readInt(node.attributes, "axis", 0), x.shape);
  const rank = index.shape.length;
  // Bring the picked axis first: rows of x are then added up by scatterAdd, and the axes are put back.
  const order = x.shape.map((_, i) => i);
  const front = [axis, ...order.filter((i) => i !== axis)];
  const picked = dy.shape.map((_, i) => i);
  const indexAxes = picked.slice(axis, axis + rank);
  const rest = picked.filter((i) => !indexAxes.includes(i));
  const rows = reshape(transpose(dy, [...indexAxes, ...rest]), [
    size(index.shape),
    ...front.slice(1).map((i) => x.shape[i]!),
  ]);
  const base = zeros(
    dy.graph,
    front.map((i) => x.shape[i]!),
    x.dtype,
  );
  const summed = scatterAdd(base, reshape(index, [size(index.shape), 1]), rows);
  return [
    transpose(
      summed,
      order.map((i) => front.indexOf(i)),
    ),
  ];
};

const gatherElementsRule: GradientRule = (node, [dy]) => {
  const [x, index] = node.inputs as [Tensor, Tensor];
  if (dy === undefined) return [];
  const axis = readInt(node.attributes, "axis", 0);
  return [scatterAddElements(zeros(dy.graph, x.shape, x.dtype), index, dy, axis)];
};

const scatterElementsRule: GradientRule = (node, [dy], needs) => {
  const index = node.inputs[1]!;
  if (dy === undefined) return [];
  const axis = readInt(node.attributes, "axis", 0);
  return [dy, undefined, needs[2] ? gatherElements(dy, index, axis) : undefined];
};

const topKRule: GradientRule = (node, [dy]) => {
  const x = node.inputs[0]!;
  if (dy === undefined) return [];
  const axis = readInt(node.attributes, "axis", -1);
  return [scatterAddElements(zeros(dy.graph, x.shape, x.dtype), node.outputs[1]!, dy, axis)];
};

/** The gradient of rows added by coordinates is read back at the same coordinates (first axis only). */
const scatterNdRule: GradientRule = (node, [dy], needs) => {
  const [, index, updates] = node.inputs as [Tensor, Tensor, Tensor];
  if (dy === undefined) return [];
  const read = () =>
    reshape(gather(dy, reshape(index, index.shape.slice(0, -1)), 0), updates.shape);
  return [dy, undefined, needs[2] ? read() : undefined];
};

/** Rules for operations that pick elements, by ONNX operation. */
export const indexingRules: Readonly<Record<string, GradientRule>> = {
  Gather: gatherRule,
  GatherElements: gatherElementsRule,
  ScatterElements: scatterElementsRule,
  ScatterND: scatterNdRule,
  TopK: topKRule,
};
