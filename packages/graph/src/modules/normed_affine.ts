/** Layer normalization followed by a linear layer, as one operation with a gradient of few passes. */

import { producer, type Tensor } from "../core/graph.ts";
import { customGradient } from "../ops/custom.ts";
import { add, mul, sub } from "../ops/elementwise.ts";
import { reshape } from "../ops/layout.ts";
import { gemm } from "../ops/matrix.ts";
import { layerNorm, mean, sum } from "../ops/reduce.ts";

/**
 * layerNorm(x, scale, bias) * weight + offset over the last axis. With h the normalized x this is
 * h (scale weight) + (bias weight + offset), so that scale and bias act on the small matrix. As each row of h has mean
 * zero, the columns of that matrix may be centred; the gradient that then arrives at h has mean zero by itself.
 * @param x `[..., inputs]`
 * @param scale `[inputs]`, as is bias.
 * @param weight `[inputs, outputs]`
 * @param offset `[outputs]`
 */
export function normedAffine(
  x: Tensor,
  scale: Tensor,
  bias: Tensor,
  weight: Tensor,
  offset: Tensor,
  epsilon = 1e-5,
): Tensor {
  const [inputs, outputs] = weight.shape as [number, number];
  const rows = reshape(x, [-1, inputs]);
  const [one, zero] = [1, 0].map((value) => x.graph.constant(value, [inputs], x.dtype));
  const normed = layerNorm(rows, one!, zero!, epsilon);
  // The operation's third output: what the centred rows were multiplied by, [rows, 1].
  const inverse = producer(normed)!.outputs[2]!;
  const scaled = mul(reshape(scale, [inputs, 1]), weight);
  const matrix = sub(scaled, mean(scaled, { axes: [0], keepDims: true }));
  const shift = add(
    reshape(gemm(reshape(bias, [1, inputs]), weight, undefined), [outputs]),
    offset,
  );
  const product = gemm(normed, matrix, shift);
  const result = customGradient(product, [rows, matrix, shift], (dy, [needsInput]) => {
    const toInput = () => {
      const dh = gemm(dy, matrix, undefined, { transposeB: true });
      const along = mean(mul(dh, normed), { axes: [1], keepDims: true });
      return mul(inverse, sub(dh, mul(normed, along)));
    };
    return [
      needsInput ? toInput() : undefined,
      gemm(normed, dy, undefined, { transposeA: true }),
      sum(dy, { axes: [0] }),
    ];
  });
  return reshape(result, [...x.shape.slice(0, -1), outputs]);
}
