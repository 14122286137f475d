/** Gradient descent on a loss against targets: AdamW with warm-up and an optional cosine decay. */
import {
  adamW,
  add,
  binaryCrossEntropyWithLogits,
  compileTraining,
  cosineSchedule,
  div,
  Graph,
  logSoftmax,
  mean,
  mse,
  mul,
  neg,
  sum,
  type Tensor,
  toOnnx,
  warmup,
  zeros,
} from "@mesascope/graph";
import { z } from "zod";
import {
  entryOf,
  type LearnedPredictor,
  type NetworkArchitecture,
  type OptimizerAlgorithm,
  Random,
  type SupervisedLearner,
  type SupervisedLoss,
  split,
} from "../../core/index.ts";
import { networkPredictor, type PredictFunction } from "./network-predictor.ts";

const parameters = z.strictObject({
  batch: z.number().int().min(1).max(65536).default(64).describe("Examples an update."),
  learningRate: z.number().positive().default(1e-3).describe("Largest learning rate of AdamW."),
  warmup: z.number().int().min(0).default(0).describe("Updates over which the rate grows from 0."),
  decay: z
    .enum(["constant", "cosine"])
    .default("constant")
    .describe("What the rate does after the warm-up."),
  weightDecay: z.number().min(0).default(0).describe("Decoupled weight decay of matrices."),
  clipNorm: z.number().positive().default(1).describe("Largest global norm of the gradient."),
  tickLoss: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Share of the loss that is the mean over all ticks; the rest is the last tick's."),
});

export type SupervisedParameters = z.infer<typeof parameters>;
type Network = NetworkArchitecture<Graph, Tensor>;
type Context = Parameters<OptimizerAlgorithm<Network, SupervisedParameters>["create"]>[0];

/** Loss of outputs `[steps, batch, outputs]` at each step, `[steps, batch]`. */
function stepLoss(kind: SupervisedLoss, outputs: Tensor, targets: Tensor): Tensor {
  if (kind === "squared-error") return sum(mse(outputs, targets, "none"), { axes: [-1] });
  if (kind === "cross-entropy") return neg(sum(mul(logSoftmax(outputs), targets), { axes: [-1] }));
  return mean(binaryCrossEntropyWithLogits(outputs, targets, "none"), { axes: [-1] });
}

/** The function over `batch` whole examples, from a state of zeros; parameters are named alike in every graph. */
function functionOf(
  { architecture, io }: Context,
  architectureParameters: unknown,
  batch: number,
  uniform: () => number,
) {
  const graph = new Graph();
  const observations = graph.input("observations", [io.horizon, batch, io.observationSize]);
  const carry = Object.fromEntries(
    Object.entries(architecture.carry(io, architectureParameters)).map(([name, rest]) => [
      name,
      zeros(graph, [batch, ...rest]),
    ]),
  );
  const outputs = architecture.build(
    graph,
    { observations, carry },
    io,
    architectureParameters,
    uniform,
  );
  return { graph, outputs };
}

function lossOf(context: Context): Tensor {
  const { io, parameters: p, loss: kind, key } = context;
  if (!kind) throw new Error("a supervised algorithm needs a task with a loss");
  const random = new Random(split(key, "initial parameters"));
  const { graph, outputs } = functionOf(context, context.architectureParameters, p.batch, () =>
    random.uniform(),
  );
  const targets = graph.input("targets", [io.horizon, p.batch, io.outputs]);
  const weights = graph.input("weights", [io.horizon, p.batch]);
  const weighted = (logits: Tensor) =>
    div(sum(mul(stepLoss(kind, logits, targets), weights)), sum(weights));
  const last = weighted(outputs.logits);
  const { ticks } = outputs;
  if (!ticks || p.tickLoss === 0) return last;
  const every = ticks.map(weighted).reduce((a, b) => add(a, b));
  return add(mul(last, 1 - p.tickLoss), mul(every, p.tickLoss / ticks.length));
}

async function create(context: Context): Promise<SupervisedLearner> {
  const { architecture, architectureParameters, parameters: p, io, budget } = context;
  const after =
    p.decay === "cosine"
      ? cosineSchedule(p.learningRate, Math.max(1, budget.updates - p.warmup))
      : p.learningRate;
  const trainer = await compileTraining(lossOf(context), {
    optimizer: adamW({
      learningRate: p.warmup > 0 ? warmup(p.warmup, after) : after,
      weightDecay: p.weightDecay,
      decays: (_, shape) => shape.length > 1,
    }),
    clipNorm: p.clipNorm,
  });
  // A number of examples that no number of steps equals, so that a hook's shape tells its layout.
  const chunk = p.batch === io.horizon ? p.batch + 1 : p.batch;
  const hooks = architecture.hooks(architectureParameters);
  const ticks = architecture.ticks?.(architectureParameters);
  const predictGraph = (count: number | undefined) => {
    const changed =
      count === undefined || count === ticks
        ? architectureParameters
        : architecture.withTicks!(architectureParameters, count);
    return {
      ...functionOf(context, changed, chunk, () => 0),
      hooks: architecture.hooks(changed),
    };
  };
  const compiled = new Map<number | undefined, Promise<PredictFunction>>();
  const compile = async (count: number | undefined): Promise<PredictFunction> => {
    const { graph, outputs, hooks: named } = predictGraph(count);
    const model = await trainer.compile([...new Set([outputs.logits, ...(outputs.ticks ?? [])])]);
    return {
      model,
      chunk,
      steps: io.horizon,
      observationSize: io.observationSize,
      outputs: io.outputs,
      ticks: (outputs.ticks ?? []).map(({ name }) => name!),
      hooks: new Map(named.map((name) => [name, graph.find(name)!.shape])),
    };
  };
  const learned: LearnedPredictor = {
    kind: "supervised",
    subject: () =>
      networkPredictor((count) => entryOf(compiled, count, () => compile(count)), hooks, ticks),
    parameters: () => trainer.parameters(),
    onnx() {
      const { graph, outputs } = predictGraph(undefined);
      return toOnnx(graph, { outputs: [outputs.logits], parameters: trainer.parameters() });
    },
    size: Object.values(trainer.parameters()).reduce((total, { data }) => total + data.length, 0),
  };
  const flops = 6 * learned.size * io.horizon * p.batch * (ticks ?? 1);
  return {
    kind: "supervised",
    get updates() {
      return trainer.updates;
    },
    async update({ inputs, targets, weights }) {
      const { loss, gradientNorm } = await trainer.update({
        observations: inputs,
        targets,
        weights,
      });
      return { metrics: { loss, gradientNorm: gradientNorm! }, flops };
    },
    learned: () => learned,
    snapshot: () => trainer.state() as ReturnType<SupervisedLearner["snapshot"]>,
    restore: (snapshot) => trainer.loadState(snapshot as Parameters<typeof trainer.loadState>[0]),
    async dispose() {
      for (const { model } of await Promise.all(compiled.values())) await model.dispose();
      await trainer.dispose();
    },
  };
}

export const supervised: OptimizerAlgorithm<Network, SupervisedParameters> = {
  id: "supervised",
  title: "gradient descent on examples",
  description:
    "AdamW (Loshchilov and Hutter 2019) on the task's loss over batches of new examples, with warm-up and an optional cosine decay.",
  searches: "network",
  learns: "supervised",
  parameters,
  batch: ({ batch }) => batch,
  create,
};
