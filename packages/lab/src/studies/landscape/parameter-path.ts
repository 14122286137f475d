/**
 * The way from a memorizer to a generalizer in the space of parameters: the straight line, a trained curve, and the path
 * that training takes. Hubinger et al. 2019 (arXiv 1906.01820), section 2.1 (reachability); Goodfellow et al. 2015
 * (arXiv 1412.6544); Garipov et al. 2018 (arXiv 1802.10026); Ainsworth et al. 2023 (arXiv 2209.04836).
 */
import { z } from "zod";
import {
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  type LearnedAlgorithm,
  type NamedArrays,
  split,
} from "../../core/index.ts";
import { measurement, type Part } from "../experiments/measurement.ts";
import { unlessStopped } from "../experiments/stopping.ts";
import { seedFrom, type Trained, trained, untrained } from "../experiments/trained.ts";
import { pacer } from "../phases/index.ts";
import { barrierOf, descentOf, placesOf } from "./along.ts";
import { openCurve } from "./curve.ts";
import {
  gradientDescent,
  knownLosses,
  lossOfLearned,
  lossUnit,
  memorizerFields,
  type RegressionWorld,
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

/** Trains both networks; gives their parameters, the states of their units, and the losses on the generalizer's way. */
async function bothTrained(
  p: Parameters,
  { few, many, own, fresh }: RegressionWorld,
  { key, signal }: ExperimentContext,
  report: () => void,
) {
  const optimizer = gradientDescent(p);
  const onOwn: number[] = [];
  const onNew: number[] = [];
  const see = async (learned: LearnedAlgorithm) => {
    onOwn.push(await lossOfLearned(few, learned, own));
    onNew.push(await lossOfLearned(many, learned, fresh));
  };
  const kept = async ({ learned, release }: Trained) => {
    const network = { parameters: learned.parameters(), states: await statesOf(learned, own) };
    await release();
    return network;
  };
  const [first, second] = [seedFrom(split(key, "memorizer")), seedFrom(split(key, "generalizer"))];
  const memorizer = await trained(optimizer, few as never, { seed: first, signal, report });
  if (!memorizer) throw signal.reason;
  if (p.start === "memorizer") await see(memorizer.learned);
  const from = await kept(memorizer);
  let start = memorizer.snapshot;
  if (p.start !== "memorizer") {
    const drawn = await untrained(optimizer, many as never, p.start === "same" ? first : second);
    await see(drawn.learned);
    start = drawn.snapshot;
    await drawn.release();
  }
  const at = Array.from({ length: p.looks }, (_, i) =>
    Math.max(1, Math.round(((i + 1) * p.updates) / p.looks)),
  );
  const generalizer = await trained(optimizer, many as never, {
    ...{ seed: second, signal, report, look: { at, see }, from: start },
  });
  if (!generalizer) throw signal.reason;
  return { from, to: await kept(generalizer), onOwn, onNew };
}

async function walked(p: Parameters, context: ExperimentContext): Promise<ExperimentResult> {
  const { key, signal, report } = context;
  const world = regressionWorld(p, context);
  const { few, many, own, fresh } = world;
  let done = 0;
  const tick = () => report(++done);
  const { from, to, onOwn, onNew } = await bothTrained(p, world, context, tick);
  const matched = rearranged(to.parameters, matchedUnits(p.width, from.states, to.states));
  const pace = pacer({ signal, report: tick });

  /** The losses along the path to these parameters, straight, or bent for a task. */
  const path = async (id: string, end: NamedArrays, task?: RegressionWorld["few"]) => {
    const curve = await openCurve(few, {
      ...{ architecture: recurrent, architectureParameters: { width: p.width } },
      ...{ from: from.parameters, to: end, batch: p.batch },
      ...{ measured: p.measured, learningRate: p.bendRate },
    });
    try {
      if (task) await curve.bend(task, { updates: p.bendUpdates, key: split(key, id), pace });
      const places = placesOf(p.places);
      return {
        ...{ id, onOwn: await curve.losses(own.examples, places) },
        onNew: await curve.losses(fresh.examples, places),
      };
    } finally {
      await curve.dispose();
    }
  };
  const paths = [
    await path("straight", to.parameters),
    await path("matched", matched),
    await path("curve", to.parameters, few),
    await path("curve-new", to.parameters, many),
  ];
  const straight = barrierOf(paths[0]!.onOwn);
  return {
    measurements: [
      knownLosses(world),
      pathMeasurement("training", onOwn, onNew),
      ...paths.map((one) =>
        pathMeasurement(one.id, one.onOwn, one.onNew, {
          lowered: [straight - barrierOf(one.onOwn), lossUnit],
        }),
      ),
    ],
  };
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
