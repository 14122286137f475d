/** Gated recurrent unit: keeps a state across the steps of an episode. Cho et al. 2014 (arXiv 1406.1078). */
import { gruWeights, reshape, gru as unrolled } from "@mesascope/graph";
import { z } from "zod";
import { heads, type Network } from "./network.ts";

const parameters = z.strictObject({
  width: z.number().int().min(1).max(4096).default(64).describe("Units of state."),
});

export const gru: Network<z.infer<typeof parameters>> = {
  id: "gru",
  kind: "network",
  title: "recurrent network (GRU)",
  description:
    "A gated recurrent unit over observations (Cho et al. 2014): it can save and recall within an episode, so it can carry out an algorithm over steps.",
  parameters,
  carry: (_io, { width }) => ({ state: [width] }),
  hooks: () => ["states", "logits", "value"],
  build(graph, { observations, carry }, io, { width }, uniform) {
    const [steps, batch, features] = observations.shape as [number, number, number];
    const weights = gruWeights(graph, { inputs: features, width, random: uniform });
    const { output, last } = unrolled(observations, carry["state"]!, weights);
    const flat = reshape(output.as("states"), [steps * batch, width]);
    return { ...heads(graph, flat, [steps, batch], io.outputs, uniform), carry: { state: last } };
  },
};
