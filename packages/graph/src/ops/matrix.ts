/** Matrix products. */
import { float, int } from "../core/attributes.ts";
import { check, GraphError } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { broadcast, sameShape } from "../core/shape.ts";
import { reshape } from "./layout.ts";
import { checkFloat, emit } from "./operand.ts";

export interface MatmulOptions {
  /** Use the first operand with its last two axes exchanged. */
  readonly transposeA?: boolean;
  /** Use the second operand with its last two axes exchanged. */
  readonly transposeB?: boolean;
  /** Factor of the product; 1 when omitted. */
  readonly alpha?: number;
}

/**
 * Matrix product over the last two axes, leading axes broadcast, as in NumPy. A vector counts as one row on the
 * left and as one column on the right, and its axis is dropped from the result.
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, alpha = 1 } = options;
  checkFloat("matmul", a);
  if (a.shape.length === 1 || b.shape.length === 1) return vectorMatmul(a, b, options);
  const fault = () =>
    `matmul: operands ${describe(a)} and ${describe(b)} do not fit${
      transposeA || transposeB
        ? ` with${transposeA ? " the first" : ""}${transposeA && transposeB ? " and" : ""}${transposeB ? " the second" : ""} transposed`
        : ""
    }.`;
  check(a.shape.length >= 2 && b.shape.length >= 2 && a.dtype === b.dtype, fault);
  const [rows, inner] = lastTwo(a, transposeA);
  const [innerB, columns] = lastTwo(b, transposeB);
  const leading = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (inner !== innerB || leading === undefined) throw new GraphError(fault());
  const shape = [...leading, rows, columns];
  const plain = !transposeA && !transposeB && alpha === 1;
  if (plain) return emit(a.graph, "MatMul", [a, b], shape, a.dtype);
  const attributes = productAttributes(options);
  if (shape.length === 2) return emit(a.graph, "Gemm", [a, b], shape, a.dtype, attributes);
  return emit(a.graph, "FusedMatMul", [a, b], shape, a.dtype, attributes, {
    domain: "com.microsoft",
  });
}

function vectorMatmul(a: Tensor, b: Tensor, options: MatmulOptions): Tensor {
  const row = a.shape.length === 1;
  const column = b.shape.length === 1;
  const left = row ? reshape(a, [1, a.shape[0]!]) : a;
  const right = column ? reshape(b, [b.shape[0]!, 1]) : b;
  const product = matmul(left, right, {
    transposeA: !row && (options.transposeA ?? false),
    transposeB: !column && (options.transposeB ?? false),
    alpha: options.alpha ?? 1,
  });
  const shape = product.shape.slice(0, -2);
  if (!row) shape.push(product.shape.at(-2)!);
  if (!column) shape.push(product.shape.at(-1)!);
  return reshape(product, shape);
}

function productAttributes({ transposeA = false, transposeB = false, alpha = 1 }: MatmulOptions) {
  return {
    transA: int(transposeA),
    transB: int(transposeB),
    ...(alpha === 1 ? {} : { alpha: float(alpha) }),
  };
}

const lastTwo = (x: Tensor, transposed: boolean): [number, number] => {
  const [rows, columns] = [x.shape.at(-2)!, x.shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
};

/**
 * a * b + c in one operation, for matrices; `c` broadcasts to the product.
 * @param a `[rows, inner]`, or `[inner, rows]` when transposed.
 * @param b `[inner, columns]`, or `[columns, inner]` when transposed.
 */
export function gemm(
  a: Tensor,
  b: Tensor,
  c: Tensor | undefined,
  options: MatmulOptions = {},
): Tensor {
  const { transposeA = false, transposeB = false } = options;
  const fault = () =>
    `gemm: operands ${describe(a)}, ${describe(b)}${c ? ` and ${describe(c)}` : ""} do not fit.`;
  check(a.shape.length === 2 && b.shape.length === 2, fault);
  const [rows, inner] = lastTwo(a, transposeA);
  const [innerB, columns] = lastTwo(b, transposeB);
  const shape = [rows, columns];
  const full = c === undefined ? shape : broadcast(shape, c.shape);
  check(inner === innerB && full !== undefined && sameShape(full, shape), fault);
  const attributes = productAttributes(options);
  return emit(a.graph, "Gemm", c === undefined ? [a, b] : [a, b, c], shape, a.dtype, attributes);
}

/**
 * x * weight + bias over the last axis.
 * @param x `[..., inputs]`
 * @param weight `[inputs, outputs]`, or PyTorch's `[outputs, inputs]` when `transposeB`.
 * @param bias `[outputs]`
 */
export function affine(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  options: { readonly transposeB?: boolean } = {},
): Tensor {
  const { transposeB = false } = options;
  const [inputs, outputs] = lastTwo(weight, transposeB);
  check(
    x.shape.length >= 1 && x.shape.at(-1) === inputs && weight.shape.length === 2,
    () => `affine: the last axis of ${describe(x)} does not fit weight ${describe(weight)}.`,
  );
  const flat = reshape(x, [-1, inputs]);
  return reshape(gemm(flat, weight, bias, { transposeB }), [...x.shape.slice(0, -1), outputs]);
}
