/** Learners whose update is a generation: the candidates act, or answer, side by side in one graph. */
import { compile, Graph, type Model, type Tensor, toOnnx } from "@mesascope/graph";
import { z } from "zod";
import {
  type EpisodicLearner,
  type Learner,
  type NetworkArchitecture,
  type OptimizerAlgorithm,
  Random,
  type RolloutBatch,
  type SupervisedLearner,
  split,
  type UpdateReport,
} from "../../core/index.ts";
import { stepGraph, steppedPolicy, usesOf } from "../gradient/episodic-network.ts";
import { carryOut, networkPolicy } from "../gradient/network-policy.ts";
import { functionOf, predictedExamples } from "../gradient/predicted-examples.ts";
import { lossFields, supervisedLoss } from "../gradient/supervised-loss.ts";
import { episodePlayer, once } from "./episode-player.ts";
import { initialVector, type Layout, layoutOf, namedParameters } from "./flat.ts";
import type { EvolutionMethod } from "./method.ts";
import { Progress } from "./progress.ts";
import { populationInput, stackGraph } from "./stacked-graph.ts";

export type Network = NetworkArchitecture<Graph, Tensor>;
type Context = Parameters<OptimizerAlgorithm<Network, unknown>["create"]>[0];

/** What is learned is compared by the loss that gradient descent takes by default. */
const lossParameters = z.strictObject(lossFields).parse({});

/** @param batch episodes or examples that each candidate sees. */
export const populationLearner = (
  context: Context,
  method: EvolutionMethod,
  batch: number,
): Promise<Learner> =>
  context.loss === undefined
    ? actingLearner(context, method, batch)
    : answeringLearner(context, method, batch);

const uniformOf = ({ key }: Context): (() => number) => {
  const random = new Random(split(key, "initial parameters"));
  return () => random.uniform();
};

/** What both kinds share: the progress of the method, and models of its answer, until the next generation. */
function searching(context: Context, method: EvolutionMethod, outputs: readonly Tensor[]) {
  const layout: Layout = layoutOf(outputs);
  const start = initialVector(layout, outputs[0]!);
  const progress = new Progress(method, start, split(context.key, "candidates"));
  const parameters = () => namedParameters(layout, progress.answer);
  return {
    layout,
    progress,
    parameters,
    compileAnswer: (targets: readonly Tensor[]): Promise<Model> =>
      compile(targets[0]!.graph, { outputs: targets, parameters: parameters() }),
    onnx: (graph: Graph, targets: readonly Tensor[]) =>
      toOnnx(graph, { outputs: targets, parameters: parameters() }),
    /** Of one generation: a multiply and an add a parameter and use. */
    flops: (batch: number) =>
      2 * layout.size * usesOf(context) * context.io.horizon * batch * method.population,
  };
}

/** Episodes are those of the first candidate, then those of the next one, and so on. */
async function actingLearner(
  context: Context,
  method: EvolutionMethod,
  batch: number,
): Promise<EpisodicLearner> {
  const { architecture, architectureParameters, io } = context;
  const one = stepGraph(context, batch, uniformOf(context));
  const { layout, progress, parameters, ...search } = searching(context, method, one.outputs);
  const { population } = method;
  const model = once(() => {
    const names = Object.keys(one.carry);
    const [logits, ...states] = one.outputs;
    const stacked = stackGraph(
      new Map<string, readonly [Tensor, number]>([
        ["logits", [logits!, 1]],
        ...states.map((state, i) => [carryOut(names[i]!), [state, 0]] as const),
      ]),
      { layout, population, axis: (name) => (name === "observations" ? 1 : 0) },
    );
    return compile(stacked.graph, { outputs: stacked.outputs });
  });
  const explorer = networkPolicy({
    model: async () => {
      const stacked = await model();
      return {
        run: (feeds, options) =>
          stacked.run({ ...feeds, [populationInput]: progress.stacked }, options),
      };
    },
    ticks: architecture.ticks?.(architectureParameters),
    chunk: batch * population,
    observationSize: io.observationSize,
    actions: io.outputs,
    carry: one.carry,
    hooks: [],
  });
  const answers = latest(() => steppedPolicy(context, batch, search.compileAnswer));
  const player = episodePlayer(one, { layout, population, episodes: batch });
  const told = (scores: Float64Array): UpdateReport => ({
    metrics: progress.tell(scores),
    flops: search.flops(batch),
  });
  return {
    kind: "episodic",
    explorer,
    get updates() {
      return progress.generation;
    },
    update: async (experience) => told(totals(experience, population)),
    playAndUpdate: (rules, instances, key) =>
      player.plays(rules)
        ? player.scores(rules, instances, key, progress.stacked).then(told)
        : undefined,
    learned: () => ({
      kind: "episodic",
      policy: () => answers.renew().policy(),
      parameters,
      onnx: () => search.onnx(one.graph, one.outputs),
      size: layout.size,
    }),
    snapshot: () => progress.snapshot(),
    restore: (snapshot) => progress.restore(snapshot),
    async dispose() {
      await answers.dispose();
      await model.dispose();
      await player.dispose();
    },
  };
}

/** Mean total reward of each candidate. */
function totals({ rewards, batch }: RolloutBatch, population: number): Float64Array {
  const episodes = batch / population;
  const out = new Float64Array(population);
  for (let k = 0; k < rewards.length; k++)
    out[Math.floor((k % batch) / episodes)]! += rewards[k]! / episodes;
  return out;
}

/** All candidates answer the same examples. */
async function answeringLearner(
  context: Context,
  method: EvolutionMethod,
  batch: number,
): Promise<SupervisedLearner> {
  const { architectureParameters, loss: kind } = context;
  const graph = new Graph();
  const { outputs } = functionOf(graph, context, architectureParameters, batch, uniformOf(context));
  const { loss } = supervisedLoss(graph, outputs, kind!, lossParameters, undefined);
  const { layout, progress, parameters, ...search } = searching(context, method, [loss]);
  const stacked = stackGraph(new Map([["loss", [loss, 0] as const]]), {
    layout,
    population: method.population,
    axis: () => undefined,
  });
  const model = await compile(stacked.graph, { outputs: stacked.outputs });
  const answers = latest(() => predictedExamples(context, batch, search.compileAnswer));
  return {
    kind: "supervised",
    get updates() {
      return progress.generation;
    },
    async update({ inputs, targets, weights }) {
      const { loss: losses } = await model.run({
        observations: inputs,
        targets,
        weights,
        [populationInput]: progress.stacked,
      });
      const metrics = progress.tell(Float64Array.from(losses!, (each) => -each));
      return { metrics, flops: search.flops(batch) };
    },
    learned: () => ({
      kind: "supervised",
      subject: () => answers.renew().subject(),
      parameters,
      onnx: () => search.onnx(graph, [outputs.logits]),
      size: layout.size,
    }),
    snapshot: () => progress.snapshot(),
    restore: (snapshot) => progress.restore(snapshot),
    async dispose() {
      await answers.dispose();
      await model.dispose();
    },
  };
}

/** Keeps all that was made, so that what an earlier one compiled is freed in the end. */
function latest<T extends { dispose(): Promise<void> }>(make: () => T) {
  const made: T[] = [];
  return {
    renew(): T {
      const one = make();
      made.push(one);
      return one;
    },
    async dispose() {
      for (const one of made) await one.dispose();
    },
  };
}
