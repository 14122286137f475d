/** Causal transformer over the steps of an example or an episode. Vaswani et al. 2017; pre-norm blocks: Xiong et al. 2020. */
import {
  add,
  concat,
  fanInInit,
  type Graph,
  layerNorm,
  linear,
  mul,
  normalInit,
  reshape,
  slice,
  stack,
  sub,
  sum,
  type Tensor,
  transformerBlock,
  transformerWeights,
  transpose,
  unsqueeze,
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

/** What has been shown until now. */
interface History {
  /** `[horizon, batch, features]` */
  readonly tokens: Tensor;
  /** Of values `[batch, horizon, width]`, those of the present steps, `[steps, batch, width]`. */
  readonly present: (values: Tensor) => Tensor;
  readonly carry: Readonly<Record<"seen" | "past", Tensor>>;
}

/** All steps at once: nothing was shown before them. */
function whole(observations: Tensor): History {
  const [steps, batch] = observations.shape as [number, number, number];
  return {
    tokens: observations,
    present: (values) => transpose(values, [1, 0, 2]),
    carry: {
      seen: transpose(observations, [1, 0, 2]),
      past: observations.graph.constant(1, [batch, steps]),
    },
  };
}

/**
 * The steps in their places after those that were `seen`, `[batch, horizon, features]`; `past` `[batch, horizon]` is 1
 * at places that are taken. What lies ahead is zero, and causal attention does not look there.
 */
function extended(observations: Tensor, carry: Readonly<Record<string, Tensor>>): History {
  const [steps, batch, features] = observations.shape as [number, number, number];
  const places: Tensor[] = [];
  let seen = carry["seen"]!;
  let past = carry["past"]!;
  const first = observations.graph.constant(1, [batch, 1]);
  for (let t = 0; t < steps; t++) {
    const shown = reshape(slice(observations, [t], [t + 1], [0]), [batch, 1, features]);
    // One place further than the last one taken.
    const reached = concat([first, slice(past, [0], [past.shape[1]! - 1], [1])], 1);
    const place = unsqueeze(sub(reached, past), 2);
    seen = add(seen, mul(place, shown));
    past = reached;
    places.push(place);
  }
  return {
    tokens: transpose(seen, [1, 0, 2]),
    present: (values) =>
      stack(
        places.map((place) => sum(mul(values, place), { axes: [1] })),
        0,
      ),
    carry: { seen, past },
  };
}

export const transformer: Network<TransformerParameters> = {
  id: "transformer",
  kind: "network",
  title: "transformer",
  description:
    "A causal transformer (Vaswani et al. 2017) that sees all steps of an example or an episode so far: each layer can compare any step with those before it, so it can carry out a few steps of an algorithm over what was shown.",
  parameters,
  carry: ({ horizon, observationSize }) => ({ seen: [horizon, observationSize], past: [horizon] }),
  hooks: ({ layers }) => [
    "tokens",
    ...Array.from({ length: layers }, (_, layer) =>
      blockHooks.map((hook) => `${blockName(layer)}.${hook}`),
    ).flat(),
    "logits",
    "value",
  ],
  build(graph, { observations, carry }, io, { width, layers, heads }, uniform) {
    const [steps, batch] = observations.shape as [number, number, number];
    const history = steps === io.horizon ? whole(observations) : extended(observations, carry);
    let stream = embed(graph, history.tokens, width, uniform).as("tokens");
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
    const present = history.present(layerNorm(stream, scale, shift));
    const flat = reshape(present, [steps * batch, width]);
    return {
      ...outputHeads(graph, flat, [steps, batch], io.outputs, uniform),
      carry: history.carry,
    };
  },
};
