/**
 * Deep repeated convolutional LSTM (DRC): Guez et al. 2019 (arXiv 1901.03559), section 2, with ConvLSTM cells of
 * Shi et al. 2015 (arXiv 1506.04214) without peepholes.
 */
import {
  add,
  affine,
  concat,
  fanInInit,
  type Graph,
  max,
  mean,
  mul,
  relu,
  reshape,
  sigmoid,
  slice,
  split,
  type Tensor,
  tanh,
} from "@mesascope/graph";
import { z } from "zod";
import type { Network } from "./network.ts";
import { kernel, near, pictureSize, pictures, readOut } from "./picture.ts";
import { logitNames, stateNames, tickField, tickHooks } from "./thinking.ts";

const parameters = z.strictObject({
  width: z.number().int().min(1).max(1024).default(32).describe("Channels of each layer."),
  layers: z.number().int().min(1).max(8).default(1).describe("Stacked cells, D in the paper."),
  ticks: tickField(3),
});

type ConvLstmParameters = z.infer<typeof parameters>;

/** A cell's convolution from what it is shown and its output to the gates i, f, g, o, with pool-and-inject. */
function cellOf(graph: Graph, name: string, shown: number, width: number, uniform: () => number) {
  const gates = kernel(graph, `${name}.gates`, shown + 2 * width, 4 * width, uniform, 0.5);
  // The forget gate starts open, so that a state is kept at first.
  const bias = graph.parameter(`${name}.bias`, [1, 4 * width, 1, 1], (count) =>
    Float32Array.from({ length: count }, (_, i) => (Math.floor(i / width) === 1 ? 1 : 0)),
  );
  const inject = graph.parameter(
    `${name}.inject`,
    [2 * width, width],
    fanInInit(uniform, 2 * width),
  );
  return (inputs: readonly Tensor[], h: Tensor, c: Tensor) => {
    const [rows, , height, across] = h.shape as [number, number, number, number];
    const pooled = affine(
      concat([mean(h, { axes: [2, 3] }), max(h, { axes: [2, 3] })], 1),
      inject,
      undefined,
    );
    const everywhere = mul(
      reshape(pooled, [rows, width, 1, 1]),
      graph.constant(1, [1, 1, height, across]),
    );
    const all = add(near(concat([...inputs, h, everywhere], 1), gates), bias);
    const [i, f, g, o] = split(all, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
    const next = add(mul(sigmoid(f), c), mul(sigmoid(i), tanh(g)));
    return { h: mul(sigmoid(o), tanh(next)), c: next };
  };
}

/** The tick of the whole stack: state `[batch, 2 * layers * width, ...]` holds each cell's h, then each cell's c. */
function stackOf(graph: Graph, { width, layers }: ConvLstmParameters, uniform: () => number) {
  // Each cell is shown the encoded picture, the cell below, and (the lowest) the top one of the tick before.
  const cells = Array.from({ length: layers }, (_, d) =>
    cellOf(graph, `cell.${d}`, 2 * width, width, uniform),
  );
  return (encoded: Tensor, state: Tensor): Tensor => {
    const parts = split(state, 2 * layers, 1);
    const h = parts.slice(0, layers);
    const c = parts.slice(layers);
    cells.forEach((cell, d) => {
      const below = d === 0 ? h[layers - 1]! : h[d - 1]!;
      const next = cell([encoded, below], h[d]!, c[d]!);
      h[d] = next.h;
      c[d] = next.c;
    });
    return concat([...h, ...c], 1);
  };
}

/** One tensor of all steps: a single step's own, so that patching it changes what follows. */
const joined = (steps: readonly Tensor[]): Tensor =>
  steps.length === 1 ? steps[0]! : concat(steps, 0);

export const convLstm: Network<ConvLstmParameters> = {
  id: "conv-lstm",
  kind: "network",
  sees: "pictures",
  title: "convolutional LSTM, repeated (DRC)",
  description:
    "Stacked convolutional LSTMs that tick several times at each step and keep their state between steps (Guez et al. 2019): it can plan within a step and carry the plan along.",
  parameters,
  carry(io, { width, layers }) {
    const { height, width: across } = pictureSize(io, "conv-lstm");
    return { state: [2 * layers * width, height, across] };
  },
  hooks: tickHooks,
  ticks: ({ ticks }) => ticks,
  withTicks: (given, ticks) => ({ ...given, ticks }),
  build(graph, { observations, carry, betweenTicks }, io, given, uniform) {
    const { width, layers, ticks } = given;
    const [steps, batch] = observations.shape as [number, number, number];
    const x = pictures(observations, io, "conv-lstm");
    const encoder = kernel(graph, "encoder", x.shape[1]!, width, uniform);
    const encoded = relu(near(x, encoder));
    const tick = stackOf(graph, given, uniform);
    const states: Tensor[][] = Array.from({ length: ticks + 1 }, () => []);
    let state = carry["state"]!;
    for (let step = 0; step < steps; step++) {
      const shown = steps === 1 ? encoded : slice(encoded, [step * batch], [(step + 1) * batch]);
      states[0]!.push(steps === 1 ? state.as("state.0") : state);
      state = states[0]![step]!;
      for (let t = 0; t < ticks; t++) {
        const next = tick(shown, betweenTicks?.(state, t) ?? state);
        state = steps === 1 ? next.as(`state.${t + 1}`) : next;
        states[t + 1]!.push(state);
      }
    }
    const whole = states.map(joined);
    stateNames(ticks).forEach((name, t) => {
      if (steps > 1) whole[t]!.as(name);
    });
    const out = readOut(graph, x, [steps, batch], io, 2 * width, uniform, () => {
      const head = kernel(graph, "head", 2 * width, 1, uniform);
      return (y) => near(y, head);
    });
    // The top cell's output beside the encoded picture.
    const top = (all: Tensor) =>
      concat([slice(all, [(layers - 1) * width], [layers * width], [1]), encoded], 1);
    const outputs = logitNames(ticks).map((name, t) => out.logits(top(whole[t + 1]!)).as(name));
    return {
      logits: outputs.at(-1)!,
      ticks: outputs,
      value: out.value(top(whole.at(-1)!)),
      carry: { state },
    };
  },
};
