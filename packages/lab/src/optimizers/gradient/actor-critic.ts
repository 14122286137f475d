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
  Graph,
  logProbability,
  mul,
  neg,
  reshape,
  sqrt,
  stopGradient,
  sub,
  sum,
  type Tensor,
  toOnnx,
  zeros,
} from "@mesascope/graph";
import { z } from "zod";
import type { NetworkArchitecture, RolloutBatch } from "../../core/index.ts";
import {
  type EpisodicLearner,
  type LearnedPolicy,
  type OptimizerAlgorithm,
  Random,
  split,
} from "../../core/index.ts";
import { carryIn, carryOut, networkPolicy } from "./network-policy.ts";

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
type Network = NetworkArchitecture<Graph, Tensor>;
type Context = Parameters<OptimizerAlgorithm<Network, ActorCriticParameters>["create"]>[0];

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

/** The unrolled function over whole episodes, from a state of zeros. */
function unrolledGraph({ architecture, architectureParameters, io, parameters: p, key }: Context) {
  const graph = new Graph();
  const shape = [io.horizon, p.batch] as const;
  const observations = graph.input("observations", [...shape, io.observationSize]);
  const carry = Object.fromEntries(
    Object.entries(architecture.carry(io, architectureParameters)).map(([name, rest]) => [
      name,
      zeros(graph, [p.batch, ...rest]),
    ]),
  );
  const random = new Random(split(key, "initial parameters"));
  const outputs = architecture.build(
    graph,
    { observations, carry },
    io,
    architectureParameters,
    () => random.uniform(),
  );
  return lossOf(graph, outputs, shape, p.valueWeight);
}

/** The function of one step for `chunk` episodes, its carry as inputs and outputs. */
function stepGraph({ architecture, architectureParameters, io }: Context, chunk: number) {
  const graph = new Graph();
  const observations = graph.input("observations", [1, chunk, io.observationSize]);
  const shapes = architecture.carry(io, architectureParameters);
  const carry = Object.fromEntries(
    Object.entries(shapes).map(([name, rest]) => [
      name,
      graph.input(carryIn(name), [chunk, ...rest]),
    ]),
  );
  const outputs = architecture.build(
    graph,
    { observations, carry },
    io,
    architectureParameters,
    () => 0,
  );
  const next = Object.entries(shapes).map(([name, rest]) =>
    reshape(outputs.carry[name]!, [chunk, ...rest]).as(carryOut(name)),
  );
  return { graph, carry: shapes, outputs: [outputs.logits, ...next] };
}

async function create(context: Context): Promise<EpisodicLearner> {
  const { architecture, architectureParameters, parameters: p, io, budget } = context;
  const { loss, diagnostics } = unrolledGraph(context);
  const trainer = await compileTraining(loss, {
    optimizer: adam({ learningRate: p.learningRate }),
    clipNorm: p.clipNorm,
    outputs: diagnostics,
  });
  const step = stepGraph(context, p.batch);
  const policy = () =>
    networkPolicy({
      model,
      chunk: p.batch,
      observationSize: io.observationSize,
      actions: io.outputs,
      carry: step.carry,
      hooks: architecture.hooks(architectureParameters),
    });
  const model = await trainer.compile(step.outputs);
  const numbers = Object.values(trainer.parameters()).reduce(
    (total, { data }) => total + data.length,
    0,
  );
  const learned: LearnedPolicy = {
    kind: "episodic",
    policy,
    parameters: () => trainer.parameters(),
    onnx: () => toOnnx(step.graph, { outputs: step.outputs, parameters: trainer.parameters() }),
    size: numbers,
  };
  // Forward, gradient of the inputs and gradient of the parameters: three products a parameter and sample.
  const flops = 6 * numbers * io.horizon * p.batch;
  const annealed = (update: number) => {
    const share = budget.updates > 1 ? update / (budget.updates - 1) : 0;
    return p.entropyStart + (p.entropyEnd - p.entropyStart) * share;
  };
  return {
    kind: "episodic",
    explorer: policy(),
    get updates() {
      return trainer.updates;
    },
    async update(experience) {
      const output = await trainer.update({
        observations: experience.observations,
        actions: experience.actions,
        returns: returnsToGo(experience, p.discount),
        mask: experience.mask,
        entropyWeight: Float32Array.of(annealed(trainer.updates)),
      });
      const metrics: Record<string, number> = { loss: output.loss };
      for (const { name } of diagnostics) metrics[name!] = (output[name!] as Float32Array)[0]!;
      return { metrics, flops };
    },
    learned: () => learned,
    snapshot: () => trainer.state() as ReturnType<EpisodicLearner["snapshot"]>,
    restore: (snapshot) => trainer.loadState(snapshot as Parameters<typeof trainer.loadState>[0]),
    dispose: () => trainer.dispose(),
  };
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
