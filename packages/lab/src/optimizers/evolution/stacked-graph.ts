/** A population of parameter vectors in one graph: what a graph computes, once for each candidate. */
import { concat, Graph, reshape, split, type Tensor } from "@mesascope/graph";
import { copier } from "./copied-nodes.ts";
import type { Layout } from "./flat.ts";
import type { Vector } from "./method.ts";

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
  const parameters = parametersOf(graph, source, { layout, population });
  const parts = new Map<Tensor, readonly Tensor[]>();
  for (const [name, tensor] of source.inputs) {
    const along = axis(name);
    const times = along === undefined ? 1 : population;
    const shape = tensor.shape.map((n, i) => (i === along ? n * times : n));
    const whole = graph.input(name, shape, tensor.dtype);
    parts.set(tensor, along === undefined ? [whole] : split(whole, population, along));
  }
  const copies = copier(graph, tensors);
  const candidates = parameters.map((values, c) => {
    const given = new Map(values);
    for (const [tensor, each] of parts) given.set(tensor, each[c] ?? each[0]!);
    return copies(given);
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

/** The parameters of each candidate, from an input that holds the vectors of all. */
export function parametersOf(
  graph: Graph,
  source: Graph,
  { layout, population }: Pick<Stacking, "layout" | "population">,
): ReadonlyMap<Tensor, Tensor>[] {
  const { stretches, size } = layout;
  const vectors = reshape(graph.input(populationInput, [population, size]), [population * size]);
  const sizes = Array.from({ length: population }, () => stretches.map((each) => each.size)).flat();
  const pieces = split(vectors, sizes, 0);
  return Array.from({ length: population }, (_, c) => {
    const own = pieces.slice(c * stretches.length, (c + 1) * stretches.length);
    return new Map(
      stretches.map(({ name, shape }, i) => [
        source.parameters.get(name)!,
        reshape(own[i]!, shape),
      ]),
    );
  });
}

/** The vectors of all candidates one after another, as the input takes them: in place where they lie so already. */
export function stackVectors(candidates: readonly Vector[]): Float32Array {
  const width = candidates[0]!.length;
  const { buffer } = candidates[0]!;
  const lie = (candidate: Vector, i: number) =>
    candidate instanceof Float32Array &&
    candidate.buffer === buffer &&
    candidate.byteOffset === i * candidate.byteLength;
  if (candidates.every(lie)) return new Float32Array(buffer, 0, candidates.length * width);
  const out = new Float32Array(candidates.length * width);
  candidates.forEach((candidate, i) => {
    out.set(candidate, i * width);
  });
  return out;
}
