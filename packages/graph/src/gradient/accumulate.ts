import { readFloat, readInt } from "../core/attributes.ts";
import { constantValue, type Node, producer, type Tensor } from "../core/graph.ts";
import { addAll, concat } from "../ops/layout.ts";
import { gemm } from "../ops/matrix.ts";
import { sum } from "../ops/reduce.ts";

/** From how many contributions on joining their operands pays for the copying. */
const least = 3;

/**
 * The sum of the contributions to one gradient. A weight used at every time step receives one product a^T b for each
 * step: these become a single product of the steps' operands joined, sum_t a_t^T b_t = [a_1; a_2; ...]^T [b_1; b_2; ...],
 * and sums over rows become one sum likewise.
 */
export function accumulate(contributions: readonly Tensor[]): Tensor {
  const products = contributions.filter(isWeightProduct);
  const rowSums = contributions.filter(isRowSum);
  const merged: Tensor[] = [];
  if (products.length >= least) merged.push(joinProducts(products));
  if (rowSums.length >= least) merged.push(joinRowSums(rowSums));
  const joined = new Set([
    ...(products.length >= least ? products : []),
    ...(rowSums.length >= least ? rowSums : []),
  ]);
  const rest = contributions.filter((tensor) => !joined.has(tensor));
  return addAll([...merged, ...rest]);
}

const operands = (tensors: readonly Tensor[], index: number): Tensor[] =>
  tensors.map((tensor) => (producer(tensor) as Node).inputs[index]!);

function joinProducts(products: readonly Tensor[]): Tensor {
  const a = concat(operands(products, 0), 0);
  const b = concat(operands(products, 1), 0);
  return gemm(a, b, undefined, { transposeA: true });
}

const joinRowSums = (sums: readonly Tensor[]): Tensor =>
  sum(concat(operands(sums, 0), 0), { axes: [0] });

/** a^T b of matrices, without a third operand. */
function isWeightProduct(tensor: Tensor): boolean {
  const node = producer(tensor);
  return (
    node?.op === "Gemm" &&
    node.inputs.length === 2 &&
    readInt(node.attributes, "transA", 0) === 1 &&
    readInt(node.attributes, "transB", 0) === 0 &&
    readFloat(node.attributes, "alpha", 1) === 1
  );
}

/** The sum of a matrix over its rows. */
function isRowSum(tensor: Tensor): boolean {
  const node = producer(tensor);
  const axes = node?.op === "ReduceSum" && node.inputs[1] && constantValue(node.inputs[1]);
  return (
    axes !== undefined &&
    axes !== false &&
    axes.data.length === 1 &&
    Number(axes.data[0]) === 0 &&
    node!.inputs[0]!.shape.length === 2 &&
    tensor.shape.length === 1
  );
}
