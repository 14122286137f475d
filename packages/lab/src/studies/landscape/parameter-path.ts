/**
 * The way from a memorizer to a generalizer in the space of parameters: the straight line, a trained curve, and the path
 * that training takes. Hubinger et al. 2019 (arXiv 1906.01820), section 2.1 (reachability); Goodfellow et al. 2015
 * (arXiv 1412.6544); Garipov et al. 2018 (arXiv 1802.10026).
 */
import { z } from "zod";
import { architectures } from "../../architectures/index.ts";
import {
  type ExampleBatch,
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  type Key,
  type LearnedAlgorithm,
  type NamedArrays,
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
import { unlessStopped } from "../experiments/stopping.ts";
import { seedFrom, trained, untrained } from "../experiments/trained.ts";
import { pacer, seedOf } from "../phases/index.ts";
import { barrierOf, descentOf, placesOf } from "./along.ts";
import { openCurve } from "./curve.ts";

const parameters = z.strictObject({
  dimension: z.number().int().min(1).max(16).default(2).describe("Length of x and of the weights."),
  examples: z.number().int().min(2).max(64).default(6).describe("Examples shown of an instance."),
  noise: z.number().min(1e-6).default(0.25).describe("Variance of the noise on y."),
  keyBits: z.number().int().min(4).max(32).default(16).describe("Bits of an instance's key."),
  diversity: z.number().int().min(1).default(64).describe("Instances N that the memorizer learns."),
  start: z
    .enum(["same", "other", "memorizer"])
    .default("same")
    .describe(
      "Where the generalizer starts: at the memorizer's first parameters, at others, or at the trained memorizer.",
    ),
  width: z.number().int().min(1).max(512).default(32).describe("Units of the recurrent network."),
  batch: z.number().int().min(1).max(4096).default(64).describe("Examples an update."),
  learningRate: z.number().positive().default(0.005).describe("Learning rate of Adam."),
  updates: z.number().int().min(1).default(2400).describe("Updates of each of the two networks."),
  looks: z
    .number()
    .int()
    .min(2)
    .max(200)
    .default(24)
    .describe("Looks at the generalizer in training, evenly spaced."),
  bendUpdates: z.number().int().min(0).default(1200).describe("Updates of a curve's middle point."),
  bendRate: z.number().positive().default(0.005).describe("Learning rate for the middle point."),
  places: z
    .number()
    .int()
    .min(3)
    .max(201)
    .default(21)
    .describe("Places at which a path is measured."),
  measured: z.number().int().min(16).default(1024).describe("Examples of each measurement."),
});

type Parameters = z.infer<typeof parameters>;
type Regression = SupervisedTask<KeyedRegressionInstance>;

const unit = "squared error a prediction";

/** The examples by which losses are measured: the memorizer's own instances, and ones that nothing was trained on. */
interface Measured {
  readonly instances: readonly KeyedRegressionInstance[];
  readonly examples: ExampleBatch;
}

function drawn(task: Regression, part: "training" | "heldOut", count: number, key: Key): Measured {
  const instances = task[part].draw(split(key, "instances"), count);
  return { instances, examples: drawExamples(task.rules, instances, split(key, "examples")) };
}

const lossOf = ({ rules }: Regression, outputs: Float32Array, examples: ExampleBatch): number =>
  -mean([...rules.score(outputs, examples)]);

async function lossOfLearned(
  task: Regression,
  learned: LearnedAlgorithm,
  { examples }: Measured,
): Promise<number> {
  if (learned.kind !== "supervised") throw new Error("a network that predicts was expected");
  return lossOf(task, (await learned.subject().predict(examples)).outputs, examples);
}

/** What predictors with known answers lose: the posterior over the memorizer's instances, and that over all. */
function knownLosses(task: Regression, own: Measured, fresh: Measured) {
  const { memorizer, generalizer, chance } = task.references;
  const of = (id: string, { instances, examples }: Measured): Part => [
    lossOf(task, referenceOutputs(task, id, examples, instances), examples),
    unit,
  ];
  const memory = of(memorizer!, own);
  return measurement("known", memory, {
    memorizer: memory,
    generalizer: of(generalizer!, own),
    blind: of(chance, own),
    memorizerNew: of(memorizer!, fresh),
    generalizerNew: of(generalizer!, fresh),
    blindNew: of(chance, fresh),
  });
}

/** A path by the losses along it, on the memorizer's instances and on new ones. */
function pathMeasurement(id: string, own: readonly number[], fresh: readonly number[]) {
  const [ownDescent, freshDescent] = [descentOf(own), descentOf(fresh)];
  const moves = "share of moves that do not raise the loss";
  const parts: Record<string, Part> = {
    barrier: [barrierOf(own), unit],
    barrierNew: [barrierOf(fresh), unit],
    climb: [ownDescent.climb, unit],
    climbNew: [freshDescent.climb, unit],
    monotonicity: [ownDescent.monotonicity, moves],
    monotonicityNew: [freshDescent.monotonicity, moves],
  };
  return measurement(id, parts["barrier"]!, parts, { losses: own, lossesNew: fresh });
}

async function walked(p: Parameters, context: ExperimentContext): Promise<ExperimentResult> {
  const { key, signal, report } = context;
  const { dimension, examples, noise, keyBits } = p;
  const family = { dimension, examples, noise, keyBits };
  const seed = seedOf(context);
  const few: Regression = makeTask(keyedRegression, family, { diversity: p.diversity, seed });
  const many: Regression = makeTask(keyedRegression, family, { diversity: "fresh", seed });
  const own = drawn(few, "training", p.measured, split(key, "own"));
  const fresh = drawn(many, "heldOut", p.measured, split(key, "new"));
  const optimizer = baseOptimizer({
    ...{ architecture: "gru", architectureParameters: { width: p.width } },
    algorithm: "supervised",
    algorithmParameters: { batch: p.batch, learningRate: p.learningRate },
    budget: { updates: p.updates },
  });
  let done = 0;
  const tick = () => report(++done);

  const firstSeed = seedFrom(split(key, "memorizer"));
  const memorizer = await trained(optimizer, few as never, {
    seed: firstSeed,
    signal,
    report: tick,
  });
  if (!memorizer) signal.throwIfAborted();
  const from = memorizer!.learned.parameters();
  const onwards = memorizer!.snapshot;
  await memorizer!.release();

  const onOwn: number[] = [];
  const onNew: number[] = [];
  const see = async (learned: LearnedAlgorithm) => {
    onOwn.push(await lossOfLearned(few, learned, own));
    onNew.push(await lossOfLearned(many, learned, fresh));
  };
  const starts: Record<Parameters["start"], () => Promise<NamedArrays> | undefined> = {
    same: () => untrained(optimizer, many as never, firstSeed),
    other: () => undefined,
    memorizer: () => Promise.resolve(onwards),
  };
  const start = await starts[p.start]();
  const at = Array.from({ length: p.looks }, (_, i) =>
    Math.max(1, Math.round(((i + 1) * p.updates) / p.looks)),
  );
  const generalizer = await trained(optimizer, many as never, {
    ...{ seed: seedFrom(split(key, "generalizer")), signal, report: tick, look: { at, see } },
    ...(start ? { from: start } : {}),
  });
  if (!generalizer) signal.throwIfAborted();
  const to = generalizer!.learned.parameters();
  await generalizer!.release();

  const places = placesOf(p.places);
  const pace = pacer({ signal, report: tick });
  const measurements = [knownLosses(few, own, fresh), pathMeasurement("training", onOwn, onNew)];
  const bends = [
    ["straight", undefined],
    ["curve", few],
    ["curve-new", many],
  ] as const;
  for (const [id, task] of bends) {
    const curve = await openCurve(few, {
      architecture: architectures.get("gru") as never,
      architectureParameters: { width: p.width },
      ...{ from, to, batch: p.batch, measured: p.measured, learningRate: p.bendRate },
    });
    try {
      if (task) await curve.bend(task, { updates: p.bendUpdates, key: split(key, id), pace });
      measurements.push(
        pathMeasurement(
          id,
          await curve.losses(own.examples, places),
          await curve.losses(fresh.examples, places),
        ),
      );
    } finally {
      await curve.dispose();
    }
  }
  return { measurements };
}

export const parameterPath: Experiment<Parameters> = {
  id: "parameter-path",
  title: "From a memorizer to a generalizer in the space of parameters",
  description:
    "One network learns few keyed regressions by heart, another of the same architecture works out new ones. The loss is measured along the straight line between both, along a curve whose middle point is trained to lower it, and along the path that training took to the generalizer.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ updates, bendUpdates }) => 2 * updates + 2 * bendUpdates,
  run: (p, context) => unlessStopped(context.signal, () => walked(p, context)),
};
