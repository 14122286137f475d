/** The recurrent convolution with weights of its own at every tick: what sharing them across ticks is compared with. */
import { z } from "zod";
import type { Network } from "./network.ts";
import { recurrentConvFields, thinkingStates } from "./recurrent-conv.ts";
import { readTicks, tickHooks } from "./thinking.ts";

const parameters = z.strictObject(recurrentConvFields);

/** It has no `ticks` that could be varied: there are weights for those of training, and no others. */
export const unsharedConv: Network<z.infer<typeof parameters>> = {
  id: "unshared-conv",
  kind: "network",
  sees: "pictures",
  title: "recurrent convolution with weights for every tick",
  description:
    "The recurrent convolution with recall (Bansal et al. 2022) with a block of its own for each tick: the same layers, shown the picture as often, of which each learns only its own step.",
  parameters,
  carry: () => ({}),
  hooks: tickHooks,
  build(graph, inputs, io, given, uniform) {
    const { states, read } = thinkingStates(
      graph,
      inputs,
      io,
      given,
      uniform,
      "unshared-conv",
      false,
    );
    return readTicks(states, read);
  },
};
