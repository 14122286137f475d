/** Sequences that bandit searchers leave behind, and what a predictor is to say of them. */
import {
  type EpisodicRules,
  type EpisodicTask,
  type Key,
  type RolloutBatch,
  split,
} from "../../core/index.ts";
import {
  type BanditInstance,
  type BanditState,
  collectRollout,
  solverPolicy,
} from "../../tasks/index.ts";

type Bandits = EpisodicTask<BanditInstance, BanditState>;

/** Episodes of exhaustive trial, one on each of `count` bandits of the training part. */
export function searchersEpisodes(task: Bandits, count: number, key: Key): Promise<RolloutBatch> {
  const trial = task.solvers.find(({ id }) => id === "trial")!;
  const bandits = task.training.draw(split(key, "bandits"), count);
  return collectRollout(task.rules, bandits, solverPolicy(trial), split(key, "episodes"));
}

/**
 * The same actions beside the rewards of another episode, the next in the batch: actions and rewards by themselves are
 * as likely as before, but no longer have to do with each other.
 */
export function withOthersRewards(
  { observation, observationSize }: EpisodicRules<BanditInstance, BanditState>,
  episodes: RolloutBatch,
): RolloutBatch {
  const { steps, batch } = episodes;
  const at = observation.find(({ role }) => role === "feedback")!.offset;
  const observations = episodes.observations.slice();
  const rewards = episodes.rewards.slice();
  for (let t = 0; t < steps; t++)
    for (let i = 0; i < batch; i++) {
      const own = t * batch + i;
      const other = t * batch + ((i + 1) % batch);
      observations[own * observationSize + at] =
        episodes.observations[other * observationSize + at]!;
      rewards[own] = episodes.rewards[other]!;
    }
  return { ...episodes, observations, rewards };
}

/** What is to be predicted before each step: the action that is taken, or the reward that it brings, as a class. */
export type Target = "actions" | "outcomes";

/** The episodes with the target as advice: a learner by imitation then learns to predict it. */
export const toPredict = (episodes: RolloutBatch, target: Target): RolloutBatch => ({
  ...episodes,
  advice: target === "actions" ? episodes.actions : Int32Array.from(episodes.rewards),
});
