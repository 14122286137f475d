/**
 * Adjusting at once or after the fact: a bandit changes in mid-episode, for a learner that could learn its instances by
 * heart and for one that met each only once. Hubinger et al. 2019 (arXiv 1906.01820), section 2.1.
 */
import { z } from "zod";
import {
  type BatchPolicy,
  type EpisodicTask,
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  type InstanceSource,
  type Key,
  type Measurement,
  type NamedArrays,
  Random,
  split,
} from "../../core/index.ts";
import { rewardByStep } from "../../signatures/index.ts";
import { mean } from "../../stats/index.ts";
import {
  type BanditInstance,
  type BanditState,
  finiteSource,
  keyedBandit,
  makeTask,
  playEpisodes,
  type Surprise,
  solverPolicy,
  surprisingRules,
} from "../../tasks/index.ts";
import {
  actorCritic,
  attempt,
  banditFields,
  bitsOver,
  learnerFields,
  meanReward,
  openLearner,
  type Pace,
  pacer,
  playedBy,
  practise,
  seedOf,
} from "../phases/index.ts";
import { measurement, type Part } from "./measurement.ts";
import { unlessStopped } from "./stopping.ts";

const parameters = z
  .strictObject({
    ...banditFields,
    ...learnerFields,
    architecture: z.enum(["gru", "mlp", "mlp-feedback"]).default("gru").describe("Id."),
    diversity: z
      .union([z.number().int().min(1), z.literal("fresh")])
      .describe("Distinct training instances N, or `fresh`."),
    change: z.number().int().min(2).default(6).describe("Steps before the surprise."),
    moves: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe("Share of training episodes in which the paying arm moves, at any step."),
    updates: z.number().int().min(1).default(1000).describe("Updates before the surprise."),
    further: z.number().int().min(1).default(1000).describe("Most updates after it."),
    furtherEntropy: z
      .number()
      .min(0)
      .default(0.3)
      .describe("Weight of the entropy bonus at the first of them; it fades as before."),
    every: z.number().int().min(1).default(10).describe("Updates between two looks."),
    enough: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe("Share of the score above chance that counts as recovered."),
    episodes: z.number().int().min(16).default(512).describe("Episodes of each measurement."),
  })
  .refine(({ change, steps }) => change + 2 <= steps, {
    path: ["change"],
    error: "two steps at least must be left after the surprise",
  });

type Parameters = z.infer<typeof parameters>;
type Bandits = EpisodicTask<BanditInstance, BanditState>;

/** Steps at the end of each half over which a level of reward is taken. */
const settled = 2;

const chanceAStep = ({ arms, best, others }: Parameters) => (best + (arms - 1) * others) / arms;

/** The same bandit with another arm that pays. */
const moved = ({ key, arm }: BanditInstance, arms: number, random: Random): BanditInstance => ({
  key,
  arm: (arm + 1 + random.integer(arms - 1)) % arms,
});

/** Training on a source of bandits, some of which may surprise. */
function worldOf(p: Parameters, task: Bandits, bandits: InstanceSource<BanditInstance>) {
  const source: InstanceSource<Surprise> = {
    diversity: bandits.diversity,
    all: undefined,
    draw(key, count) {
      const random = new Random(split(key, "surprises"));
      return bandits.draw(split(key, "bandits"), count).map((before) => {
        const surprises = random.uniform() < p.moves;
        return {
          ...{ before, after: moved(before, p.arms, random) },
          change: surprises ? 1 + random.integer(p.steps - 1) : p.steps,
        };
      });
    },
  };
  return { ...task, rules: surprisingRules(p), training: source } as unknown as EpisodicTask<
    Surprise,
    BanditState
  >;
}

/** The surprises of this key's draw: for N bandits one each, the same in every episode. */
function surprises(p: Parameters, task: Bandits, key: Key): Record<string, readonly Surprise[]> {
  const { all } = task.training;
  const random = new Random(split(key, "arms"));
  const known = all ?? task.training.draw(split(key, "bandits"), p.episodes);
  const names = task.validation.draw(split(key, "names"), known.length);
  const { change } = p;
  return {
    moved: known.map((before) => ({ before, after: moved(before, p.arms, random), change })),
    // A new key whose arm is the old one's would be no surprise.
    "new-key": known.map((before, i) => ({
      ...{ before, change },
      after: { ...moved(before, p.arms, random), key: names[i]!.key },
    })),
  };
}

