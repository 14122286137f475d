/** What algorithms share that train a network on whole episodes: its two graphs, and the learner around them. */
import {
  Graph,
  type Model,
  reshape,
  type Tensor,
  type Trainer,
  toOnnx,
  zeros,
} from "@mesascope/graph";
import {
  type EpisodicLearner,
  entryOf,
  type LearnedPolicy,
  type NetworkArchitecture,
  type OptimizerAlgorithm,
  Random,
  type RolloutBatch,
  split,
  type UpdateReport,
} from "../../core/index.ts";
import { carryIn, carryOut, networkPolicy } from "./network-policy.ts";

export type Network = NetworkArchitecture<Graph, Tensor>;
export type EpisodicContext<P> = Parameters<OptimizerAlgorithm<Network, P>["create"]>[0];
type Searched = Pick<EpisodicContext<unknown>, "architecture" | "architectureParameters" | "io">;

/** The function unrolled over `episodes` whole episodes, from a state of zeros, with input `observations`. */
export function unrolledGraph(
  {
    architecture,
    architectureParameters,
    io,
    key,
  }: Searched & Pick<EpisodicContext<unknown>, "key">,
  episodes: number,
) {
  const graph = new Graph();
  const observations = graph.input("observations", [io.horizon, episodes, io.observationSize]);
  const carry = Object.fromEntries(
    Object.entries(architecture.carry(io, architectureParameters)).map(([name, rest]) => [
      name,
      zeros(graph, [episodes, ...rest]),
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
  return { graph, outputs };
}

/** The function of one step for `chunk` episodes, its carry as inputs and outputs. */
export function stepGraph(
  { architecture, architectureParameters, io }: Searched,
  chunk: number,
  uniform: () => number = () => 0,
) {
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
    uniform,
  );
  const next = Object.entries(shapes).map(([name, rest]) =>
    reshape(outputs.carry[name]!, [chunk, ...rest]).as(carryOut(name)),
  );
  return { graph, carry: shapes, outputs: [outputs.logits, ...next] };
}

export interface EpisodicParts {
  readonly trainer: Trainer;
  /** Episodes an update. */
  readonly batch: number;
  /** Updates of the trainer that one update of the learner makes. */
  readonly inner?: number;
  /** Times that one update of the learner goes through its episodes. */
  readonly passes?: number;
  readonly update: (
    experience: RolloutBatch,
    /** Number of updates before this one. */
    updates: number,
  ) => Promise<UpdateReport["metrics"]>;
  readonly dispose?: () => Promise<void>;
}

/**
 * The policy of a network with the parameters that `compile` gives it, for `chunk` episodes at a time.
 * @param compile makes a model of a step function's outputs.
 */
export function steppedPolicy(
  context: Searched,
  chunk: number,
  compile: (outputs: readonly Tensor[]) => Promise<Model>,
) {
  const { architecture, architectureParameters, io } = context;
  const ticks = architecture.ticks?.(architectureParameters);
  const step = stepGraph(context, chunk);
  const models = new Map<number | undefined, Promise<Model>>();
  const model = (count: number | undefined) => {
    const other = count === ticks ? undefined : count;
    return entryOf(models, other, () => {
      if (other === undefined) return compile(step.outputs);
      const changed = architecture.withTicks!(architectureParameters, other);
      return compile(
        stepGraph({ architecture, architectureParameters: changed, io }, chunk).outputs,
      );
    });
  };
  return {
    step,
    prepare: () => model(undefined),
    policy: () =>
      networkPolicy({
        model,
        ticks,
        chunk,
        observationSize: io.observationSize,
        actions: io.outputs,
        carry: step.carry,
        hooks: architecture.hooks(architectureParameters),
      }),
    async dispose() {
      for (const each of await Promise.all(models.values())) await each.dispose();
    },
  };
}

/** A learner that plays by the network as the trainer has it. */
export async function episodicLearner(
  context: Searched,
  { trainer, batch, inner = 1, passes = 1, update, dispose }: EpisodicParts,
): Promise<EpisodicLearner> {
  const { io } = context;
  const stepped = steppedPolicy(context, batch, (outputs) => trainer.compile(outputs));
  await stepped.prepare();
  const { step, policy } = stepped;
  const size = Object.values(trainer.parameters()).reduce((sum, { data }) => sum + data.length, 0);
  const learned: LearnedPolicy = {
    kind: "episodic",
    policy,
    parameters: () => trainer.parameters(),
    onnx: () => toOnnx(step.graph, { outputs: step.outputs, parameters: trainer.parameters() }),
    size,
  };
  // Forward, gradient of the inputs and gradient of the parameters: three products a parameter and sample.
  const flops = 6 * size * usesOf(context) * io.horizon * batch * passes;
  const updates = () => trainer.updates / inner;
  return {
    kind: "episodic",
    explorer: policy(),
    get updates() {
      return updates();
    },
    update: async (experience) => ({ metrics: await update(experience, updates()), flops }),
    learned: () => learned,
    snapshot: () => trainer.state() as ReturnType<EpisodicLearner["snapshot"]>,
    restore: (snapshot) => trainer.loadState(snapshot as Parameters<typeof trainer.loadState>[0]),
    async dispose() {
      await dispose?.();
      await stepped.dispose();
      await trainer.dispose();
    },
  };
}

/** Times that a step uses each parameter: at each tick and, where a picture is seen, at each pixel. */
export function usesOf({ architecture, architectureParameters, io }: Searched): number {
  const pixels = architecture.sees && io.grid ? io.grid.height * io.grid.width : 1;
  return pixels * (architecture.ticks?.(architectureParameters) ?? 1);
}

/** A weight that goes from `start` to `end` in a straight line over the budget. */
export function annealed(
  { start, end }: { readonly start: number; readonly end: number },
  update: number,
  budget: { readonly updates: number },
): number {
  const share = budget.updates > 1 ? update / (budget.updates - 1) : 0;
  return start + (end - start) * share;
}
