/** Experience for training: episodes with everything that a base optimizer learns from. */
import {
  type BatchPolicy,
  type EpisodicRules,
  type Key,
  Random,
  type RolloutBatch,
  type Solver,
  split,
} from "../core/index.ts";
import { playEpisodes } from "./episodes.ts";

/**
 * Plays one episode on each instance and gives back what was seen, done and received, `[steps, batch, ...]`.
 * Steps after an episode's end have mask 0, action 0 and reward 0.
 * @param into a batch of the same shape to write over, where the caller is done with it
 * @param teacher says at each step what it would do there; the policy is what acts
 */
export async function collectRollout<I, S>(
  rules: EpisodicRules<I, S>,
  instances: readonly I[],
  policy: BatchPolicy<I, S>,
  key: Key,
  into?: RolloutBatch,
  teacher?: Solver<I, S>,
): Promise<RolloutBatch> {
  const batch = instances.length;
  const steps = rules.horizon;
  const size = batch * rules.observationSize;
  const advice = new Int32Array(teacher ? steps * batch : 0);
  const fits =
    into?.steps === steps && into.batch === batch && into.observations.length === steps * size;
  const rollout = fits ? cleared(into) : emptyRollout(steps, batch, rules.observationSize);
  const player = teacher ? advised(rules, policy, teacher, split(key, "teacher"), advice) : policy;
  await playEpisodes(rules, instances, player, {
    key,
    record({ step, observations, actions, rewards, mask }) {
      rollout.observations.set(observations, step * size);
      rollout.actions.set(actions, step * batch);
      rollout.rewards.set(rewards, step * batch);
      rollout.mask.set(mask, step * batch);
    },
  });
  return teacher ? { ...rollout, advice } : rollout;
}

/** The policy, with what the teacher would do at each step written to `advice` `[steps, batch]`. */
function advised<I, S>(
  rules: EpisodicRules<I, S>,
  policy: BatchPolicy<I, S>,
  teacher: Solver<I, S>,
  key: Key,
  advice: Int32Array,
): BatchPolicy<I, S> {
  const random = new Random(key);
  let players: ReturnType<Solver<I, S>["begin"]>[] = [];
  return {
    hooks: policy.hooks,
    ticks: policy.ticks,
    begin(instances, options) {
      players = instances.map((instance) => teacher.begin(instance));
      policy.begin(instances, options);
    },
    decide(decisions) {
      decisions.states.forEach((state, i) => {
        const noise = random.uniform();
        if (!rules.terminated(state))
          advice[decisions.step * decisions.size + i] = players[i]!(state, noise);
      });
      return policy.decide(decisions);
    },
  };
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
