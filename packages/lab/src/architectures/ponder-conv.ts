/**
 * The recurrent convolution with a learned time to halt: PonderNet, Banino, Balaguer and Blundell 2021
 * (arXiv 2107.05407).
 */
import {
  add,
  affine,
  cast,
  concat,
  constantInit,
  fanInInit,
  greaterOrEqual,
  halting,
  max,
  mean,
  neg,
  reshape,
  slice,
  sum,
  type Tensor,
  where,
} from "@mesascope/graph";
import { z } from "zod";
import type { Network } from "./network.ts";
import { recurrentConvFields, thinkingStates } from "./recurrent-conv.ts";
import { logitNames, tickHooks } from "./thinking.ts";

const parameters = z.strictObject({
  ...recurrentConvFields,
  patience: z
    .number()
    .min(0.01)
    .max(0.99)
    .default(0.1)
    .describe("Probability of halting after each tick, at first."),
});

type PonderConvParameters = z.infer<typeof parameters>;

export const ponderConv: Network<PonderConvParameters> = {
  id: "ponder-conv",
  kind: "network",
  sees: "pictures",
  title: "recurrent convolution that decides when to halt",
  description:
    "The recurrent convolution with a probability of halting after each tick (PonderNet, Banino et al. 2021): it can think longer about one picture than about another. Its answer is that of the first tick by which it has halted with probability one half.",
  parameters,
  carry: () => ({}),
  // `halting`: probability of halting after each tick; `thought`: ticks until the answer.
  hooks: (given) => [...tickHooks(given), "halting", "thought"],
  ticks: ({ ticks }) => ticks,
  withTicks: (given, ticks) => ({ ...given, ticks }),
  build(graph, inputs, io, given, uniform) {
    const { states, read } = thinkingStates(graph, inputs, io, given, uniform, "ponder-conv");
    const [steps, batch] = inputs.observations.shape as [number, number, number];
    const { width, ticks, patience } = given;
    const weight = graph.parameter("halt.weight", [2 * width, 1], fanInInit(uniform, 2 * width));
    const bias = graph.parameter(
      "halt.bias",
      [1],
      constantInit(Math.log(patience / (1 - patience))),
    );
    const thought = states.slice(1);
    const stops = thought.map((state) =>
      affine(
        concat([mean(state, { axes: [2, 3] }), max(state, { axes: [2, 3] })], 1),
        weight,
        bias,
      ),
    );
    const { probabilities } = halting(stops);
    probabilities.as("halting");
    const answers = thought.map((state) => read.logits(state));
    const halted = cumulative(probabilities, ticks).map((share) =>
      greaterOrEqual(reshape(share, [steps, batch, 1]), 0.5),
    );
    const settled = answersBy(answers, halted);
    const names = logitNames(ticks);
    const outputs = settled.map((answer, i) => answer.as(names[i]!));
    waited(halted, [steps, batch]).as("thought");
    return {
      logits: outputs.at(-1)!,
      ticks: outputs,
      value: read.value(states.at(-1)!),
      carry: {},
      halting: { probabilities, answers },
    };
  },
};

/** Probability of having halted before each tick ends, one `[rows, 1]` a tick. */
function cumulative(probabilities: Tensor, ticks: number): Tensor[] {
  return Array.from({ length: ticks }, (_, i) =>
    sum(slice(probabilities, [0], [i + 1], [1]), { axes: [1], keepDims: true }),
  );
}

/** After each tick: the answer of the tick at which an example halted, or the latest one. */
function answersBy(answers: readonly Tensor[], halted: readonly Tensor[]): Tensor[] {
  const out = [answers[0]!];
  for (let i = 1; i < answers.length; i++)
    out.push(where(halted[i - 1]!, out[i - 1]!, answers[i]!));
  return out;
}

/** Ticks until the answer `[steps * batch, 1]`: one more than those after which an example had not halted. */
function waited(halted: readonly Tensor[], [steps, batch]: readonly [number, number]): Tensor {
  const stopped = concat(
    halted.map((flag) => cast(flag, "float32")),
    2,
  );
  const ticks = halted.length;
  // Of all ticks, those from the halting one on are marked; it is among them.
  const after = sum(stopped, { axes: [2], keepDims: true });
  return reshape(add(neg(after), ticks + 1), [steps * batch, 1]);
}
