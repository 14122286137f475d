/** Recurrent convolution with recall, the "deep thinking" network of Bansal et al. 2022 (arXiv 2202.05826). */
import {
  type Graph,
  recurrentConvBlock,
  recurrentConvHead,
  recurrentConvStart,
  recurrentConvTick,
  recurrentConvWeights,
  type Tensor,
} from "@mesascope/graph";
import { z } from "zod";
import type { NetworkInputs, TaskInterface } from "../core/index.ts";
import type { Network } from "./network.ts";
import { pictures, type ReadOut, readOut } from "./picture.ts";
import { iterate, readTicks, tickField, tickHooks } from "./thinking.ts";

export const recurrentConvFields = {
  width: z.number().int().min(1).max(1024).default(32).describe("Channels of the state."),
  ticks: tickField(12),
};

const parameters = z.strictObject(recurrentConvFields);

type RecurrentConvParameters = z.infer<typeof parameters>;

/**
 * The states `[steps * batch, width, height, width]` before the first tick and after each, and their read-out.
 * @param shared whether one block serves all ticks; otherwise each after the first has one of its own.
 */
export function thinkingStates(
  graph: Graph,
  { observations, betweenTicks }: NetworkInputs<Tensor>,
  io: TaskInterface,
  { width, ticks }: RecurrentConvParameters,
  uniform: () => number,
  architecture: string,
  shared = true,
): { readonly states: readonly Tensor[]; readonly read: ReadOut } {
  const x = pictures(observations, io, architecture);
  const [steps, batch] = observations.shape as [number, number, number];
  const size = { inputs: x.shape[1]!, width, random: uniform };
  const weights = recurrentConvWeights(graph, { ...size, outputs: 1 });
  const later = Array.from({ length: shared ? 0 : ticks - 1 }, (_, i) =>
    recurrentConvBlock(graph, { ...size, name: `conv.${i + 2}` }),
  );
  const read = readOut(
    graph,
    x,
    [steps, batch],
    io,
    width,
    uniform,
    () => (state) => recurrentConvHead(state, weights),
  );
  const blocks = [weights, ...later].map((block) => recurrentConvTick(x, block));
  const step = (state: Tensor, tick: number) => blocks[shared ? 0 : tick]!(state);
  return { states: iterate(recurrentConvStart(x, weights), ticks, step, betweenTicks), read };
}

export const recurrentConv: Network<RecurrentConvParameters> = {
  id: "recurrent-conv",
  kind: "network",
  sees: "pictures",
  title: "recurrent convolution with recall",
  description:
    "One convolutional block applied tick after tick to a state that is shown the picture again each time (Bansal et al. 2022): it can carry out a local algorithm for as many ticks as it is given.",
  parameters,
  carry: () => ({}),
  hooks: tickHooks,
  ticks: ({ ticks }) => ticks,
  withTicks: (given, ticks) => ({ ...given, ticks }),
  build(graph, inputs, io, given, uniform) {
    const { states, read } = thinkingStates(graph, inputs, io, given, uniform, "recurrent-conv");
    return readTicks(states, read);
  },
};
