/**
 * The way from a memorizer to a generalizer in the space of parameters: the straight line, a trained curve, and the path
 * that training takes. Hubinger et al. 2019 (arXiv 1906.01820), section 2.1 (reachability); Goodfellow et al. 2015
 * (arXiv 1412.6544); Garipov et al. 2018 (arXiv 1802.10026); Ainsworth et al. 2023 (arXiv 2209.04836).
 */
import { z } from "zod";
import type {
  Experiment,
  ExperimentContext,
  ExperimentResult,
  LearnedAlgorithm,
} from "../../core/index.ts";
import { split } from "../../core/index.ts";
import { measurement, type Part } from "../experiments/measurement.ts";
import { unlessStopped } from "../experiments/stopping.ts";
import { seedFrom, trained, untrained } from "../experiments/trained.ts";
import { pacer } from "../phases/index.ts";
import { barrierOf, descentOf, placesOf } from "./along.ts";
import { openCurve } from "./curve.ts";
import {
  gradientDescent,
  knownLosses,
  lossOfLearned,
  lossUnit,
  memorizerFields,
  recurrent,
  regressionWorld,
  statesOf,
} from "./regression.ts";
import { matchedUnits, rearranged } from "./units.ts";

const parameters = z.strictObject({
  ...memorizerFields,
  start: z
    .enum(["same", "other", "memorizer"])
    .default("same")
    .describe(
      "Where the generalizer starts: at the memorizer's first parameters, at others, or at the trained memorizer.",
    ),
  looks: z
    .number()
    .int()
    .min(2)
    .max(200)
    .default(24)
    .describe("Looks at the generalizer in training after the first, evenly spaced."),
  bendUpdates: z.number().int().min(0).default(1200).describe("Updates of a curve's middle point."),
  bendRate: z.number().positive().default(0.005).describe("Learning rate for the middle point."),
  places: z
    .number()
    .int()
    .min(3)
    .max(201)
    .default(21)
    .describe("Places at which a path is measured."),
});

type Parameters = z.infer<typeof parameters>;

/** A path by the losses along it, on the memorizer's instances and on new ones. */
function pathMeasurement(
  id: string,
  own: readonly number[],
  fresh: readonly number[],
  others: Readonly<Record<string, Part>> = {},
) {
  const [ownDescent, freshDescent] = [descentOf(own), descentOf(fresh)];
  const moves = "share of moves that do not raise the loss";
  const parts: Record<string, Part> = {
    barrier: [barrierOf(own), lossUnit],
    barrierNew: [barrierOf(fresh), lossUnit],
    climb: [ownDescent.climb, lossUnit],
    climbNew: [freshDescent.climb, lossUnit],
    monotonicity: [ownDescent.monotonicity, moves],
    monotonicityNew: [freshDescent.monotonicity, moves],
    end: [own.at(-1)!, lossUnit],
    endNew: [fresh.at(-1)!, lossUnit],
    ...others,
  };
  return measurement(id, parts["barrier"]!, parts, { losses: own, lossesNew: fresh });
}

async function walked(p: Parameters, context: ExperimentContext): Promise<ExperimentResult> {
  const { key, signal, report } = context;
  const world = regressionWorld(p, context);
  const { few, many, own, fresh } = world;
  const optimizer = gradientDescent(p);
  let done = 0;
  const tick = () => report(++done);

  const onOwn: number[] = [];
  const onNew: number[] = [];
  const see = async (learned: LearnedAlgorithm) => {
    onOwn.push(await lossOfLearned(few, learned, own));
    onNew.push(await lossOfLearned(many, learned, fresh));
  };
  const [first, second] = [seedFrom(split(key, "memorizer")), seedFrom(split(key, "generalizer"))];
  const memorizer = await trained(optimizer, few as never, { seed: first, signal, report: tick });
  if (!memorizer) throw signal.reason;
  const from = memorizer.learned.parameters();
  const like = await statesOf(memorizer.learned, own);
  if (p.start === "memorizer") await see(memorizer.learned);
  await memorizer.release();
  const start =
    p.start === "memorizer"
      ? memorizer
      : await untrained(optimizer, many as never, p.start === "same" ? first : second, see);
  const at = Array.from({ length: p.looks }, (_, i) =>
    Math.max(1, Math.round(((i + 1) * p.updates) / p.looks)),
  );
  const generalizer = await trained(optimizer, many as never, {
    ...{ seed: second, signal, report: tick, look: { at, see }, from: start.snapshot },
  });
  if (!generalizer) throw signal.reason;
  const to = generalizer.learned.parameters();
  const matched = matchedUnits(p.width, like, await statesOf(generalizer.learned, own));
  await generalizer.release();

  const places = placesOf(p.places);
  const pace = pacer({ signal, report: tick });
  const measurements = [knownLosses(world), pathMeasurement("training", onOwn, onNew)];
  const bends = [
    ["straight", undefined, to],
    ["matched", undefined, rearranged(to, matched)],
    ["curve", few, to],
    ["curve-new", many, to],
  ] as const;
  let straight = 0;
  for (const [id, task, end] of bends) {
    const curve = await openCurve(few, {
      architecture: recurrent,
      architectureParameters: { width: p.width },
      ...{ from, to: end, batch: p.batch, measured: p.measured, learningRate: p.bendRate },
    });
    try {
      if (task) await curve.bend(task, { updates: p.bendUpdates, key: split(key, id), pace });
      const ownLosses = await curve.losses(own.examples, places);
      const newLosses = await curve.losses(fresh.examples, places);
      const barrier = barrierOf(ownLosses);
      if (id === "straight") straight = barrier;
      const lowered: Part = [straight - barrier, lossUnit];
      measurements.push(pathMeasurement(id, ownLosses, newLosses, { lowered }));
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
    "One network learns few keyed regressions by heart, another of the same architecture works out new ones. The loss is measured along the straight line between both, before and after the units of one are matched to those of the other, along a curve whose middle point is trained to lower it, and along the path that training took to the generalizer.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ updates, bendUpdates }) => 2 * updates + 2 * bendUpdates,
  run: (p, context) => unlessStopped(context.signal, () => walked(p, context)),
};
