/**
 * A transformer over the pixels of a picture, each of which sees all others. Vaswani et al. 2017; pre-norm blocks:
 * Xiong et al. 2020; pixels as tokens after a convolution: Dosovitskiy et al. 2021 (arXiv 2010.11929), hybrid form.
 */
import {
  add,
  constantInit,
  type Graph,
  layerNorm,
  reshape,
  type Tensor,
  transformerBlock,
  transformerWeights,
  transpose,
} from "@mesascope/graph";
import { z } from "zod";
import type { Network } from "./network.ts";
import { kernel, near, pictures, readOut } from "./picture.ts";

const parameters = z
  .strictObject({
    width: z.number().int().min(4).max(4096).default(64).describe("Width of the residual stream."),
    layers: z.number().int().min(1).max(32).default(4).describe("Number of blocks."),
    heads: z.number().int().min(1).max(64).default(4).describe("Attention heads of a block."),
  })
  .refine(({ width, heads }) => width % heads === 0 && width % 4 === 0, {
    path: ["width"],
    error: "the width must be a multiple of 4 and of the number of heads",
  });

type CellTransformerParameters = z.infer<typeof parameters>;

const blockName = (layer: number): string => `block.${layer}`;

/** Tensors of a block that `transformerBlock` names; all are `[steps * batch, ...]`. */
const blockHooks = ["pattern", "mixed", "attention", "inner", "mlp"] as const;

/** The stream after a block as a picture `[steps * batch, width, height, width]`. */
const pictureName = (layer: number): string => `picture.${layer}`;

/**
 * Where each pixel is: sines and cosines of its row, then of its column, with wavelengths of 2 pi up to 2 pi times
 * 100 (section 3.5 of Vaswani et al., for each axis). Fixed, so that there are values for pictures of every size.
 */
function positions(graph: Graph, height: number, across: number, width: number): Tensor {
  const data = new Float32Array(height * across * width);
  const waves = width / 4;
  for (let pixel = 0; pixel < height * across; pixel++)
    [Math.floor(pixel / across), pixel % across].forEach((place, axis) => {
      for (let wave = 0; wave < waves; wave++) {
        const angle = place * 100 ** (-wave / waves);
        const at = pixel * width + 2 * axis * waves + wave;
        data[at] = Math.sin(angle);
        data[at + waves] = Math.cos(angle);
      }
    });
  return graph.constant(data, [1, height * across, width]);
}

export const cellTransformer: Network<CellTransformerParameters> = {
  id: "cell-transformer",
  kind: "network",
  sees: "pictures",
  title: "transformer over pixels",
  description:
    "A transformer (Vaswani et al. 2017) whose tokens are the pixels of a picture, each seeing all others: far places meet in one layer, and it has as many steps as layers.",
  parameters,
  carry: () => ({}),
  hooks: ({ layers }) => [
    "tokens",
    ...Array.from({ length: layers }, (_, i) => [
      ...blockHooks.map((hook) => `${blockName(i + 1)}.${hook}`),
      pictureName(i + 1),
    ]).flat(),
    "logits",
  ],
  build(graph, { observations }, io, { width, layers, heads }, uniform) {
    const [steps, batch] = observations.shape as [number, number, number];
    const x = pictures(observations, io, "cell-transformer");
    const [rows, channels, height, across] = x.shape as [number, number, number, number];
    const shown = near(x, kernel(graph, "embedding", channels, width, uniform));
    const tokensOf = (picture: Tensor) =>
      transpose(reshape(picture, [rows, width, height * across]), [0, 2, 1]);
    const pictureOf = (tokens: Tensor) =>
      reshape(transpose(tokens, [0, 2, 1]), [rows, width, height, across]);
    let stream = add(tokensOf(shown), positions(graph, height, across, width)).as("tokens");
    for (let layer = 1; layer <= layers; layer++) {
      const name = blockName(layer);
      const weights = transformerWeights(graph, { width, name, random: uniform });
      const after = pictureOf(transformerBlock(stream, weights, { heads, name }));
      stream = tokensOf(after.as(pictureName(layer)));
    }
    const scale = graph.parameter("norm.scale", [width], constantInit(1));
    const shift = graph.parameter("norm.shift", [width]);
    const state = pictureOf(layerNorm(stream, scale, shift));
    const read = readOut(graph, x, [steps, batch], io, width, uniform, () => {
      const head = kernel(graph, "head", width, 1, uniform);
      return (y) => near(y, head);
    });
    return { logits: read.logits(state).as("logits"), value: read.value(state), carry: {} };
  },
};
