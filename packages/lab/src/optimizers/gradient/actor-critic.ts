/**
 * Actor-critic policy gradient with an annealed entropy bonus, over batches of whole episodes. Williams 1992
 * (REINFORCE with a baseline); Mnih et al. 2016 (arXiv 1602.01783), section 4, without bootstrapping, since
 * episodes are short and complete.
 */
import {
  adam,
  add,
  compileTraining,
  div,
  entropy,
  type Graph,
  logProbability,
  mul,
  neg,
  sqrt,
  stopGradient,
  sub,
  sum,
  type Tensor,
} from "@mesascope/graph";
import { z } from "zod";
import type { EpisodicLearner, OptimizerAlgorithm, RolloutBatch } from "../../core/index.ts";
import {
  annealed,
  type EpisodicContext,
  episodicLearner,
  type Network,
  unrolledGraph,
} from "./episodic-network.ts";

const parameters = z.strictObject({
  batch: z.number().int().min(1).max(65536).default(256).describe("Episodes an update."),
  learningRate: z.number().positive().default(3e-3).describe("Learning rate of Adam."),
  entropyStart: z
    .number()
    .min(0)
    .default(0.03)
    .describe("Weight of the entropy bonus at the first update."),
  entropyEnd: z
    .number()
    .min(0)
    .default(0)
    .describe("Weight at the last update; linear in between."),
  valueWeight: z.number().min(0).default(0.5).describe("Weight of the value loss."),
  discount: z.number().min(0).max(1).default(1).describe("Discount per step of returns."),
  clipNorm: z.number().positive().default(1).describe("Largest global norm of the gradient."),
});

export type ActorCriticParameters = z.infer<typeof parameters>;
type Context = EpisodicContext<ActorCriticParameters>;

/** Discounted sums of rewards to come `[steps, batch]`. */
export function returnsToGo(
  { steps, batch, rewards, mask }: RolloutBatch,
  discount: number,
): Float32Array {
  const out = new Float32Array(steps * batch);
  for (let i = 0; i < batch; i++) {
    let sum = 0;
    for (let t = steps - 1; t >= 0; t--) {
      sum = (rewards[t * batch + i]! + discount * sum) * mask[t * batch + i]!;
      out[t * batch + i] = sum;
    }
  }
  return out;
}

/**
 * The loss of one update. Advantages are returns minus the value, divided by their root mean square over the
 * batch; all means are over steps taken.
 */
function lossOf(
  graph: Graph,
  { logits, value }: { logits: Tensor; value: Tensor },
  [steps, batch]: readonly [number, number],
  valueWeight: number,
): { loss: Tensor; diagnostics: Tensor[] } {
  const actions = graph.input("actions", [steps, batch], "int64");
  const returns = graph.input("returns", [steps, batch]);
  const mask = graph.input("mask", [steps, batch]);
  const entropyWeight = graph.input("entropyWeight", []);
  const taken = sum(mask);
  const average = (x: Tensor) => div(sum(mul(x, mask)), taken);
  const error = sub(returns, value);
  const raw = stopGradient(error);
  const advantages = div(raw, add(sqrt(average(mul(raw, raw))), 1e-6));
  const policyLoss = neg(average(mul(advantages, logProbability(logits, actions)))).as(
    "policyLoss",
  );
  const valueLoss = average(mul(error, error)).as("valueLoss");
  const spread = average(entropy(logits)).as("entropy");
  const loss = sub(add(policyLoss, mul(valueLoss, valueWeight)), mul(entropyWeight, spread));
  return { loss, diagnostics: [policyLoss, valueLoss, spread] };
}

async function create(context: Context): Promise<EpisodicLearner> {
  const { parameters: p, io, budget } = context;
  const { graph, outputs } = unrolledGraph(context, p.batch);
  const { loss, diagnostics } = lossOf(graph, outputs, [io.horizon, p.batch], p.valueWeight);
  const trainer = await compileTraining(loss, {
    optimizer: adam({ learningRate: p.learningRate }),
    clipNorm: p.clipNorm,
    outputs: diagnostics,
  });
  return episodicLearner(context, {
    trainer,
    batch: p.batch,
    async update(experience, updates) {
      const weight = annealed({ start: p.entropyStart, end: p.entropyEnd }, updates, budget);
      const output = await trainer.update({
        observations: experience.observations,
        actions: experience.actions,
        returns: returnsToGo(experience, p.discount),
        mask: experience.mask,
        entropyWeight: Float32Array.of(weight),
      });
      const metrics: Record<string, number> = { loss: output.loss };
      for (const { name } of diagnostics) metrics[name!] = (output[name!] as Float32Array)[0]!;
      return metrics;
    },
  });
}

export const actorCritic: OptimizerAlgorithm<Network, ActorCriticParameters> = {
  id: "actor-critic",
  title: "actor-critic policy gradient",
  description:
    "Policy gradient with a learned baseline and an entropy bonus that fades to zero, updated by Adam on batches of whole episodes.",
  searches: "network",
  learns: "episodic",
  parameters,
  batch: ({ batch }) => batch,
  create,
};
