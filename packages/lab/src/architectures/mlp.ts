/** Feed-forward networks: what the policy can depend on is what one observation shows. */
import { reshape, type Tensor, tanh } from "@mesascope/graph";
import { z } from "zod";
import type { ObservationField } from "../core/index.ts";
import { dense, heads, type Network, view } from "./network.ts";

const parameters = z.strictObject({
  width: z.number().int().min(1).max(4096).default(64).describe("Units in each hidden layer."),
  layers: z.number().int().min(1).max(16).default(2).describe("Number of hidden layers."),
});

type MlpParameters = z.infer<typeof parameters>;

function feedForward(
  id: string,
  title: string,
  description: string,
  sees: (field: ObservationField) => boolean,
): Network<MlpParameters> {
  return {
    id,
    kind: "network",
    title,
    description,
    parameters,
    carry: () => ({}),
    hooks: ({ layers }) => [
      ...Array.from({ length: layers }, (_, i) => `hidden.${i}`),
      "logits",
      "value",
    ],
    build(graph, { observations }, io, { width, layers }, uniform) {
      const [steps, batch] = observations.shape as [number, number, number];
      const seen = view(observations, io, sees);
      let features: Tensor = reshape(seen, [steps * batch, seen.shape[2]!]);
      for (let i = 0; i < layers; i++)
        features = tanh(dense(graph, `hidden.${i}`, features, width, uniform)).as(`hidden.${i}`);
      return { ...heads(graph, features, [steps, batch], io.outputs, uniform), carry: {} };
    },
  };
}

/** Sees the instance and where it stands, nothing that an episode revealed: its one way to do well is to have been tuned. */
export const mlp = feedForward(
  "mlp",
  "feed-forward network without feedback",
  "A multilayer perceptron that sees what names the instance and the state but nothing that the episode revealed, so it can only hold what training tuned in.",
  ({ role }) => role === "instance" || role === "state",
);

/** Sees the last action and reward too: a reactive rule with memory through the environment. */
export const mlpFeedback = feedForward(
  "mlp-feedback",
  "feed-forward network with feedback",
  "A multilayer perceptron that sees the instance, its own last action and the last reward, and keeps nothing itself: its memory is the environment.",
  () => true,
);
