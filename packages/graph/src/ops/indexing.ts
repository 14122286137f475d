/** Operations that pick elements by index. Indices are int64 and may be negative, counting from the end. */
import { int, text } from "../core/attributes.ts";
import { toArray } from "../core/dtype.ts";
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { normalizeAxis, sameShape } from "../core/shape.ts";
import { cast } from "./elementwise.ts";
import { checkDtype, emit } from "./operand.ts";

/** Slices of x along `axis` at each of `index`: shape `x.shape` with the axis replaced by `index.shape`. */
export function gather(x: Tensor, index: Tensor, axis = 0): Tensor {
  checkDtype("gather", index, "int64");
  const at = normalizeAxis("gather", axis, x.shape);
  const shape = [...x.shape.slice(0, at), ...index.shape, ...x.shape.slice(at + 1)];
  return emit(x.graph, "Gather", [x, index], shape, x.dtype, { axis: int(at) });
}

/** For each position of `index`, the element of x at that position with the coordinate of `axis` replaced by the index. */
export function gatherElements(x: Tensor, index: Tensor, axis: number): Tensor {
  checkDtype("gatherElements", index, "int64");
  const at = normalizeAxis("gatherElements", axis, x.shape);
  check(
    index.shape.length === x.shape.length &&
      index.shape.every((length, i) => i === at || length <= x.shape[i]!),
    () => `gatherElements: index ${describe(index)} does not lie within operand ${describe(x)}.`,
  );
  return emit(x.graph, "GatherElements", [x, index], index.shape, x.dtype, { axis: int(at) });
}

/** x with `updates` added at the positions that {@link gatherElements} would read with the same index. */
export function scatterAddElements(
  x: Tensor,
  index: Tensor,
  updates: Tensor,
  axis: number,
): Tensor {
  checkDtype("scatterAddElements", index, "int64");
  const at = normalizeAxis("scatterAddElements", axis, x.shape);
  check(
    sameShape(index.shape, updates.shape) && index.shape.length === x.shape.length,
    () =>
      `scatterAddElements: index ${describe(index)} and updates ${describe(updates)} do not go together.`,
  );
  const attributes = { axis: int(at), reduction: text("add") };
  return emit(x.graph, "ScatterElements", [x, index, updates], x.shape, x.dtype, attributes);
}

/**
 * x with `updates` added at the coordinates in `index`, repeated coordinates adding up.
 * @param index int64 `[..., k]`: coordinates into the first k axes of x.
 * @param updates `[...index.shape without its last, ...x.shape from k]`
 */
export function scatterAdd(x: Tensor, index: Tensor, updates: Tensor): Tensor {
  checkDtype("scatterAdd", index, "int64");
  const depth = index.shape.at(-1) ?? 0;
  check(
    index.shape.length >= 1 &&
      depth <= x.shape.length &&
      sameShape(updates.shape, [...index.shape.slice(0, -1), ...x.shape.slice(depth)]),
    () =>
      `scatterAdd: index ${describe(index)} and updates ${describe(updates)} do not fit operand ${describe(x)}.`,
  );
  const attributes = { reduction: text("add") };
  return emit(x.graph, "ScatterND", [x, index, updates], x.shape, x.dtype, attributes);
}

/** 1 at each index and 0 elsewhere, along a new last axis of length `depth`; float32 unless `dtype` says otherwise. */
export function oneHot(index: Tensor, depth: number, dtype: Tensor["dtype"] = "float32"): Tensor {
  checkDtype("oneHot", index, "int64");
  const graph = index.graph;
  const operands = [
    index,
    graph.constant(depth, [], "int64"),
    graph.constant(toArray(dtype, [0, 1]), [2], dtype),
  ];
  const shape = [...index.shape, depth];
  return emit(graph, "OneHot", operands, shape, dtype, { axis: int(-1) });
}

/**
 * The k largest elements along `axis`, in descending order, and their indices (int64).
 * The gradient goes to the elements taken.
 */
export function topK(x: Tensor, k: number, axis = -1): { values: Tensor; indices: Tensor } {
  const at = normalizeAxis("topK", axis, x.shape);
  check(
    Number.isInteger(k) && k >= 0 && k <= x.shape[at]!,
    () => `topK: ${k} elements cannot be taken along axis ${axis} of ${describe(x)}.`,
  );
  const shape = x.shape.with(at, k);
  const count = x.graph.constant(toArray("int64", [k]), [1]);
  const outputs = [[shape, x.dtype] as const, [shape, "int64"] as const];
  const made = x.graph.apply("TopK", [x, count], outputs, { attributes: { axis: int(at) } });
  return { values: made[0]!, indices: made[1]! };
}

/** Bool as 0 and 1 of `dtype`. */
export const asNumber = (x: Tensor, dtype: Tensor["dtype"] = "float32"): Tensor => cast(x, dtype);
