/**
 * Modelling optimizers: a network learns to predict sequences that bandit searchers left, or the same with rewards that
 * have nothing to do with them; then, with new heads, it learns to act. Hubinger et al. 2019 (arXiv 1906.01820),
 * section 2.1.
 */
import { z } from "zod";
import {
  type EpisodicTask,
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  type Key,
  type Measurement,
  split,
} from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import {
  type BanditInstance,
  type BanditState,
  keyedBandit,
  makeTask,
  negatedRules,
} from "../../tasks/index.ts";
import {
  probeRuledOut,
  searchersEpisodes,
  sequenceEntropies,
  type Target,
  toPredict,
  withOthersRewards,
} from "../modelling/index.ts";
import {
  actorCritic,
  attempt,
  banditFields,
  bitsOver,
  bodyOf,
  imitator,
  learnerFields,
  meanReward,
  type OpenLearner,
  openLearner,
  type Pace,
  pacer,
  playedBy,
  seedOf,
} from "../phases/index.ts";
import { measurement, type Part } from "./measurement.ts";
import { unlessStopped } from "./stopping.ts";

/** What is predicted in the first phase, and whether rewards are those of the actions beside them. */
const phases = {
  nothing: undefined,
  searchers: { target: "actions", shuffled: false },
  shuffled: { target: "actions", shuffled: true },
  outcomes: { target: "outcomes", shuffled: false },
  "shuffled-outcomes": { target: "outcomes", shuffled: true },
} as const satisfies Record<string, { target: Target; shuffled: boolean } | undefined>;

const parameters = z.strictObject({
  ...banditFields,
  ...learnerFields,
  modelled: z
    .enum(Object.keys(phases) as [keyof typeof phases, ...(keyof typeof phases)[]])
    .describe(
      "What is predicted first: searchers' actions; the same with another episode's rewards; the outcomes of searchers' actions, likewise; or nothing.",
    ),
  objective: z
    .enum(["negated", "same"])
    .default("negated")
    .describe("Whether what searchers went for is what must be left, or what pays as before."),
  modelling: z.number().int().min(1).default(400).describe("Updates of the first phase."),
  updates: z.number().int().min(1).default(600).describe("Most updates of the second."),
  every: z.number().int().min(1).default(10).describe("Updates between two looks at the score."),
  enough: z.number().positive().default(4.5).describe("The score, in reward, that is enough."),
  episodes: z.number().int().min(32).default(512).describe("Episodes of each measurement."),
});

type Parameters = z.infer<typeof parameters>;
type Bandits = EpisodicTask<BanditInstance, BanditState>;

const banditsOf = (p: Parameters, seed: number): Bandits => {
  const { arms, steps, keyBits, best, others } = p;
  return makeTask(
    keyedBandit,
    { arms, steps, keyBits, best, others },
    { diversity: "fresh", seed },
  );
};

/** A learner of what is predicted: it imitates what it is shown, and never acts. */
const predictorOf = (p: Parameters, task: Bandits, key: Key): Promise<OpenLearner> => {
  const outputs = phases[p.modelled]?.target === "outcomes" ? 2 : p.arms;
  // What it is shown takes the place of the teacher's advice.
  const description = imitator("gru", p, "reference");
  return openLearner(description, task, { updates: p.modelling, key, outputs });
};

async function sequences(p: Parameters, task: Bandits, count: number, key: Key) {
  const own = await searchersEpisodes(task, count, key);
  return phases[p.modelled]?.shuffled ? withOthersRewards(task.rules, own) : own;
}

/** The first phase; gives the mean loss of its last tenth, in bits a step. */
async function model(p: Parameters, open: OpenLearner, task: Bandits, key: Key, pace: Pace) {
  const { target } = phases[p.modelled]!;
  const losses: number[] = [];
  for (let update = 0; update < p.modelling; update++) {
    const shown = await sequences(p, task, p.batch, split(key, update));
    const { metrics } = await open.learner.update(toPredict(shown, target));
    losses.push(metrics["loss"]! / Math.LN2);
    await pace();
  }
  return mean(losses.slice(-Math.ceil(p.modelling / 10)));
}

