/** The loss of a supervised update: against targets, at one tick or several, with the prices of time and length. */
import {
  add,
  binaryCrossEntropyWithLogits,
  div,
  type Graph,
  haltingDivergence,
  l1,
  logSoftmax,
  mean,
  mse,
  mul,
  neg,
  reshape,
  slice,
  sum,
  type Tensor,
} from "@mesascope/graph";
import { z } from "zod";
import type { NetworkOutputs, SupervisedLoss } from "../../core/index.ts";
import { isDeviation, NoisyGraph } from "./noisy-graph.ts";

/** Fields of a zod object. */
export const lossFields = {
  tickLoss: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Share of the loss that is the mean over all ticks; the rest is the last tick's."),
  progressive: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe(
      "Share of the progressive loss of Bansal et al. (2022), in place of `tickLoss`: ticks are learned from where others led.",
    ),
  haltingRate: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.1)
    .describe("For learners that halt: rate of the geometric prior of halting."),
  haltingWeight: z
    .number()
    .min(0)
    .default(0.01)
    .describe("For learners that halt: weight of the divergence from that prior, in nats."),
  tickPrice: z
    .number()
    .min(0)
    .default(0)
    .describe("For learners that halt: price of each tick before halting."),
  l1: z.number().min(0).default(0).describe("Price of the absolute values of matrices, summed."),
  natPrice: z
    .number()
    .min(0)
    .default(0)
    .describe("Price of each nat that describes noisy parameters; 0: parameters are exact."),
  natPrior: z
    .number()
    .positive()
    .default(0.1)
    .describe("Standard deviation from which noisy parameters are described."),
} as const;

type LossParameters = z.infer<z.ZodObject<typeof lossFields>>;

/** Loss of outputs `[steps, batch, outputs]` at each step, `[steps, batch]`. */
function stepLoss(kind: SupervisedLoss, outputs: Tensor, targets: Tensor): Tensor {
  if (kind === "squared-error") return sum(mse(outputs, targets, "none"), { axes: [-1] });
  if (kind === "cross-entropy") return neg(sum(mul(logSoftmax(outputs), targets), { axes: [-1] }));
  return mean(binaryCrossEntropyWithLogits(outputs, targets, "none"), { axes: [-1] });
}

/**
 * The loss, with inputs `targets` `[steps, batch, outputs]` and `weights` `[steps, batch]`.
 * @param read of the outputs after each tick, those that count; all ticks by `tickLoss` where it is left out.
 * @returns with names of tensors that are worth telling.
 */
export function supervisedLoss(
  graph: Graph,
  outputs: NetworkOutputs<Tensor>,
  kind: SupervisedLoss,
  p: LossParameters,
  read: ((ticks: readonly Tensor[]) => Tensor) | undefined,
): { readonly loss: Tensor; readonly diagnostics: Tensor[] } {
  const targets = graph.input("targets", outputs.logits.shape);
  const weights = graph.input("weights", outputs.logits.shape.slice(0, 2));
  const counted = sum(weights);
  const weighted = (each: Tensor) => div(sum(mul(each, weights)), counted);
  const of = (logits: Tensor) => weighted(stepLoss(kind, logits, targets));
  const diagnostics: Tensor[] = [];
  const fit = () => {
    const { halting, ticks, logits } = outputs;
    if (halting) {
      const { loss, ticksTaken } = haltingLoss(halting, (answer) =>
        stepLoss(kind, answer, targets),
      );
      const expected = mean(ticksTaken).as("expectedTicks");
      diagnostics.push(expected);
      const divergence = haltingDivergence(
        { probabilities: halting.probabilities, expectedTicks: ticksTaken },
        p.haltingRate,
      );
      const price = add(mul(divergence, p.haltingWeight), mul(expected, p.tickPrice));
      return add(weighted(loss), price);
    }
    if (ticks && read) return of(read(ticks));
    if (!ticks || p.tickLoss === 0) return of(logits);
    const every = ticks.map(of).reduce((a, b) => add(a, b));
    return add(mul(of(logits), 1 - p.tickLoss), mul(every, p.tickLoss / ticks.length));
  };
  let loss = fit();
  if (p.l1 > 0) loss = add(loss, mul(l1(matrices(graph)), p.l1));
  if (graph instanceof NoisyGraph) {
    const nats = graph.nats().as("nats");
    diagnostics.push(nats);
    loss = add(loss, mul(nats, p.natPrice));
  }
  return { loss, diagnostics };
}

/** Parameters that a network multiplies by: not its biases. */
const matrices = (graph: Graph): Tensor[] =>
  [...graph.parameters].flatMap(([name, tensor]) =>
    tensor.shape.length > 1 && !isDeviation(name) ? [tensor] : [],
  );

/** Expectation over the tick of halting of the loss `[steps, batch]`, and expected ticks `[steps * batch]`. */
function haltingLoss(
  { probabilities, answers }: NonNullable<NetworkOutputs<Tensor>["halting"]>,
  lossOf: (answer: Tensor) => Tensor,
) {
  const numbers = probabilities.graph.constant(Float32Array.from(answers, (_, i) => i + 1));
  const terms = answers.map((answer, i) => {
    const loss = lossOf(answer);
    return mul(loss, reshape(slice(probabilities, [i], [i + 1], [1]), loss.shape));
  });
  return {
    loss: terms.reduce((a, b) => add(a, b)),
    ticksTaken: sum(mul(probabilities, numbers), { axes: [1] }),
  };
}
