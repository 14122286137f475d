/**
 * One recurrent unit with more or less memory: what it keeps is chosen, its parameters are the same. The conditions of
 * statefulness in Hubinger et al. 2019 (arXiv 1906.01820), section 2.4, as one architecture.
 */
import {
  concat,
  type Graph,
  gruWeights,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
  gru as unrolled,
  unsqueeze,
  zeros,
} from "@mesascope/graph";
import { z } from "zod";
import type { TaskInterface } from "../core/index.ts";
import { heads, type Network } from "./network.ts";
import { tickField } from "./thinking.ts";

const parameters = z.strictObject({
  width: z.number().int().min(1).max(4096).default(64).describe("Units of state."),
  memory: z
    .enum(["lifetime", "episode", "step"])
    .default("lifetime")
    .describe("The longest stretch over which the state is kept; at its end all is forgotten."),
  ticks: tickField(1),
});

type MemoryGruParameters = z.infer<typeof parameters>;

/** 1 at the first step of an episode, `[steps, batch, 1]`; nowhere where a run of steps is one episode. */
function starts(graph: Graph, observations: Tensor, io: TaskInterface): Tensor {
  const field = io.observation.find(({ role }) => role === "start");
  const [steps, batch] = observations.shape as [number, number, number];
  return field
    ? slice(observations, [field.offset], [field.offset + 1], [2])
    : zeros(graph, [steps, batch, 1]);
}

/** The observations with nothing of the episode before: where one starts, last action and feedback are zero. */
function withinEpisode(observations: Tensor, io: TaskInterface, start: Tensor): Tensor {
  const going = sub(1, start);
  const fields = io.observation.map(({ offset, size, role }) => {
    const field = slice(observations, [offset], [offset + size], [2]);
    return role === "action" || role === "feedback" ? mul(field, going) : field;
  });
  return concat(fields, 2);
}

/** Every step of `x` `[steps, ...]` so many times in a row. */
function repeated(x: Tensor, times: number): Tensor {
  if (times === 1) return x;
  const [steps, ...rest] = x.shape;
  const copies = Array.from({ length: times }, () => unsqueeze(x, 1));
  return reshape(concat(copies, 1), [steps! * times, ...rest]);
}

export const memoryGru: Network<MemoryGruParameters> = {
  id: "memory-gru",
  kind: "network",
  only: "episodic",
  title: "recurrent network (GRU) with limited memory",
  description:
    "A gated recurrent unit whose state is kept for the lifetime, until the episode ends, or within a step only, where it is iterated on the same observation; all have the same parameters.",
  parameters,
  carry: (_io, { width }) => ({ state: [width] }),
  hooks: () => ["states", "logits", "value"],
  ticks: ({ ticks }) => ticks,
  withTicks: (given, ticks) => ({ ...given, ticks }),
  build(graph, { observations, carry }, io, { width, memory, ticks }, uniform) {
    const [steps, batch, features] = observations.shape as [number, number, number];
    const start = starts(graph, observations, io);
    const seen = memory === "lifetime" ? observations : withinEpisode(observations, io, start);
    const weights = gruWeights(graph, { inputs: features, width, random: uniform });
    // The share of the state that is left at each step's first tick; the ticks after it keep all.
    const left = memory === "step" ? zeros(graph, [steps, batch, 1]) : sub(1, start);
    const later = Array.from({ length: ticks - 1 }, () => sub(1, zeros(graph, [steps, batch, 1])));
    const keep = reshape(
      concat(
        [left, ...later].map((each) => unsqueeze(each, 1)),
        1,
      ),
      [steps * ticks, batch],
    );
    const { output, last } = unrolled(
      repeated(seen, ticks),
      carry["state"]!,
      weights,
      memory === "lifetime" ? {} : { keep },
    );
    const settled = slice(reshape(output, [steps, ticks, batch, width]), [ticks - 1], [ticks], [1]);
    const flat = reshape(settled, [steps * batch, width]).as("states");
    return { ...heads(graph, flat, [steps, batch], io.outputs, uniform), carry: { state: last } };
  },
};
