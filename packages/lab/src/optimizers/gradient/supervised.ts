/** Gradient descent on a loss against targets: AdamW or plain descent, with warm-up and an optional cosine decay. */
import {
  adamW,
  compileTraining,
  cosineSchedule,
  Graph,
  type LearningRate,
  type Optimizer,
  sgd,
  type Tensor,
  warmup,
} from "@mesascope/graph";
import { z } from "zod";
import {
  type Key,
  type NetworkArchitecture,
  type OptimizerAlgorithm,
  Random,
  type SupervisedLearner,
  split,
} from "../../core/index.ts";
import { usesOf } from "./episodic-network.ts";
import { isDeviation, NoisyGraph } from "./noisy-graph.ts";
import { functionOf } from "./predicted-examples.ts";
import { progressive } from "./progressive.ts";
import { lossFields, supervisedLoss } from "./supervised-loss.ts";
import { trainedPredictor } from "./trained-predictor.ts";

const parameters = z
  .strictObject({
    batch: z.number().int().min(1).max(65536).default(64).describe("Examples an update."),
    learningRate: z.number().positive().default(1e-3).describe("Largest learning rate."),
    warmup: z
      .number()
      .int()
      .min(0)
      .default(0)
      .describe("Updates over which the rate grows from 0."),
    decay: z
      .enum(["constant", "cosine"])
      .default("constant")
      .describe("What the rate does after the warm-up."),
    weightDecay: z.number().min(0).default(0).describe("Decoupled weight decay of matrices."),
    clipNorm: z.number().positive().default(1).describe("Largest global norm of the gradient."),
    // Without a default, so that runs from before there was a choice keep their names.
    optimizer: z
      .enum(["adamw", "sgd"])
      .optional()
      .describe("What makes steps of gradients: AdamW where it is left out, or plain descent."),
    ...lossFields,
  })
  .refine(({ tickLoss, progressive }) => tickLoss === 0 || progressive === 0, {
    path: ["tickLoss"],
    error: "must be 0 where `progressive` is more than 0",
  });

export type SupervisedParameters = z.infer<typeof parameters>;
type Network = NetworkArchitecture<Graph, Tensor>;
type Context = Parameters<OptimizerAlgorithm<Network, SupervisedParameters>["create"]>[0];

/** The loss of an update with the inputs that it takes beside the examples, drawn anew for each update. */
function lossOf(context: Context) {
  const { architecture, architectureParameters, io, parameters: p, loss: kind, key } = context;
  if (!kind) throw new Error("a supervised algorithm needs a task with a loss");
  const random = new Random(split(key, "initial parameters"));
  const graph = p.natPrice > 0 ? new NoisyGraph(p.natPrior) : new Graph();
  const ticks = architecture.ticks?.(architectureParameters);
  const steps =
    p.progressive > 0 && ticks !== undefined
      ? progressive(graph, [ticks, io.horizon, p.batch], p.progressive)
      : undefined;
  const { outputs } = functionOf(
    graph,
    context,
    architectureParameters,
    p.batch,
    () => random.uniform(),
    steps?.between,
  );
  const feeds = (update: number) => ({
    ...steps?.feeds(split(key, "progressive", update)),
    ...(p.natPrice > 0 ? { noise: BigInt64Array.of(noiseKey(split(key, "noise", update))) } : {}),
  });
  return { ...supervisedLoss(graph, outputs, kind, p, steps?.read), feeds };
}

/** 62 bits of a key. */
const noiseKey = ({ high, low }: Key): bigint => (BigInt(high >>> 2) << 32n) | BigInt(low);

function stepsBy(
  { optimizer, weightDecay }: SupervisedParameters,
  learningRate: LearningRate,
): Optimizer {
  const decays = (name: string, shape: readonly number[]) => shape.length > 1 && !isDeviation(name);
  return optimizer === "sgd"
    ? { ...sgd({ learningRate }), decay: { rate: weightDecay, applies: decays } }
    : adamW({ learningRate, weightDecay, decays });
}

async function create(context: Context): Promise<SupervisedLearner> {
  const { parameters: p, io, budget } = context;
  const after =
    p.decay === "cosine"
      ? cosineSchedule(p.learningRate, Math.max(1, budget.updates - p.warmup))
      : p.learningRate;
  const { loss: total, diagnostics, feeds } = lossOf(context);
  const trainer = await compileTraining(total, {
    optimizer: stepsBy(p, p.warmup > 0 ? warmup(p.warmup, after) : after),
    clipNorm: p.clipNorm,
    outputs: diagnostics,
  });
  const { learned, dispose } = trainedPredictor(context, p.batch, trainer);
  const flops = 6 * learned.size * usesOf(context) * io.horizon * p.batch;
  return {
    kind: "supervised",
    get updates() {
      return trainer.updates;
    },
    async update({ inputs, targets, weights }) {
      const result = await trainer.update({
        observations: inputs,
        targets,
        weights,
        ...feeds(trainer.updates),
      });
      const metrics: Record<string, number> = {
        loss: result.loss,
        gradientNorm: result.gradientNorm!,
      };
      for (const { name } of diagnostics) metrics[name!] = (result[name!] as Float32Array)[0]!;
      return { metrics, flops };
    },
    learned: () => learned,
    snapshot: () => trainer.state() as ReturnType<SupervisedLearner["snapshot"]>,
    restore: (snapshot) => trainer.loadState(snapshot as Parameters<typeof trainer.loadState>[0]),
    async dispose() {
      await dispose();
      await trainer.dispose();
    },
  };
}

export const supervised: OptimizerAlgorithm<Network, SupervisedParameters> = {
  id: "supervised",
  title: "gradient descent on examples",
  description:
    "AdamW (Loshchilov and Hutter 2019), or plain descent, on the task's loss over batches of new examples, with warm-up and an optional cosine decay.",
  searches: "network",
  learns: "supervised",
  parameters,
  batch: ({ batch }) => batch,
  create,
};
