/** Value iteration network: Tamar et al. 2016 (arXiv 1602.02867), section 3. */
import { add, max, relu, reshape, type Tensor, zeros } from "@mesascope/graph";
import { z } from "zod";
import type { Network } from "./network.ts";
import { kernel, near, pictures, readOut } from "./picture.ts";
import { iterate, readTicks, tickField, tickHooks } from "./thinking.ts";

const parameters = z.strictObject({
  width: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(32)
    .describe("Channels of the layers before rewards and after values."),
  maps: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe("Planes of values, computed together: one in the paper."),
  choices: z.number().int().min(1).max(64).default(8).describe("Choices of which the best counts."),
  ticks: tickField(12),
});

type ValueIterationParameters = z.infer<typeof parameters>;

export const valueIteration: Network<ValueIterationParameters> = {
  id: "value-iteration",
  kind: "network",
  sees: "pictures",
  title: "value iteration network",
  description:
    "Learned rewards, then a convolution and a maximum over choices at each tick (Tamar et al. 2016): value iteration is built in, what it is about is learned.",
  parameters,
  carry: () => ({}),
  hooks: tickHooks,
  ticks: ({ ticks }) => ticks,
  withTicks: (given, ticks) => ({ ...given, ticks }),
  build(graph, { observations, betweenTicks }, io, given, uniform) {
    const { width, maps, choices, ticks } = given;
    const [steps, batch] = observations.shape as [number, number, number];
    const x = pictures(observations, io, "value-iteration");
    const [rows, channels, height, across] = x.shape as [number, number, number, number];
    const layer = (name: string, inputs: number, outputs: number, gain = 1) =>
      kernel(graph, name, inputs, outputs, uniform, gain);
    const features = relu(near(x, layer("reward.hidden", channels, width)));
    const reward = near(features, layer("reward.out", width, maps));
    // The reward's share of Q is the same at each tick.
    const fromReward = near(reward, layer("q.reward", maps, maps * choices, 0.5));
    const fromValue = layer("q.value", maps, maps * choices, 0.5);
    const best = (q: Tensor) =>
      max(reshape(q, [rows, maps, choices, height, across]), { axes: [2] });
    const states = iterate(
      zeros(graph, [rows, maps, height, across]),
      ticks,
      (values) => best(add(fromReward, near(values, fromValue))),
      betweenTicks,
    );
    const seen = near(x, layer("read.input", channels, width));
    const read = layer("read.value", maps, width);
    // What is read are the values around each pixel beside the picture.
    const beside = (values: Tensor) => relu(add(seen, near(values, read)));
    const out = readOut(graph, x, [steps, batch], io, width, uniform, () => {
      const head = layer("head", width, 1);
      return (y) => near(y, head);
    });
    return readTicks(states, {
      logits: (values) => out.logits(beside(values)),
      value: (values) => out.value(beside(values)),
    });
  },
};
