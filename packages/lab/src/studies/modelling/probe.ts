/**
 * Does a predictor's state hold which arms have been ruled out? A linear probe, asked while somebody acts at random,
 * beside the same probe of what is observed at that step, and of an untrained twin. Hewitt and Liang 2019
 * (arXiv 1909.03368) on why a probe needs baselines.
 */
import {
  type BatchPolicy,
  type EpisodicLearner,
  type EpisodicRules,
  type Key,
  Random,
  split,
} from "../../core/index.ts";
import {
  confusions,
  type Design,
  logisticRegression,
  logOdds,
  macroF1,
} from "../../stats/index.ts";
import { type BanditInstance, type BanditState, playEpisodes } from "../../tasks/index.ts";

type Rules = EpisodicRules<BanditInstance, BanditState>;

/** Plays arms at random while `watcher` sees what happens. */
function watched(watcher: BatchPolicy, arms: number, random: Random): BatchPolicy {
  return {
    ...watcher,
    async decide(batch) {
      const { read } = await watcher.decide(batch);
      const actions = Int32Array.from({ length: batch.size }, () => random.integer(arms));
      return { actions, ...(read ? { read } : {}) };
    },
  };
}

/** Hidden states, observations, and what was ruled out, at each step but the first; rows are `step, episode`. */
async function watchedEpisodes(
  learner: EpisodicLearner,
  rules: Rules,
  bandits: readonly BanditInstance[],
  key: Key,
) {
  const seen: number[] = [];
  const watcher = watched(learner.explorer, rules.actions, new Random(split(key, "random")));
  const { read, actions, batch, steps, rewards } = await playEpisodes(
    rules,
    bandits,
    watcher as never,
    {
      ...{ key, read: ["states"] },
      record: ({ step, observations }) => {
        if (step > 0) for (const value of observations) seen.push(value);
      },
    },
  );
  const states = read["states"]!.slice(1);
  const rows = (steps - 1) * batch;
  const ruledOut = Array.from({ length: rules.actions }, (_, arm) =>
    Array.from({ length: rows }, (_, row) => {
      const [step, episode] = [Math.floor(row / batch) + 1, row % batch];
      for (let t = 0; t < step; t++)
        if (actions[episode * steps + t] === arm && rewards[episode * steps + t] === 0) return 1;
      return 0;
    }),
  );
  const designOf = (values: ArrayLike<number>): Design => ({
    ...{ rows, columns: values.length / rows, features: Float64Array.from(values) },
  });
  return {
    ruledOut,
    states: designOf(states.flatMap((values) => [...values])),
    observations: designOf(seen),
  };
}

/** Macro-F1 of a probe fitted on one set of episodes and asked about another, over all arms. */
function probed(
  fit: Design,
  fitLabels: readonly (readonly number[])[],
  asked: Design,
  labels: readonly (readonly number[])[],
): number {
  const said: number[] = [];
  const truth: number[] = [];
  fitLabels.forEach((own, arm) => {
    said.push(...logOdds(logisticRegression(fit, own), asked));
    truth.push(...labels[arm]!);
  });
  return macroF1(confusions(said, truth, new Uint8Array(truth.length), 1));
}

export interface RuledOutProbe {
  readonly probe: number;
  readonly observation: number;
}

/** Macro-F1 of the probe of `learner`'s state, and of what is observed. */
export async function probeRuledOut(
  learner: EpisodicLearner,
  rules: Rules,
  bandits: readonly BanditInstance[],
  key: Key,
): Promise<RuledOutProbe> {
  const half = Math.floor(bandits.length / 2);
  const fit = await watchedEpisodes(learner, rules, bandits.slice(0, half), split(key, "fit"));
  const asked = await watchedEpisodes(learner, rules, bandits.slice(half), split(key, "asked"));
  const of = (what: "states" | "observations") =>
    probed(fit[what], fit.ruledOut, asked[what], asked.ruledOut);
  return { probe: of("states"), observation: of("observations") };
}
