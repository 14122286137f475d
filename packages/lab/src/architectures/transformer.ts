/** Causal transformer over the steps of an example. Vaswani et al. 2017; pre-norm blocks: Xiong et al. 2020. */
import {
  add,
  fanInInit,
  type Graph,
  layerNorm,
  linear,
  normalInit,
  reshape,
  type Tensor,
  transformerBlock,
  transformerWeights,
  transpose,
} from "@mesascope/graph";
import { z } from "zod";
import { type Network, heads as outputHeads } from "./network.ts";

const parameters = z
  .strictObject({
    width: z.number().int().min(1).max(4096).default(64).describe("Width of the residual stream."),
    layers: z.number().int().min(1).max(32).default(2).describe("Number of blocks."),
    heads: z.number().int().min(1).max(64).default(4).describe("Attention heads of a block."),
  })
  .refine(({ width, heads }) => width % heads === 0, {
    path: ["heads"],
    error: "the width must be a multiple of the number of heads",
  });

type TransformerParameters = z.infer<typeof parameters>;

const blockName = (layer: number): string => `block.${layer}`;

/** Tensors of a block that `transformerBlock` names; all are `[batch, ...]`. */
const blockHooks = ["pattern", "mixed", "attention", "inner", "mlp", "residual"] as const;

/**
 * Steps as tokens: a linear embedding plus a trained vector for each position, `[batch, steps, width]`. Positions start
 * about as large as embeddings of inputs of unit variance: attention to the step before is then learnt sooner than from
 * small ones.
 */
function embed(graph: Graph, observations: Tensor, width: number, uniform: () => number): Tensor {
  const [steps, , features] = observations.shape as [number, number, number];
  const tokens = linear(graph, transpose(observations, [1, 0, 2]), {
    name: "embedding",
    width,
    weightInit: fanInInit(uniform, features),
  });
  return add(tokens, graph.parameter("positions", [steps, width], normalInit(uniform, 0.5)));
}

export const transformer: Network<TransformerParameters> = {
  id: "transformer",
  kind: "network",
  only: "supervised",
  title: "transformer",
  description:
    "A causal transformer (Vaswani et al. 2017) that sees all steps of an example at once: each layer can compare any step with those before it, so it can carry out a few steps of an algorithm over what was shown.",
  parameters,
  carry: () => ({}),
  hooks: ({ layers }) => [
    "tokens",
    ...Array.from({ length: layers }, (_, layer) =>
      blockHooks.map((hook) => `${blockName(layer)}.${hook}`),
    ).flat(),
    "logits",
    "value",
  ],
  build(graph, { observations }, io, { width, layers, heads }, uniform) {
    const [steps, batch] = observations.shape as [number, number, number];
    let stream = embed(graph, observations, width, uniform).as("tokens");
    for (let layer = 0; layer < layers; layer++) {
      const name = blockName(layer);
      const weights = transformerWeights(graph, { width, name, random: uniform });
      stream = transformerBlock(stream, weights, { heads, causal: true, name }).as(
        `${name}.residual`,
      );
    }
    const scale = graph.parameter("norm.scale", [width], (count) =>
      new Float32Array(count).fill(1),
    );
    const shift = graph.parameter("norm.shift", [width], (count) => new Float32Array(count));
    const normed = transpose(layerNorm(stream, scale, shift), [1, 0, 2]);
    const flat = reshape(normed, [steps * batch, width]);
    return { ...outputHeads(graph, flat, [steps, batch], io.outputs, uniform), carry: {} };
  },
};