/** What a policy earns in episodes with a surprise. */
async function atOnce(p: Parameters, policy: BatchPolicy, episodes: readonly Surprise[], key: Key) {
  const played = await playEpisodes(surprisingRules(p), episodes, policy as never, { key });
  const rewards = rewardByStep(played);
  const gain = (end: number) => mean(rewards.slice(end - settled, end)) - chanceAStep(p);
  const left = { ...p, steps: p.steps - p.change };
  return {
    rewards,
    recovered: gain(p.steps) / gain(p.change),
    bits: bitsOver(meanReward(played, p.change), keyedBandit.chance(left, episodes[0]!.after)),
  };
}

/** Updates that a learner with these parameters needs until it does as well in the changed world as it did before. */
function afterTheFact(
  p: Parameters,
  from: NamedArrays,
  changed: EpisodicTask<Surprise, BanditState>,
  { enough, key, pace }: { readonly enough: number; readonly key: Key; readonly pace: Pace },
) {
  const again = { ...p, entropyStart: p.furtherEntropy };
  return attempt(actorCritic(p.architecture, again), changed, {
    ...{ updates: p.further, key, pace, every: p.every, enough, from },
    instances: changed.training.draw(split(key, "measured"), p.episodes),
  });
}

async function adjusted(p: Parameters, context: ExperimentContext): Promise<ExperimentResult> {
  const { key } = context;
  const pace = pacer(context);
  const { arms, steps, keyBits, best, others, diversity } = p;
  const task = makeTask(
    keyedBandit,
    { arms, steps, keyBits, best, others },
    { diversity, seed: seedOf(context) },
  );
  const world = worldOf(p, task, task.training);
  const open = await openLearner(actorCritic(p.architecture, p), world, {
    ...{ updates: p.updates, key: split(key, "learner") },
  });
  try {
    await practise(open, world, { updates: p.updates, key: split(key, "practice"), pace });
    const instances = world.training.draw(split(key, "measured"), p.episodes);
    const played = await playedBy(open.learner, world.rules, instances, split(key, "episodes"));
    const before = meanReward(played);
    const chance = steps * chanceAStep(p);
    const enough = chance + p.enough * (before - chance);
    const from = open.learner.learned().parameters();
    const measurements: Measurement[] = [];
    for (const [name, all] of Object.entries(surprises(p, task, key))) {
      const own = split(key, name);
      const random = new Random(split(own, "drawn"));
      const episodes = Array.from({ length: p.episodes }, () => all[random.integer(all.length)]!);
      const share = "share of the reward above chance";
      const once = await atOnce(p, open.learner.explorer, episodes, split(own, "episodes"));
      const solvers: Record<string, Part> = {};
      for (const solver of task.solvers.filter(({ id }) => id === "trial" || id === "bayes")) {
        const policy = solverPolicy(solver) as BatchPolicy;
        const { recovered } = await atOnce(p, policy, episodes, split(own, solver.id));
        solvers[solver.id] = [recovered, share];
      }
      // Where each instance is met once, new ones are what it is used to.
      const after =
        diversity === "fresh" ? task.training : finiteSource(all.map((one) => one.after));
      const changed = worldOf(p, task, after);
      const late = await afterTheFact(p, from, changed, { enough, key: own, pace });
      measurements.push(
        measurement(
          name,
          [once.recovered, share],
          {
            recovered: [once.recovered, share],
            ...solvers,
            bits: [once.bits, "bits"],
            updates: [late.updates, "updates"],
            reached: [late.reached ? 1 : 0, "whether the old score was reached again"],
            undisturbed: [before, "reward"],
          },
          { reward: once.rewards, scores: late.scores },
        ),
      );
    }
    return { measurements };
  } finally {
    await open.learner.dispose();
  }
}

export const exPost: Experiment<Parameters> = {
  id: "ex-post",
  title: "Adjusting at once or after the fact",
  description:
    "A learner is trained on N keyed bandits or on fresh ones. Then a bandit changes in mid-episode: its paying arm moves, or its key is a new one. How much of its reward a learner has back at the end of the same episode is set beside the updates that it needs until it does as well as before.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ updates, further }) => updates + 2 * further,
  run: (p, context) => unlessStopped(context.signal, () => adjusted(p, context)),
};
