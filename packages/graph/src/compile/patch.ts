/** Patches: named tensors replaced, added to or scaled while a graph runs. */
import type { TypedArray } from "../core/dtype.ts";
import { GraphError, suggestion } from "../core/errors.ts";
import type { Graph, Tensor } from "../core/graph.ts";
import { show, size } from "../core/shape.ts";
import { add, mul } from "../ops/elementwise.ts";
import type { Feed } from "./feeds.ts";

/**
 * What to do with a named tensor: an array replaces it; `add` and `scale` take an array of its size or one number
 * for all its elements. Everything computed from the tensor sees the patched value, and so does a read of it.
 */
export type Patch =
  | TypedArray
  | { readonly add: Feed | number }
  | { readonly scale: Feed | number };

export type Patches = Readonly<Record<string, Patch>>;

/** How a variant of a model takes one patch. */
export interface PatchPlan {
  readonly name: string;
  readonly kind: "replace" | "add" | "scale";
  readonly single: boolean;
}

/** The plan that a patch asks for, and its values. */
export function planPatch(name: string, patch: Patch): { plan: PatchPlan; feed: Feed } {
  if (ArrayBuffer.isView(patch)) {
    return { plan: { name, kind: "replace", single: false }, feed: patch };
  }
  const kind = "add" in patch ? "add" : "scale";
  const value = "add" in patch ? patch.add : patch.scale;
  const single = typeof value === "number";
  return { plan: { name, kind, single }, feed: single ? [value] : value };
}

/** Adds to a graph what a patch needs: the input that carries its values, and what takes the tensor's place. */
export function buildPatch(
  graph: Graph,
  plan: PatchPlan,
): { target: Tensor; input: Tensor; value: Tensor } {
  const target = findNamed("patch", graph, plan.name);
  const input = graph.hidden(plan.single ? [] : target.shape, target.dtype);
  if (plan.kind === "replace") return { target, input, value: input };
  return { target, input, value: plan.kind === "add" ? add(target, input) : mul(target, input) };
}

/** The tensor of a name. @throws GraphError naming the nearest name. */
export function findNamed(operation: string, graph: Graph, name: string): Tensor {
  const tensor = graph.find(name);
  if (tensor === undefined) {
    throw new GraphError(
      `${operation}: the graph has no tensor "${name}"${suggestion(name, graph.tensorNames)}.`,
    );
  }
  return tensor;
}

/** A sentence on a patch of the wrong size. */
export function patchFault(plan: PatchPlan, target: Tensor, feed: Feed): string | undefined {
  if (plan.single || feed.length === size(target.shape)) return undefined;
  return `patch: tensor "${plan.name}" has shape ${show(target.shape)}, which ${feed.length} elements do not fill.`;
}
