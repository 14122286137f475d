/** The parameters on which tensors depend, as one flat vector. */
import type { Node, Tensor } from "@mesascope/graph";
import type { NamedArrays } from "../../core/index.ts";

/** Where a parameter lies in the vector. */
export interface Stretch {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

export interface Layout {
  readonly stretches: readonly Stretch[];
  /** Length of the vector. */
  readonly size: number;
}

/** Nodes on which the outputs depend, in an order in which they can run. */
export function neededNodes(outputs: readonly Tensor[]): Node[] {
  const needed = new Map<number, Node>();
  const rest = [...outputs];
  for (let tensor = rest.pop(); tensor; tensor = rest.pop()) {
    if (tensor.origin.kind !== "node") continue;
    const { node } = tensor.origin;
    if (needed.has(node.id)) continue;
    needed.set(node.id, node);
    for (const input of node.inputs) if (input) rest.push(input);
  }
  return [...needed.values()].sort((a, b) => a.id - b.id);
}

/** The layout of the parameters that the outputs depend on, in the order in which their graph declares them. */
export function layoutOf(outputs: readonly Tensor[]): Layout {
  const used = new Set<Tensor | undefined>(outputs);
  for (const { inputs } of neededNodes(outputs)) for (const input of inputs) used.add(input);
  let offset = 0;
  const stretches: Stretch[] = [];
  for (const [name, tensor] of outputs[0]!.graph.parameters) {
    if (!used.has(tensor)) continue;
    const size = tensor.shape.reduce((a, b) => a * b, 1);
    stretches.push({ name, shape: tensor.shape, offset, size });
    offset += size;
  }
  return { stretches, size: offset };
}

/** The values that a graph's parameters were declared with. */
export function initialVector({ stretches, size }: Layout, { graph }: Tensor): Float64Array {
  const out = new Float64Array(size);
  for (const { name, offset } of stretches) {
    const { origin } = graph.parameters.get(name)!;
    if (origin.kind === "parameter") out.set(origin.data, offset);
  }
  return out;
}

/** A vector as named parameters. */
export function namedParameters({ stretches }: Layout, vector: Float64Array) {
  return Object.fromEntries(
    stretches.map(({ name, shape, offset, size }) => [
      name,
      { shape: [...shape], data: Float32Array.from(vector.subarray(offset, offset + size)) },
    ]),
  ) satisfies NamedArrays;
}
