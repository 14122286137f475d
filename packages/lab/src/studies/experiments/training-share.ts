/**
 * Computation in training against at run time, at a fixed total: what is spent on the one is taken from the other.
 * Hubinger et al. 2019 (arXiv 1906.01820), section 2.1.
 */
import { z } from "zod";
import {
  type DiscreteDistribution,
  type EpisodicTask,
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  type Feedback,
  InputError,
  split,
} from "../../core/index.ts";
import { rewardByStep } from "../../signatures/index.ts";
import { type BanditInstance, type BanditState, keyedBandit, makeTask } from "../../tasks/index.ts";
import {
  actorCritic,
  banditFields,
  bitsOver,
  learnerFields,
  openLearner,
  pacer,
  playedBy,
  practise,
  seedOf,
} from "../phases/index.ts";
import { measurement } from "./measurement.ts";
import { unlessStopped } from "./stopping.ts";

const parameters = z.strictObject({
  ...banditFields,
  ...learnerFields,
  diversity: z.number().int().min(1).describe("Distinct training instances N."),
  ratio: z.number().positive().describe("Operations in training for one at run time."),
  way: z
    .enum(["steps", "width"])
    .describe(
      "What gives way at run time as the ratio grows: the pulls of an episode, or the width of the network.",
    ),
  total: z
    .number()
    .positive()
    .default(16)
    .describe("All computation, in pulls by the network of full width, for each episode deployed."),
  deployed: z
    .number()
    .int()
    .min(1)
    .default(80_000)
    .describe("Episodes that are played after training: their operations are those at run time."),
  episodes: z.number().int().min(16).default(1024).describe("Episodes of each measurement."),
});

export type ShareParameters = z.infer<typeof parameters>;

/** Operations for a parameter and step: forward, and in training forward once more, and two products backward. */
const operations = { atRunTime: 2, inTraining: 8 } as const;

/** Parameters of a GRU with policy and value heads. */
export const gruSize = (features: number, width: number, actions: number): number =>
  3 * width * (features + width + 2) + (actions + 1) * (width + 1);

export interface Allotment {
  readonly steps: number;
  readonly width: number;
  readonly updates: number;
  /** Floating-point operations. */
  readonly inTraining: number;
  readonly atRunTime: number;
}

/**
 * How the total is divided. The ratio sets what is left for run time; that sets the pulls or the width, rounded down;
 * all the rest goes into training.
 * @throws InputError where nothing would be left for one of them.
 */
export function allot(p: ShareParameters): Allotment {
  const features = p.keyBits + p.arms + 1;
  const size = (width: number) => gruSize(features, width, p.arms);
  const whole = operations.atRunTime * p.deployed * p.total * size(p.width);
  const perEpisode = (p.total * size(p.width)) / (1 + p.ratio);
  const steps = p.way === "steps" ? Math.floor(perEpisode / size(p.width) + 1e-9) : p.steps;
  let width = p.width;
  if (p.way === "width") while (width > 0 && steps * size(width) > perEpisode + 1e-9) width--;
  if (steps < 1 || width < 1)
    throw new InputError(
      `a ratio of ${p.ratio} leaves less than one ${p.way === "steps" ? "pull" : "unit"} for run time`,
    );
  const atRunTime = operations.atRunTime * p.deployed * steps * size(width);
  const update = operations.inTraining * p.batch * steps * size(width);
  const updates = Math.round((whole - atRunTime) / update);
  if (updates < 1) throw new InputError(`a ratio of ${p.ratio} leaves no update for training`);
  return { steps, width, updates, inTraining: updates * update, atRunTime };
}

/** One pull by chance. */
const onePull = (p: ShareParameters): DiscreteDistribution =>
  keyedBandit.chance({ ...p, steps: 1 }, { key: [0], arm: 0 });

async function shared(p: ShareParameters, context: ExperimentContext): Promise<ExperimentResult> {
  const { key } = context;
  const allotted = allot(p);
  const { steps, width, updates, inTraining, atRunTime } = allotted;
  const { arms, keyBits, best, others, diversity } = p;
  const task: EpisodicTask<BanditInstance, BanditState> = makeTask(
    keyedBandit,
    { arms, steps, keyBits, best, others },
    { diversity, seed: seedOf(context) },
  );
  const open = await openLearner(actorCritic("gru", { ...p, width }), task, {
    ...{ updates, key: split(key, "learner") },
  });
  try {
    await practise(open, task, { updates, key: split(key, "practice"), pace: pacer(context) });
    const chance = onePull(p);
    const bitsOfPulls = async (
      bandits: readonly BanditInstance[],
      name: string,
      feedback?: Feedback<BanditInstance>,
    ) => {
      const own = split(key, name);
      const episodes = await playedBy(open.learner, task.rules, bandits, own, feedback);
      const rewards = rewardByStep(episodes);
      return { first: bitsOver(rewards[0]!, chance), last: bitsOver(rewards[steps - 1]!, chance) };
    };
    const seen = task.training.draw(split(key, "seen"), p.episodes);
    const novel = task.heldOut.draw(split(key, "novel"), p.episodes);
    const onSeen = await bitsOfPulls(seen, "on seen");
    const { last: onNovel } = await bitsOfPulls(novel, "on novel");
    const { last: withheld } = await bitsOfPulls(seen, "withheld", { kind: "removed" });
    const bits = "bits of the last pull";
    return {
      measurements: [
        measurement("share", [onNovel, bits], {
          runTime: [onNovel, bits],
          tuned: [onSeen.last - onNovel, bits],
          runTimeAblation: [onSeen.last - withheld, bits],
          tunedAblation: [withheld, bits],
          seen: [onSeen.last, bits],
          // Before the first pull nothing is revealed, so all that it is worth was tuned in.
          firstPull: [onSeen.first, "bits of the first pull"],
          steps: [steps, "pulls"],
          width: [width, "units"],
          updates: [updates, "updates"],
          inTraining: [inTraining, "operations"],
          atRunTime: [atRunTime, "operations"],
          ratio: [inTraining / atRunTime, "operations in training for one at run time"],
        }),
      ],
    };
  } finally {
    await open.learner.dispose();
  }
}

export const trainingShare: Experiment<ShareParameters> = {
  id: "training-share",
  title: "Computation in training or at run time",
  description:
    "The floating-point operations of training and of all deployed episodes have one sum. The larger the share of training, the fewer pulls, or units, are left for an episode; measured is how many bits the last pull owes to what training put in, and how many to what the episode showed.",
  parameters,
  unit: "updates",
  trains: true,
  work: (p) => allot(p).updates,
  run: (p, context) => unlessStopped(context.signal, () => shared(p, context)),
};
