/** A recurrent network that has weights of its own for every step: the opposite of sharing them across steps. */
import {
  addAll,
  concat,
  type GruWeights,
  gruCell,
  gruWeights,
  mul,
  reshape,
  slice,
  stack,
  sub,
  type Tensor,
} from "@mesascope/graph";
import { z } from "zod";
import { heads, type Network } from "./network.ts";

const parameters = z.strictObject({
  width: z.number().int().min(1).max(4096).default(64).describe("Units of state."),
});

/** The state after the step that `place` `[batch, steps]` marks: all steps' cells are run and one is kept. */
function chosen(x: Tensor, state: Tensor, weights: readonly GruWeights[], place: Tensor): Tensor {
  const after = weights.map((own, t) =>
    mul(gruCell(x, state, own), slice(place, [t], [t + 1], [1])),
  );
  return addAll(after);
}

export const unsharedGru: Network<z.infer<typeof parameters>> = {
  id: "unshared-gru",
  kind: "network",
  title: "recurrent network (GRU) with weights for every step",
  description:
    "A gated recurrent unit (Cho et al. 2014) that uses other weights at each step: what it learns of one step says nothing of the next.",
  parameters,
  carry: ({ horizon }, { width }) => ({ state: [width], past: [horizon] }),
  hooks: () => ["states", "logits", "value"],
  build(graph, { observations, carry }, io, { width }, uniform) {
    const [steps, batch, features] = observations.shape as [number, number, number];
    const weights = Array.from({ length: io.horizon }, (_, t) =>
      gruWeights(graph, { inputs: features, width, name: `gru.${t}`, random: uniform }),
    );
    const first = graph.constant(1, [batch, 1]);
    let past = carry["past"]!;
    let state = carry["state"]!;
    const states: Tensor[] = [];
    for (let t = 0; t < steps; t++) {
      const x = reshape(slice(observations, [t], [t + 1], [0]), [batch, features]);
      // One place further than the last one taken.
      const reached = concat([first, slice(past, [0], [io.horizon - 1], [1])], 1);
      state =
        steps === io.horizon
          ? gruCell(x, state, weights[t]!)
          : chosen(x, state, weights, sub(reached, past));
      past = reached;
      states.push(state);
    }
    const flat = reshape(stack(states, 0).as("states"), [steps * batch, width]);
    return { ...heads(graph, flat, [steps, batch], io.outputs, uniform), carry: { state, past } };
  },
};
