/** What the landscape experiments share: keyed regression on few instances and on new ones, and who learns it. */
import type { Graph, Tensor } from "@mesascope/graph";
import { z } from "zod";
import { architectures } from "../../architectures/index.ts";
import {
  type BaseOptimizer,
  type ExampleBatch,
  type ExperimentContext,
  type HookValues,
  type Key,
  type LearnedAlgorithm,
  type NetworkArchitecture,
  type SupervisedTask,
  split,
} from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import {
  drawExamples,
  type KeyedRegressionInstance,
  keyedRegression,
  makeTask,
  referenceOutputs,
} from "../../tasks/index.ts";
import { baseOptimizer } from "../../training/index.ts";
import { measurement, type Part } from "../experiments/measurement.ts";
import { seedOf } from "../phases/index.ts";

/** Fields of a zod object: the task, the network, and how a memorizer is made of it. */
export const memorizerFields = {
  dimension: z.number().int().min(1).max(16).default(2).describe("Length of x and of the weights."),
  examples: z.number().int().min(2).max(64).default(6).describe("Examples shown of an instance."),
  noise: z.number().min(1e-6).default(0.25).describe("Variance of the noise on y."),
  keyBits: z.number().int().min(4).max(32).default(16).describe("Bits of an instance's key."),
  diversity: z.number().int().min(1).default(64).describe("Instances N that the memorizer learns."),
  width: z.number().int().min(1).max(512).default(32).describe("Units of the recurrent network."),
  batch: z.number().int().min(1).max(4096).default(64).describe("Examples an update."),
  learningRate: z.number().positive().default(0.005).describe("Learning rate of Adam."),
  updates: z.number().int().min(1).default(3000).describe("Updates that train a network."),
  measured: z.number().int().min(16).default(1024).describe("Examples of each measurement."),
} as const;

type MemorizerFields = z.infer<z.ZodObject<typeof memorizerFields>>;
type Regression = SupervisedTask<KeyedRegressionInstance>;

export const lossUnit = "squared error a prediction";

/** Examples by which losses are measured, with the instance of each. */
interface Measured {
  readonly instances: readonly KeyedRegressionInstance[];
  readonly examples: ExampleBatch;
}

export interface RegressionWorld {
  /** The task of few instances, and the one in which each is new. */
  readonly few: Regression;
  readonly many: Regression;
  /** Examples of the few, and of instances that nothing was trained on. */
  readonly own: Measured;
  readonly fresh: Measured;
}

export function regressionWorld(
  { dimension, examples, noise, keyBits, diversity, measured }: MemorizerFields,
  context: Pick<ExperimentContext, "key">,
): RegressionWorld {
  const { key } = context;
  const family = { dimension, examples, noise, keyBits };
  const seed = seedOf(context);
  const few: Regression = makeTask(keyedRegression, family, { diversity, seed });
  const many: Regression = makeTask(keyedRegression, family, { diversity: "fresh", seed });
  const drawn = (task: Regression, part: "training" | "heldOut", own: Key): Measured => {
    const instances = task[part].draw(split(own, "instances"), measured);
    return { instances, examples: drawExamples(task.rules, instances, split(own, "examples")) };
  };
  return {
    ...{ few, many },
    own: drawn(few, "training", split(key, "own")),
    fresh: drawn(many, "heldOut", split(key, "new")),
  };
}

/** The architecture of all networks here. */
export const recurrent = architectures.get("gru") as NetworkArchitecture<Graph, Tensor>;

/** Adam on a recurrent network: what makes the memorizer. */
export const gradientDescent = ({
  width,
  batch,
  learningRate,
  updates,
}: MemorizerFields): BaseOptimizer =>
  baseOptimizer({
    ...{ architecture: recurrent.id, architectureParameters: { width } },
    ...{ algorithm: "supervised", algorithmParameters: { batch, learningRate } },
    budget: { updates },
  });

const lossOf = ({ rules }: Regression, outputs: Float32Array, examples: ExampleBatch): number =>
  -mean([...rules.score(outputs, examples)]);

/** Mean squared error of a prediction. */
export async function lossOfLearned(
  task: Regression,
  learned: LearnedAlgorithm,
  { examples }: Measured,
): Promise<number> {
  if (learned.kind !== "supervised") throw new Error("a network that predicts was expected");
  return lossOf(task, (await learned.subject().predict(examples)).outputs, examples);
}

/** States of the network's units on the examples. */
export async function statesOf(
  learned: LearnedAlgorithm,
  { examples }: Measured,
): Promise<HookValues> {
  if (learned.kind !== "supervised") throw new Error("a network that predicts was expected");
  return (await learned.subject().predict(examples, { read: ["states"] })).read["states"]!;
}

/** Losses of a predictor with known answers, by the role that it plays in the task. */
export function lossOfKnown(
  { few }: RegressionWorld,
  role: "memorizer" | "generalizer" | "chance",
  { instances, examples }: Measured,
): number {
  return lossOf(few, referenceOutputs(few, few.references[role]!, examples, instances), examples);
}

/** What predictors with known answers lose on the memorizer's instances and on new ones. */
export function knownLosses(world: RegressionWorld) {
  const { own, fresh } = world;
  const of = (role: Parameters<typeof lossOfKnown>[1], on: Measured): Part => [
    lossOfKnown(world, role, on),
    lossUnit,
  ];
  const memory = of("memorizer", own);
  return measurement("known", memory, {
    memorizer: memory,
    generalizer: of("generalizer", own),
    blind: of("chance", own),
    memorizerNew: of("memorizer", fresh),
    generalizerNew: of("generalizer", fresh),
    blindNew: of("chance", fresh),
  });
}
