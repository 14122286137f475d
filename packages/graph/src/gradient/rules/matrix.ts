import { readFloat, readInt } from "../../core/attributes.ts";
import type { GradientRule, Tensor } from "../../core/graph.ts";
import { mul } from "../../ops/elementwise.ts";
import { reshape } from "../../ops/layout.ts";
import { matmul } from "../../ops/matrix.ts";
import { sumTo } from "./support.ts";

/** Gradients of alpha a' b', where a' is `a` or its transpose. */
function productGradients(
  a: Tensor,
  b: Tensor,
  dy: Tensor,
  transposed: readonly [boolean, boolean],
  needs: readonly boolean[],
  alpha = 1,
): [Tensor | undefined, Tensor | undefined] {
  const [ta, tb] = transposed;
  const da = () =>
    ta
      ? matmul(b, dy, { transposeA: tb, transposeB: true, alpha })
      : matmul(dy, b, { transposeB: !tb, alpha });
  const db = () =>
    tb
      ? matmul(dy, a, { transposeA: true, transposeB: ta, alpha })
      : matmul(a, dy, { transposeA: !ta, alpha });
  return [needs[0] ? sumTo(da(), a.shape) : undefined, needs[1] ? sumTo(db(), b.shape) : undefined];
}

const matmulRule: GradientRule = (node, [dy], needs) => {
  const [a, b] = node.inputs as [Tensor, Tensor];
  const y = node.outputs[0]!;
  if (dy === undefined) return [];
  if (a.shape.length === 1 || b.shape.length === 1) return vectorGradients(a, b, dy, needs);
  if (b.shape.length === 2 && a.shape.length > 2) {
    // One product of matrices instead of a batch of them that is summed afterwards.
    const flatA = reshape(a, [-1, a.shape.at(-1)!]);
    const flatY = reshape(dy, [-1, y.shape.at(-1)!]);
    const [da, db] = productGradients(flatA, b, flatY, [false, false], needs);
    return [da && reshape(da, a.shape), db];
  }
  return productGradients(a, b, dy, [false, false], needs);
};

/** ONNX's MatMul takes vectors too; ours never emits that, imported models do. */
function vectorGradients(a: Tensor, b: Tensor, dy: Tensor, needs: readonly boolean[]) {
  const rows = a.shape.length === 1 ? reshape(a, [1, -1]) : a;
  const columns = b.shape.length === 1 ? reshape(b, [-1, 1]) : b;
  const shape = [...dy.shape];
  if (b.shape.length === 1) shape.push(1);
  if (a.shape.length === 1) shape.splice(shape.length - 1, 0, 1);
  const full = reshape(dy, shape);
  const [da, db] = productGradients(rows, columns, full, [false, false], needs);
  return [da && reshape(da, a.shape), db && reshape(db, b.shape)];
}

const gemmRule: GradientRule = (node, [dy], needs) => {
  const [a, b, c] = node.inputs as [Tensor, Tensor, Tensor | undefined];
  if (dy === undefined) return [];
  const alpha = readFloat(node.attributes, "alpha", 1);
  const beta = readFloat(node.attributes, "beta", 1);
  const transposed = [
    readInt(node.attributes, "transA", 0) === 1,
    readInt(node.attributes, "transB", 0) === 1,
  ] as const;
  const [da, db] = productGradients(a, b, dy, transposed, needs, alpha);
  const dc = c && needs[2] ? sumTo(beta === 1 ? dy : mul(dy, beta), c.shape) : undefined;
  return [da, db, dc];
};

/** Rules for matrix products, by ONNX operation. FusedMatMul is ONNX Runtime's product with transposes. */
export const matrixRules: Readonly<Record<string, GradientRule>> = {
  MatMul: matmulRule,
  Gemm: gemmRule,
  FusedMatMul: gemmRule,
};
