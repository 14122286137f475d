/** A population of parameter vectors in one graph: what a graph computes, once for each candidate. */
import { concat, Graph, reshape, split, type Tensor } from "@mesascope/graph";
import { type Layout, neededNodes } from "./flat.ts";

/** Name of the input that holds the parameter vectors of all candidates, `[population, layout.size]`. */
export const populationInput = "population";

export interface Stacking {
  readonly layout: Layout;
  readonly population: number;
  /**
   * Along which axis of an input the candidates' parts lie one after another; undefined: all candidates are given the
   * same values.
   */
  readonly axis: (input: string) => number | undefined;
}

/**
 * Each output with those of all candidates one after another along an axis, a scalar's as a vector.
 * @param outputs with the axis along which candidates follow one another.
 */
export function stackGraph(
  outputs: ReadonlyMap<string, readonly [tensor: Tensor, axis: number]>,
  { layout, population, axis }: Stacking,
): { readonly graph: Graph; readonly outputs: readonly Tensor[] } {
  const tensors = [...outputs.values()].map(([tensor]) => tensor);
  const source = tensors[0]!.graph;
  const graph = new Graph();
  const vectors = split(graph.input(populationInput, [population, layout.size]), population, 0);
  const shared = new Map<Tensor, Tensor>();
  const parts = new Map<Tensor, readonly Tensor[]>();
  for (const [name, tensor] of source.inputs) {
    const along = axis(name);
    if (along === undefined) shared.set(tensor, graph.input(name, tensor.shape, tensor.dtype));
    else {
      const shape = tensor.shape.map((n, i) => (i === along ? n * population : n));
      parts.set(tensor, split(graph.input(name, shape, tensor.dtype), population, along));
    }
  }
  const nodes = neededNodes(tensors);
  const candidates = vectors.map((vector, c) => {
    const made = new Map<Tensor, Tensor>();
    for (const [tensor, each] of parts) made.set(tensor, each[c]!);
    const pieces = split(
      vector,
      layout.stretches.map(({ size }) => size),
      1,
    );
    layout.stretches.forEach(({ name, shape }, i) => {
      made.set(source.parameters.get(name)!, reshape(pieces[i]!, shape));
    });
    const copy = (tensor: Tensor): Tensor => {
      const known = made.get(tensor) ?? shared.get(tensor);
      if (known) return known;
      if (tensor.origin.kind !== "constant") throw new Error("a tensor came before its node");
      const constant = graph.constant(tensor.origin.data, tensor.shape, tensor.dtype);
      shared.set(tensor, constant);
      return constant;
    };
    for (const node of nodes) {
      const types = node.outputs.map(({ shape, dtype }) => [shape, dtype] as const);
      const inputs = node.inputs.map((input) => input && copy(input));
      const { attributes, domain, absent } = node;
      graph.apply(node.op, inputs, types, { attributes, domain, absent }).forEach((output, i) => {
        made.set(node.outputs[i]!, output);
      });
    }
    return copy;
  });
  return {
    graph,
    outputs: [...outputs].map(([name, [tensor, along]]) => {
      const each = candidates.map((copy) => copy(tensor));
      const rows = tensor.shape.length === 0 ? each.map((value) => reshape(value, [1])) : each;
      return concat(rows, along).as(name);
    }),
  };
}

/** The vectors of all candidates one after another, as the input takes them. */
export function stackVectors(candidates: readonly Float64Array[]): Float32Array {
  const width = candidates[0]!.length;
  const out = new Float32Array(candidates.length * width);
  candidates.forEach((candidate, i) => {
    out.set(candidate, i * width);
  });
  return out;
}
