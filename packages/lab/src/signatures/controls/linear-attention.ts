/**
 * Gradient descent compiled to the weights of linear self-attention: one layer takes one step. Von Oswald et al. 2023
 * (arXiv 2212.07677), proposition 1 and appendix A.1.
 */
import {
  add,
  concat,
  type Graph,
  matmul,
  mul,
  neg,
  reshape,
  slice,
  sum,
  type Tensor,
  transpose,
  zeros,
} from "@mesascope/graph";
import { InputError, type PredictiveSubject, type SupervisedTask } from "../../core/index.ts";
import { graphSubject } from "./graph-subject.ts";

export interface LinearAttentionOptions {
  /** Layers, each of them one step of gradient descent. */
  readonly steps: number;
  /** Step size of gradient descent on half the sum of squared errors. */
  readonly rate: number;
}

/** Name of the tokens `[chunk, K prompts, K tokens, D + 1]` after a layer. */
const layerName = (layer: number): string => `tokens.${layer}`;

/**
 * A subject that predicts every y of in-context regression from a prompt of its own: tokens (x_j, y_j) for the
 * examples before it, and (x_k, 0). A layer adds P V K'Q with K and Q the part x of a token, V minus its part y and
 * P the rate, where keys and values are the examples', never the query's. A token's y then holds what is left of it
 * after so many steps; at the query, minus the prediction.
 * @throws InputError for a task whose observations are not tokens of x and y in turn.
 */
export function linearAttentionDescent(
  { rules, family }: Pick<SupervisedTask, "rules" | "family">,
  { steps, rate }: LinearAttentionOptions,
): Promise<PredictiveSubject> {
  const [x, y] = rules.observation;
  const examples = (rules.horizon + 1) / 2;
  if (x?.role !== "state" || y?.role !== "feedback" || y.size !== 1 || examples % 1 !== 0)
    throw new InputError(`'${family}' does not show x and y in tokens of their own`);
  const size = x.size + 1;
  const hooks = Array.from({ length: steps + 1 }, (_, layer) => layerName(layer));
  return graphSubject(rules, hooks, (graph, observations) => {
    const masks = masksOf(graph, examples);
    const weights = {
      // Keys and queries: x alone. Values: minus y alone.
      x: diagonal(graph, size, (i) => (i < x.size ? 1 : 0)),
      minusY: diagonal(graph, size, (i) => (i < x.size ? 0 : -1)),
      projection: diagonal(graph, size, () => rate),
    };
    let tokens = promptsOf(graph, observations, examples, masks).as(layerName(0));
    for (let layer = 1; layer <= steps; layer++) {
      const keys = mul(matmul(tokens, weights.x), masks.before);
      const scores = matmul(matmul(tokens, weights.x), transpose(keys, [0, 1, 3, 2]));
      const values = matmul(tokens, weights.minusY);
      const change = matmul(matmul(scores, values), weights.projection);
      tokens = add(tokens, change).as(layerName(layer));
    }
    return readOut(graph, tokens, masks);
  });
}

interface Masks {
  /** `[K, K, 1]`: whether token j of prompt k comes before its query, at it, and either. */
  readonly before: Tensor;
  readonly query: Tensor;
  readonly shown: Tensor;
}

function masksOf(graph: Graph, examples: number): Masks {
  const mask = (holds: (k: number, j: number) => boolean) =>
    graph.constant(
      Float32Array.from({ length: examples * examples }, (_, at) =>
        holds(Math.floor(at / examples), at % examples) ? 1 : 0,
      ),
      [examples, examples, 1],
    );
  return {
    before: mask((k, j) => j < k),
    query: mask((k, j) => j === k),
    shown: mask((k, j) => j <= k),
  };
}

const diagonal = (graph: Graph, size: number, of: (i: number) => number): Tensor =>
  graph.constant(
    Float32Array.from({ length: size * size }, (_, at) =>
      at % (size + 1) === 0 ? of(at / (size + 1)) : 0,
    ),
    [size, size],
  );

/** From tokens of x and y in turn to one prompt for every query, `[chunk, K, K, D + 1]`. */
function promptsOf(
  graph: Graph,
  observations: Tensor,
  examples: number,
  { before, shown }: Masks,
): Tensor {
  const [, batch, size] = observations.shape as [number, number, number];
  const paired = reshape(concat([observations, zeros(graph, [1, batch, size])], 0), [
    examples,
    2,
    batch,
    size,
  ]);
  const part = (token: number, from: number, to: number) => {
    const cut = slice(paired, [token, from], [token + 1, to], [1, 3]);
    return reshape(transpose(cut, [2, 1, 0, 3]), [batch, 1, examples, to - from]);
  };
  return concat([mul(part(0, 0, size - 1), shown), mul(part(1, size - 1, size), before)], 3);
}

/** Minus the y of each prompt's query at the steps that show x, zero at the others: `[steps, chunk, 1]`. */
function readOut(graph: Graph, tokens: Tensor, { query }: Masks): Tensor {
  const [batch, examples, , size] = tokens.shape as [number, number, number, number];
  const y = slice(tokens, [size - 1], [size], [3]);
  const predictions = neg(sum(mul(y, query), { axes: [2, 3] }));
  const spaced = concat(
    [reshape(predictions, [batch, examples, 1]), zeros(graph, [batch, examples, 1])],
    2,
  );
  const steps = 2 * examples - 1;
  const sequence = slice(reshape(spaced, [batch, 2 * examples]), [0], [steps], [1]);
  return reshape(transpose(sequence, [1, 0]), [steps, batch, 1]);
}
