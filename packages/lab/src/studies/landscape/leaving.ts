/**
 * How well base optimizers leave a memorizer once every instance is new, at one budget of network evaluations. Hubinger
 * et al. 2019 (arXiv 1906.01820), section 2.1 (reachability): how well the base optimizer leaves local optima.
 */
import { z } from "zod";
import {
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  parseParameters,
  split,
} from "../../core/index.ts";
import { interfaceOf, updater } from "../../training/index.ts";
import { measurement } from "../experiments/measurement.ts";
import { unlessStopped } from "../experiments/stopping.ts";
import { seedFrom, trained, untrained } from "../experiments/trained.ts";
import { pacer } from "../phases/index.ts";
import { descentOf } from "./along.ts";
import { chosenMethod, gradientCost, methods } from "./methods.ts";
import {
  gradientDescent,
  knownLosses,
  lossOfKnown,
  lossOfLearned,
  lossUnit,
  memorizerFields,
  recurrent,
  regressionWorld,
} from "./regression.ts";
import { startingFrom } from "./starting.ts";

const parameters = z.strictObject({
  ...memorizerFields,
  start: z
    .enum(["memorizer", "drawn"])
    .default("memorizer")
    .describe("Start at the trained memorizer, or at the parameters that it began with."),
  method: z.enum(methods).describe("The base optimizer that goes on, on new instances."),
  step: z
    .number()
    .positive()
    .default(1)
    .describe("Factor of its step: of a learning rate, or of the deviation of candidates."),
  breadth: z
    .number()
    .positive()
    .default(1)
    .describe("Factor of what an update compares: examples of a gradient, or candidates."),
  evaluations: z
    .number()
    .int()
    .min(1)
    .default(768_000)
    .describe("Budget: examples that pass forward through a network; a way back counts as two."),
  looks: z
    .number()
    .int()
    .min(2)
    .max(200)
    .default(16)
    .describe("Looks, evenly spaced in the budget."),
});

type Parameters = z.infer<typeof parameters>;

const spentOnMemorizer = (p: Parameters) =>
  p.start === "memorizer" ? gradientCost * p.batch * p.updates : 0;

/** Parameters to start with. */
async function startOf(
  p: Parameters,
  { few }: ReturnType<typeof regressionWorld>,
  { key, signal, report }: ExperimentContext,
) {
  const optimizer = gradientDescent(p);
  const seed = seedFrom(split(key, "memorizer"));
  let done = 0;
  const tick = () => report(++done * gradientCost * p.batch);
  const network =
    p.start === "drawn"
      ? await untrained(optimizer, few as never, seed)
      : await trained(optimizer, few as never, { seed, signal, report: tick });
  if (!network) throw signal.reason;
  const values = network.learned.parameters();
  await network.release();
  return values;
}

async function left(p: Parameters, context: ExperimentContext): Promise<ExperimentResult> {
  const { key, signal, report } = context;
  const world = regressionWorld(p, context);
  const { many, own, fresh } = world;
  const values = await startOf(p, world, context);
  const { algorithm, parameters: given, evaluations } = chosenMethod(p);
  const chosen = parseParameters(algorithm, given);
  const updates = Math.max(1, Math.floor(p.evaluations / evaluations));
  const learner = await algorithm.create({
    architecture: startingFrom(recurrent, values),
    architectureParameters: { width: p.width },
    parameters: chosen,
    io: interfaceOf(many as never),
    loss: many.rules.loss,
    budget: { updates },
    key: split(key, "learner"),
  });
  if (learner.kind !== "supervised") throw new Error("a learner that predicts was expected");
  try {
    const update = updater(many as never, learner, {
      ...{ batch: algorithm.batch(chosen), candidates: algorithm.candidates?.(chosen) },
    });
    const before = spentOnMemorizer(p);
    const pace = pacer({ signal, report: (done) => report(before + done * evaluations) });
    const onNew = [await lossOfLearned(many, learner.learned(), fresh)];
    for (let done = 0, look = 1; done < updates; ) {
      await update(split(key, "update", done++));
      await pace();
      if (done < Math.round((look * updates) / p.looks)) continue;
      onNew.push(await lossOfLearned(many, learner.learned(), fresh));
      look++;
    }
    const [blind, best] = [
      lossOfKnown(world, "chance", fresh),
      lossOfKnown(world, "generalizer", fresh),
    ];
    const progress = onNew.map((loss) => (blind - loss) / (blind - best));
    const { monotonicity, climb } = descentOf(onNew);
    const share = "share of the way from the best blind predictor to the best";
    const end = progress.at(-1)!;
    return {
      measurements: [
        measurement(
          "leaving",
          [end, share],
          {
            progress: [end, share],
            reached: [end >= 0.5 ? 1 : 0, "whether half the way was made"],
            loss: [onNew.at(-1)!, lossUnit],
            lossOwn: [await lossOfLearned(many, learner.learned(), own), lossUnit],
            climb: [climb, lossUnit],
            monotonicity: [monotonicity, "share of moves that do not raise the loss"],
            updates: [updates, "updates"],
          },
          { losses: onNew, progressByLook: progress },
        ),
        knownLosses(world),
      ],
    };
  } finally {
    await learner.dispose();
  }
}

export const leavingMemorizer: Experiment<Parameters> = {
  id: "leaving-a-memorizer",
  title: "Leaving a memorizer",
  description:
    "A network that has learned few keyed regressions by heart goes on where every regression is new, under one of several base optimizers with the same budget of network evaluations. Measured is how far it comes from the best blind predictor to the best predictor of all.",
  parameters,
  unit: "evaluations",
  trains: true,
  work: (p) => spentOnMemorizer(p) + p.evaluations,
  run: (p, context) => unlessStopped(context.signal, () => left(p, context)),
};