/** What the predictor holds: what it does when its predictions are let act, and which arms it knows to be ruled out. */
async function signatures(p: Parameters, { learner }: OpenLearner, task: Bandits, key: Key) {
  const twin = await predictorOf(p, task, split(key, "twin"));
  try {
    const bandits = task.validation.draw(split(key, "bandits"), p.episodes);
    const probes = split(key, "probes");
    const own = await probeRuledOut(learner, task.rules, bandits, probes);
    const untrained = await probeRuledOut(twin.learner, task.rules, bandits, probes);
    const parts: Record<string, Part> = {
      ruledOut: [own.probe - Math.max(own.observation, untrained.probe), "macro-F1"],
      ruledOutProbe: [own.probe, "macro-F1"],
      ruledOutObserved: [own.observation, "macro-F1"],
      ruledOutTwin: [untrained.probe, "macro-F1"],
    };
    if (phases[p.modelled]?.target !== "outcomes") {
      const played = await playedBy(learner, task.rules, bandits, split(key, "played"));
      parts["played"] = [bitsOver(meanReward(played), task.chance(bandits[0]!)), "bits"];
    }
    return parts;
  } finally {
    await twin.learner.dispose();
  }
}

/** The second phase: from the predictor's body, with new heads, on bandits that it never met. */
function act(p: Parameters, from: OpenLearner, task: Bandits, key: Key, pace: Pace) {
  const changed = p.objective === "same" ? task : { ...task, rules: negatedRules(p) };
  return attempt(actorCritic("gru", p), changed, {
    ...{ updates: p.updates, key, pace, every: p.every, enough: p.enough },
    from: bodyOf(from.learner.learned().parameters()),
    instances: changed.validation.draw(split(key, "bandits"), p.episodes),
  });
}

async function modelled(p: Parameters, context: ExperimentContext): Promise<ExperimentResult> {
  const { key } = context;
  const pace = pacer(context);
  const task = banditsOf(p, seedOf(context));
  const open = await predictorOf(p, task, split(key, "predictor"));
  try {
    const measurements: Measurement[] = [];
    if (phases[p.modelled]) {
      const loss = await model(p, open, task, split(key, "modelling"), pace);
      const shown = await sequences(p, task, 4096, split(key, "entropies"));
      const { actions, rewards, mutual } = sequenceEntropies(shown);
      measurements.push(
        measurement("sequences", [actions, "bits"], {
          actions: [actions, "bits"],
          rewards: [rewards, "bits"],
          mutual: [mutual, "bits"],
          loss: [loss * p.steps, "bits"],
        }),
      );
    }
    const found = await signatures(p, open, task, split(key, "signatures"));
    measurements.push(measurement("predictor", found["ruledOut"]!, found));
    const { updates, reached, scores } = await act(p, open, task, split(key, "acting"), pace);
    measurements.push(
      measurement(
        "acting",
        [updates, "updates"],
        {
          updates: [updates, "updates"],
          reached: [reached ? 1 : 0, "whether the score was reached"],
        },
        { scores },
      ),
    );
    return { measurements };
  } finally {
    await open.learner.dispose();
  }
}

export const humanModelling: Experiment<Parameters> = {
  id: "human-modelling",
  title: "Modelling searchers, then searching",
  description:
    "A recurrent network learns to predict what bandit searchers do, or what comes of it, or the same actions beside the rewards of another episode. With new heads it then learns to act on fresh bandits with the objective changed; counted are the updates until a fixed score.",
  parameters,
  unit: "updates",
  trains: true,
  work: ({ modelled: what, modelling, updates }) => (what === "nothing" ? 0 : modelling) + updates,
  run: (p, context) => unlessStopped(context.signal, () => modelled(p, context)),
};
