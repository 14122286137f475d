/** Nodes of one graph once more in another, over other tensors; what they work out of the same is worked out once. */
import {
  concat,
  expand,
  type Graph,
  gemm,
  type Node,
  reshape,
  slice,
  Tensor,
} from "@mesascope/graph";
import { neededNodes } from "./flat.ts";

/** Gives the copy of an output, or of a tensor on which one depends. */
export type Copying = (tensor: Tensor) => Tensor;

/**
 * Copies what `outputs` depend on into `graph`, as often as it is called, with the tensors in place of the inputs and
 * parameters that it is given.
 * @param fixed tensors whose products are the same in several copies: where a matrix is some of these and others side
 *   by side, its product is taken as the sum of theirs, of which lowering keeps one. Zeros side by side are left out.
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
      const product = productOfParts(node, inputs, fixed);
      if (product) made.set(node.outputs[0]!, product);
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

/** Columns of a matrix: a tensor, or zeros where it is undefined. */
interface Columns {
  readonly tensor: Tensor | undefined;
  readonly width: number;
}

/** The parts side by side that a tensor `[..., columns]` was joined from. */
function columnsOf(tensor: Tensor): readonly Columns[] {
  const width = tensor.shape.at(-1) ?? 1;
  const itself = [{ tensor, width }];
  if (tensor.origin.kind !== "node") return itself;
  const { op, inputs, attributes } = tensor.origin.node;
  const first = inputs[0]!;
  if (op === "Reshape" && first.shape.at(-1) === width) return columnsOf(first);
  if (
    op === "Expand" &&
    first.origin.kind === "constant" &&
    first.origin.data.every((v) => v === 0)
  )
    return [{ tensor: undefined, width }];
  const axis = attributes["axis"];
  if (op === "Concat" && axis && "int" in axis && axis.int === tensor.shape.length - 1)
    return inputs.flatMap((input) => columnsOf(input!));
  return itself;
}

/** x W + c as the sum of what the parts of x give; undefined where x has no parts to be told apart. */
function productOfParts(
  { op, attributes, outputs }: Node,
  [x, weight, c]: readonly (Tensor | undefined)[],
  fixed: ReadonlySet<Tensor>,
): Tensor | undefined {
  if (op !== "Gemm" || !x || !weight || "alpha" in attributes || "beta" in attributes) return;
  const flag = (name: string) => {
    const value = attributes[name];
    return value !== undefined && "int" in value && value.int === 1;
  };
  const columns = columnsOf(x);
  const apart = ({ tensor }: Columns) => tensor === undefined || fixed.has(tensor);
  if (flag("transA") || !columns.some(apart)) return;
  const transposeB = flag("transB");
  const rows = outputs[0]!.shape[0]!;
  const same: Term[] = [];
  const others: Term[] = [];
  let offset = 0;
  for (const { tensor, width } of columns) {
    const last = others.at(-1);
    if (tensor && fixed.has(tensor)) same.push({ tensors: [tensor], offset, width });
    else if (tensor && last && last.offset + last.width === offset) {
      last.tensors.push(tensor);
      last.width += width;
    } else if (tensor) others.push({ tensors: [tensor], offset, width });
    offset += width;
  }
  let sum = c;
  for (const { tensors, offset: from, width } of [...same, ...others]) {
    const matrix = concat(
      tensors.map((tensor) => reshape(tensor, [rows, tensor.shape.at(-1)!])),
      1,
    );
    const part = slice(weight, [from], [from + width], [transposeB ? 1 : 0]);
    sum = gemm(matrix, part, sum, { transposeB });
  }
  const { graph } = x;
  return sum instanceof Tensor
    ? expand(sum, outputs[0]!.shape)
    : expand(graph.constant(0), outputs[0]!.shape);
}

/** Columns that are multiplied together: neighbours, from `offset` on. */
interface Term {
  readonly tensors: Tensor[];
  readonly offset: number;
  width: number;
}
