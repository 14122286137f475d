/**
 * A search that is built in, and a network that provides its objective: the extreme of hard-coded optimization in Hubinger
 * et al. 2019 (arXiv 1906.01820), section 2.4.
 */
import {
  add,
  concat,
  expand,
  mul,
  reshape,
  slice,
  split,
  sub,
  type Tensor,
  tanh,
} from "@mesascope/graph";
import { z } from "zod";
import { InputError, type TaskInterface } from "../core/index.ts";
import { dense, type Network } from "./network.ts";

const parameters = z.strictObject({
  width: z.number().int().min(1).max(4096).default(64).describe("Units in each hidden layer."),
  layers: z.number().int().min(1).max(16).default(1).describe("Number of hidden layers."),
  search: z
    .enum(["built-in", "removed"])
    .default("built-in")
    .describe("Removed: every action gets the score of what is seen, which prefers none."),
});

/** The last action, `[steps, batch, actions]`. */
function lastActions(observations: Tensor, io: TaskInterface): Tensor {
  const field = io.observation.find(({ role }) => role === "action");
  if (!field || field.size !== io.outputs)
    throw new InputError("scored-search needs a task that shows the last action");
  return slice(observations, [field.offset], [field.offset + field.size], [2]);
}

export const scoredSearch: Network<z.infer<typeof parameters>> = {
  id: "scored-search",
  kind: "network",
  only: "episodic",
  title: "built-in search over actions with a learned score",
  description:
    "A search that is not learned keeps the last score of every action, 0 for those not tried, and takes the best by softmax; a multilayer perceptron, which keeps nothing, scores each outcome as it is seen, and that is all it does.",
  parameters,
  carry: (io) => ({ scores: [io.outputs] }),
  hooks: ({ layers }) => [
    ...Array.from({ length: layers }, (_, i) => `hidden.${i}`),
    "score",
    "logits",
    "value",
  ],
  build(graph, { observations, carry }, io, { width, layers, search }, uniform) {
    const [steps, batch, features] = observations.shape as [number, number, number];
    let hidden = reshape(observations, [steps * batch, features]);
    for (let i = 0; i < layers; i++)
      hidden = tanh(dense(graph, `hidden.${i}`, hidden, width, uniform)).as(`hidden.${i}`);
    const score = dense(graph, "score", hidden, 1, uniform, 0.01).as("score");
    const value = reshape(dense(graph, "value", hidden, 1, uniform), [steps, batch]).as("value");
    const actions = reshape(lastActions(observations, io), [steps * batch, io.outputs]);
    const each = split(score, steps, 0);
    const tables: Tensor[] = [];
    split(actions, steps, 0).forEach((taken, step) => {
      const before = tables.at(-1) ?? carry["scores"]!;
      tables.push(add(mul(before, sub(1, taken)), mul(taken, each[step]!)));
    });
    const logits = search === "built-in" ? concat(tables, 0) : expand(score, actions.shape);
    return {
      logits: reshape(logits, [steps, batch, io.outputs]).as("logits"),
      value,
      carry: { scores: tables.at(-1)! },
    };
  },
};
