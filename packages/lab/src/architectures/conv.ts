/**
 * A plain convolutional network with as many layers as a recurrent one has in all its ticks, each with weights of
 * its own: the feed-forward twin of Schwarzschild et al. 2021 (arXiv 2106.04537).
 */
import { add, relu } from "@mesascope/graph";
import { z } from "zod";
import type { Network } from "./network.ts";
import { kernel, near, pictures, readOut } from "./picture.ts";

const parameters = z.strictObject({
  width: z.number().int().min(1).max(1024).default(32).describe("Channels of each layer."),
  blocks: z
    .number()
    .int()
    .min(1)
    .max(256)
    .default(12)
    .describe("Residual blocks of three layers: a block costs what a tick of recurrent-conv does."),
});

/** Blocks are counted from 1, as ticks are. */
const blockName = (block: number): string => `block.${block}`;

export const conv: Network<z.infer<typeof parameters>> = {
  id: "conv",
  kind: "network",
  sees: "pictures",
  title: "plain convolutional network",
  description:
    "A residual convolutional network whose blocks have weights of their own (Schwarzschild et al. 2021): as many layers as the recurrent one has ticks, but each can only do its own step.",
  parameters,
  carry: () => ({}),
  hooks: ({ blocks }) => [
    "stem",
    ...Array.from({ length: blocks }, (_, i) => blockName(i + 1)),
    "logits",
  ],
  build(graph, { observations }, io, { width, blocks }, uniform) {
    const [steps, batch] = observations.shape as [number, number, number];
    const x = pictures(observations, io, "conv");
    const layer = (name: string, inputs = width) => kernel(graph, name, inputs, width, uniform);
    let state = relu(near(x, layer("stem.p", x.shape[1]!))).as("stem");
    for (let block = 1; block <= blocks; block++) {
      const name = blockName(block);
      const z = near(state, layer(`${name}.r`));
      const inner = relu(near(z, layer(`${name}.a`)));
      state = relu(add(near(inner, layer(`${name}.b`)), z)).as(name);
    }
    const read = readOut(graph, x, [steps, batch], io, width, uniform, () => {
      const head = kernel(graph, "head", width, 1, uniform);
      return (y) => near(y, head);
    });
    return { logits: read.logits(state).as("logits"), value: read.value(state), carry: {} };
  },
};
