/** Attention (Vaswani et al. 2017) and the pre-norm transformer block built on it. */
import { check } from "../core/errors.ts";
import { describe, type Graph, type Tensor } from "../core/graph.ts";
import { add, gelu } from "../ops/elementwise.ts";
import { reshape, split, transpose } from "../ops/layout.ts";
import { affine, matmul } from "../ops/matrix.ts";
import { softmax } from "../ops/reduce.ts";
import { constantInit, fanInInit, namedSource, type Uniform, zerosInit } from "./init.ts";
import { normedAffine } from "./normed_affine.ts";

export interface AttentionOptions {
  readonly heads: number;
  /** Each position sees itself and those before it only. False when omitted. */
  readonly causal?: boolean;
  /** Added to the scores, broadcast to `[batch, heads, steps, steps]`; -Infinity hides. */
  readonly mask?: Tensor;
  /** Names the attention weights `<name>.pattern` and the heads' results `<name>.mixed`. */
  readonly name?: string;
}

/**
 * Attention of several heads: softmax(q k^T / sqrt(d)) v for each.
 * @param q `[batch, steps, width]`, as are k and v (whose steps may differ from q's).
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions): Tensor {
  const { heads, causal = false, mask, name } = options;
  const [batch, steps, width] = q.shape as [number, number, number];
  check(
    q.shape.length === 3 &&
      width % heads === 0 &&
      k.shape[2] === width &&
      k.shape[1] === v.shape[1],
    () =>
      `attention: operands ${describe(q)}, ${describe(k)} and ${describe(v)} do not fit ${heads} heads.`,
  );
  const size = width / heads;
  const cut = (x: Tensor, perm: readonly number[]) =>
    transpose(reshape(x, [batch, x.shape[1]!, heads, size]), perm);
  const alpha = 1 / Math.sqrt(size);
  let scores = matmul(cut(q, [0, 2, 1, 3]), cut(k, [0, 2, 3, 1]), { alpha });
  if (causal) scores = add(scores, causalMask(q.graph, steps, k.shape[1]!));
  if (mask !== undefined) scores = add(scores, mask);
  const pattern = softmax(scores);
  if (name !== undefined) pattern.as(`${name}.pattern`);
  const mixed = transpose(matmul(pattern, cut(v, [0, 2, 1, 3])), [0, 2, 1, 3]);
  if (name !== undefined) mixed.as(`${name}.mixed`);
  return reshape(mixed, [batch, steps, width]);
}

/** -Infinity where key j lies after query i, counted from the ends, `[queries, keys]`. */
function causalMask(g: Graph, queries: number, keys: number): Tensor {
  const data = new Float32Array(queries * keys);
  for (let i = 0; i < queries; i++) {
    data.fill(Number.NEGATIVE_INFINITY, i * keys + i + 1 + keys - queries, (i + 1) * keys);
  }
  return g.constant(data, [queries, keys]);
}

/** Parameters of a block of width `D` whose inner layer has `M` units; weights are `[in, out]`. */
export interface TransformerWeights {
  readonly l1w: Tensor;
  readonly l1b: Tensor;
  /** `[D, 3 D]`: queries, keys, values. */
  readonly wqkv: Tensor;
  readonly bqkv: Tensor;
  /** `[D, D]` */
  readonly wo: Tensor;
  readonly bo: Tensor;
  readonly l2w: Tensor;
  readonly l2b: Tensor;
  /** `[D, M]` */
  readonly w1: Tensor;
  readonly b1: Tensor;
  /** `[M, D]` */
  readonly w2: Tensor;
  readonly b2: Tensor;
}

export interface TransformerOptions {
  readonly width: number;
  /** Units of the inner layer; 4 * width when omitted. */
  readonly inner?: number;
  /** Parameters are `<name>.wqkv` and so on; "block" when omitted. */
  readonly name?: string;
  readonly random?: Uniform;
}

/** Declares the parameters of a block: PyTorch's default for matrices, zero biases, unit scales. */
export function transformerWeights(g: Graph, options: TransformerOptions): TransformerWeights {
  const { width, inner = 4 * width, name = "block", random } = options;
  const matrix = (part: string, inputs: number, outputs: number) => {
    const full = `${name}.${part}`;
    return g.parameter(full, [inputs, outputs], fanInInit(random ?? namedSource(full), inputs));
  };
  const vector = (part: string, length: number, value = 0) =>
    g.parameter(`${name}.${part}`, [length], value === 0 ? zerosInit : constantInit(value));
  return {
    l1w: vector("l1w", width, 1),
    l1b: vector("l1b", width),
    wqkv: matrix("wqkv", width, 3 * width),
    bqkv: vector("bqkv", 3 * width),
    wo: matrix("wo", width, width),
    bo: vector("bo", width),
    l2w: vector("l2w", width, 1),
    l2b: vector("l2b", width),
    w1: matrix("w1", width, inner),
    b1: vector("b1", inner),
    w2: matrix("w2", inner, width),
    b2: vector("b2", width),
  };
}

/**
 * x + attention(norm(x)), then that + mlp(norm(that)), with exact GELU (pre-norm: Xiong et al. 2020).
 * @param x `[batch, steps, D]`; the result has its shape.
 */
export function transformerBlock(
  x: Tensor,
  weights: TransformerWeights,
  options: AttentionOptions & { readonly epsilon?: number },
): Tensor {
  const { epsilon = 1e-5, name } = options;
  const w = weights;
  const [q, k, v] = split(normedAffine(x, w.l1w, w.l1b, w.wqkv, w.bqkv, epsilon), 3, 2) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const attended = affine(attention(q, k, v, options), w.wo, w.bo);
  const middle = add(x, attended);
  const inner = gelu(normedAffine(middle, w.l2w, w.l2b, w.w1, w.b1, epsilon));
  const fed = affine(inner, w.w2, w.b2);
  if (name !== undefined) {
    attended.as(`${name}.attention`);
    inner.as(`${name}.inner`);
    fed.as(`${name}.mlp`);
  }
  return add(middle, fed);
}
