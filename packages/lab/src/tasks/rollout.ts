/** Experience for training: episodes with everything that a base optimizer learns from. */
import type { BatchPolicy, EpisodicRules, Key, RolloutBatch } from "../core/index.ts";
import { playEpisodes } from "./episodes.ts";

/**
 * Plays one episode on each instance and gives back what was seen, done and received, `[steps, batch, ...]`.
 * Steps after an episode's end have mask 0, action 0 and reward 0.
 * @param into a batch of the same shape to write over, where the caller is done with it
 */
export async function collectRollout<I, S>(
  rules: EpisodicRules<I, S>,
  instances: readonly I[],
  policy: BatchPolicy<I, S>,
  key: Key,
  into?: RolloutBatch,
): Promise<RolloutBatch> {
  const batch = instances.length;
  const steps = rules.horizon;
  const size = batch * rules.observationSize;
  const fits =
    into?.steps === steps && into.batch === batch && into.observations.length === steps * size;
  const rollout = fits ? cleared(into) : emptyRollout(steps, batch, rules.observationSize);
  await playEpisodes(rules, instances, policy, {
    key,
    record({ step, observations, actions, rewards, mask }) {
      rollout.observations.set(observations, step * size);
      rollout.actions.set(actions, step * batch);
      rollout.rewards.set(rewards, step * batch);
      rollout.mask.set(mask, step * batch);
    },
  });
  return rollout;
}

function emptyRollout(steps: number, batch: number, observationSize: number): RolloutBatch {
  return {
    steps,
    batch,
    observations: new Float32Array(steps * batch * observationSize),
    actions: new Int32Array(steps * batch),
    rewards: new Float32Array(steps * batch),
    mask: new Float32Array(steps * batch),
  };
}

function cleared(rollout: RolloutBatch): RolloutBatch {
  rollout.observations.fill(0);
  rollout.actions.fill(0);
  rollout.rewards.fill(0);
  rollout.mask.fill(0);
  return rollout;
}
