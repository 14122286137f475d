/** Nodes of one graph once more in another, over other tensors; what they work out of the same is worked out once. */
import {
  expand,
  type Graph,
  gemm,
  type Node,
  reshape,
  split,
  type Tensor,
  zeros,
} from "@mesascope/graph";
import { neededNodes } from "./flat.ts";

/** Gives the copy of an output, or of a tensor on which one depends. */
export type Copying = (tensor: Tensor) => Tensor;

/**
 * Copies what `outputs` depend on into `graph`, as often as it is called, with the tensors in place of the inputs and
 * parameters that it is given.
 * @param fixed matrices that several copies share: where one of these stands beside others in a product, the product is
 *   taken as a sum, so that its own part is the same in all copies and lowering keeps one of it.
 */
export function copier(
  graph: Graph,
  outputs: readonly Tensor[],
  fixed: ReadonlySet<Tensor> = new Set(),
): (given: ReadonlyMap<Tensor, Tensor>) => Copying {
  const nodes = neededNodes(outputs);
  const constants = new Map<Tensor, Tensor>();
  return (given) => {
    const made = new Map(given);
    const copy: Copying = (tensor) => {
      const known = made.get(tensor) ?? constants.get(tensor);
      if (known) return known;
      if (tensor.origin.kind !== "constant") throw new Error("a tensor came before its node");
      const constant = graph.constant(tensor.origin.data, tensor.shape, tensor.dtype);
      constants.set(tensor, constant);
      return constant;
    };
    for (const node of nodes) {
      const inputs = node.inputs.map((input) => input && copy(input));
      const simpler = inOtherTerms(node, inputs, fixed);
      if (simpler) made.set(node.outputs[0]!, simpler);
      else {
        const types = node.outputs.map(({ shape, dtype }) => [shape, dtype] as const);
        const { attributes, domain, absent } = node;
        graph.apply(node.op, inputs, types, { attributes, domain, absent }).forEach((output, i) => {
          made.set(node.outputs[i]!, output);
        });
      }
    }
    return copy;
  };
}

/** What a node computes from these inputs by less than itself; undefined where it is as it must be. */
function inOtherTerms(
  { op, attributes, outputs }: Node,
  [x, weight, c]: readonly (Tensor | undefined)[],
  fixed: ReadonlySet<Tensor>,
): Tensor | undefined {
  const { shape } = outputs[0]!;
  if (op === "Reshape") return reshaped(x!, shape);
  const plain = !["transA", "alpha", "beta"].some((name) => number(attributes, name));
  if (op !== "Gemm" || !plain) return undefined;
  const columns = columnsOf(x!);
  const isFixed = (tensor: Tensor | undefined) => tensor !== undefined && fixed.has(tensor);
  if (columns.every(({ tensor }) => tensor && !isFixed(tensor))) return undefined;
  // The product with matrices side by side is the sum of their products; what stays comes first.
  const transposeB = number(attributes, "transB") === 1;
  const widths = columns.map(({ width }) => width);
  const weights = split(weight!, widths, transposeB ? 1 : 0);
  const terms = columns.map(({ tensor }, i) => [tensor, weights[i]!] as const);
  const ordered = terms.toSorted(([a], [b]) => +isFixed(b) - +isFixed(a));
  let sum = c;
  for (const [tensor, part] of ordered)
    if (tensor)
      sum = gemm(reshape(tensor, [shape[0]!, part.shape[transposeB ? 1 : 0]!]), part, sum, {
        transposeB,
      });
  return sum ? expand(sum, shape) : zeros(x!.graph, shape);
}

const number = (attributes: Node["attributes"], name: string): number | undefined => {
  const attribute = attributes[name];
  if (attribute === undefined) return undefined;
  return "int" in attribute ? attribute.int : "float" in attribute ? attribute.float : Number.NaN;
};

/** A tensor in another shape, without the shapes that it had in between. */
export const reshaped = (tensor: Tensor, shape: readonly number[]): Tensor =>
  reshape(unshaped(tensor), shape);

/** What a tensor was reshaped from. */
function unshaped(tensor: Tensor): Tensor {
  const { origin } = tensor;
  return origin.kind === "node" && origin.node.op === "Reshape"
    ? unshaped(origin.node.inputs[0]!)
    : tensor;
}

/** The parts side by side that a tensor `[..., columns]` was joined from; zeros are undefined. */
function columnsOf(
  tensor: Tensor,
): readonly { readonly tensor: Tensor | undefined; readonly width: number }[] {
  const width = tensor.shape.at(-1)!;
  const source = unshaped(tensor);
  const node = source.origin.kind === "node" ? source.origin.node : undefined;
  if (node && source.shape.at(-1) === width) {
    const last = source.shape.length - 1;
    if (node.op === "Concat" && number(node.attributes, "axis") === last)
      return node.inputs.flatMap((input) => columnsOf(input!));
    const of = node.inputs[0]?.origin;
    if (node.op === "Expand" && of?.kind === "constant" && of.data.every((v) => v === 0))
      return [{ tensor: undefined, width }];
  }
  return [{ tensor: source.shape.at(-1) === width ? source : tensor, width }];
}
