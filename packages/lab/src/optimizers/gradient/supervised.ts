/** Gradient descent on a loss against targets: AdamW with warm-up and an optional cosine decay. */
import {
  adamW,
  compile,
  compileTraining,
  cosineSchedule,
  Graph,
  type Tensor,
  toOnnx,
  warmup,
  zeros,
} from "@mesascope/graph";
import { z } from "zod";
import {
  entryOf,
  InputError,
  type Key,
  type LearnedPredictor,
  type NetworkArchitecture,
  type NetworkInputs,
  type NetworkOutputs,
  type OptimizerAlgorithm,
  type PictureSize,
  type PredictiveSubject,
  Random,
  type SubjectParameters,
  type SupervisedLearner,
  split,
  type TaskInterface,
} from "../../core/index.ts";
import { usesOf } from "./episodic-network.ts";
import { networkPredictor, type PredictFunction } from "./network-predictor.ts";
import { isDeviation, NoisyGraph } from "./noisy-graph.ts";
import { atSize, sameSize } from "./other-size.ts";
import { progressive } from "./progressive.ts";
import { lossFields, supervisedLoss } from "./supervised-loss.ts";

const parameters = z
  .strictObject({
    batch: z.number().int().min(1).max(65536).default(64).describe("Examples an update."),
    learningRate: z.number().positive().default(1e-3).describe("Largest learning rate of AdamW."),
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
    ...lossFields,
  })
  .refine(({ tickLoss, progressive }) => tickLoss === 0 || progressive === 0, {
    path: ["tickLoss"],
    error: "must be 0 where `progressive` is more than 0",
  });

export type SupervisedParameters = z.infer<typeof parameters>;
type Network = NetworkArchitecture<Graph, Tensor>;
type Context = Parameters<OptimizerAlgorithm<Network, SupervisedParameters>["create"]>[0];

/**
 * The function over `batch` whole examples, from a state of zeros, added to an empty graph; parameters are named alike
 * in every graph.
 */
function functionOf(
  graph: Graph,
  { architecture, io }: Pick<Context, "architecture" | "io">,
  architectureParameters: unknown,
  batch: number,
  uniform: () => number,
  betweenTicks?: NetworkInputs<Tensor>["betweenTicks"],
) {
  const observations = graph.input("observations", [io.horizon, batch, io.observationSize]);
  const carry = Object.fromEntries(
    Object.entries(architecture.carry(io, architectureParameters)).map(([name, rest]) => [
      name,
      zeros(graph, [batch, ...rest]),
    ]),
  );
  const outputs = architecture.build(
    graph,
    { observations, carry, ...(betweenTicks ? { betweenTicks } : {}) },
    io,
    architectureParameters,
    uniform,
  );
  return { graph, outputs };
}

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

/** The answer, and those after each tick, each once. */
const answersOf = ({ logits, ticks = [] }: NetworkOutputs<Tensor>): Tensor[] => [
  ...new Set([logits, ...ticks]),
];

const pixelsOf = ({ grid }: TaskInterface): number => (grid ? grid.height * grid.width : 0);

async function create(context: Context): Promise<SupervisedLearner> {
  const { architecture, architectureParameters, parameters: p, io, budget } = context;
  const after =
    p.decay === "cosine"
      ? cosineSchedule(p.learningRate, Math.max(1, budget.updates - p.warmup))
      : p.learningRate;
  const { loss: total, diagnostics, feeds } = lossOf(context);
  const trainer = await compileTraining(total, {
    optimizer: adamW({
      learningRate: p.warmup > 0 ? warmup(p.warmup, after) : after,
      weightDecay: p.weightDecay,
      decays: (name, shape) => shape.length > 1 && !isDeviation(name),
    }),
    clipNorm: p.clipNorm,
    outputs: diagnostics,
  });
  // A number of examples that no number of steps equals, so that a hook's shape tells its layout.
  const chunk = p.batch === io.horizon ? p.batch + 1 : p.batch;
  const hooks = architecture.hooks(architectureParameters);
  const ticks = architecture.ticks?.(architectureParameters);
  const predictGraph = (count: number | undefined, at: TaskInterface) => {
    const changed =
      count === undefined || count === ticks
        ? architectureParameters
        : architecture.withTicks!(architectureParameters, count);
    return {
      ...functionOf(new Graph(), { architecture, io: at }, changed, chunk, () => 0),
      hooks: architecture.hooks(changed),
    };
  };
  const models: Promise<PredictFunction>[] = [];
  const compileAt = async (
    count: number | undefined,
    at: TaskInterface,
    given: Readonly<Record<string, Float32Array>> | undefined,
  ): Promise<PredictFunction> => {
    const { graph, outputs, hooks: named } = predictGraph(count, at);
    const answers = answersOf(outputs);
    const model = await (given
      ? compile(graph, { outputs: answers, parameters: given })
      : trainer.compile(answers));
    return {
      model,
      chunk,
      steps: at.horizon,
      observationSize: at.observationSize,
      outputs: at.outputs,
      ticks: (outputs.ticks ?? []).map(({ name }) => name!),
      hooks: new Map(named.map((name) => [name, graph.find(name)!.shape])),
    };
  };
  const anySize = architecture.sees === "pictures" && io.outputs === pixelsOf(io);
  /** The function with the trained parameters as they stand, or with others. */
  const functions = (given?: Readonly<Record<string, Float32Array>>) => {
    const compiled = new Map<string, Promise<PredictFunction>>();
    return (count: number | undefined, grid: PictureSize | undefined) => {
      const other = grid && io.grid && !sameSize(grid, io.grid);
      if (other && !anySize)
        throw new InputError("this subject takes no pictures of another size than in training");
      const at = other ? atSize(io, grid) : io;
      const name = `${count ?? ticks} ticks, ${at.observationSize} numbers, ${at.grid?.width} wide`;
      return entryOf(compiled, name, () => {
        const made = compileAt(count, at, given);
        models.push(made);
        return made;
      });
    };
  };
  const trained = functions();
  const own = predictGraph(undefined, io);
  const parameters = () => {
    const all = trainer.parameters();
    return Object.fromEntries([...own.graph.parameters.keys()].map((name) => [name, all[name]!]));
  };
  const predictor = (
    functionAt: ReturnType<typeof functions>,
    values: () => SubjectParameters["values"],
  ): PredictiveSubject =>
    networkPredictor(functionAt, hooks, ticks, anySize, {
      get values() {
        return values();
      },
      async with(given) {
        const shapes = own.graph.parameters;
        const named = Object.entries(given).map(
          ([name, data]) => [name, { shape: shapes.get(name)!.shape, data }] as const,
        );
        return predictor(functions(given), () => Object.fromEntries(named));
      },
    });
  const learned: LearnedPredictor = {
    kind: "supervised",
    subject: () => predictor(trained, parameters),
    parameters,
    onnx: () => toOnnx(own.graph, { outputs: answersOf(own.outputs), parameters: parameters() }),
    size: Object.values(parameters()).reduce((sum, { data }) => sum + data.length, 0),
  };
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
      for (const { model } of await Promise.all(models)) await model.dispose();
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
