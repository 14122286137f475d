/** Episodes played in lockstep: the one loop behind measuring and training. */
import {
  type BatchPolicy,
  type EpisodeOptions,
  type Episodes,
  type EpisodicRules,
  split,
} from "../core/index.ts";
import { EpisodeTable } from "./episode-table.ts";

/** One step of all episodes, before and after the decision; the arrays are overwritten by the next step. */
export interface RecordedStep {
  readonly step: number;
  /** `[batch, observationSize]`, as shown to the policy. */
  readonly observations: Float32Array;
  /** `[batch]`; 0 in episodes that had ended. */
  readonly actions: Int32Array;
  /** `[batch]`, of the base objective. */
  readonly rewards: Float32Array;
  /** `[batch]`: 1 where the step was taken, 0 where the episode had ended before. */
  readonly mask: Float32Array;
}

export interface PlayOptions<I> extends EpisodeOptions<I> {
  /** Called after every step; observations are then written even if the policy does not ask for them. */
  readonly record?: (step: RecordedStep) => void;
}

/**
 * Plays one episode on each instance. Environment noise comes from the key's child `environment` and the
 * policy's from its child `policy`; each episode takes one number a step whether it has ended or not, so
 * that what one policy does shifts no other episode's noise. In the result, actions after an episode's end
 * are -1 and rewards 0.
 * @throws RangeError when the policy answers with something that is no action, or when there are not as many
 *   swapped answers as instances.
 */
export async function playEpisodes<I, S>(
  rules: EpisodicRules<I, S>,
  instances: readonly I[],
  policy: BatchPolicy<I, S>,
  options: PlayOptions<I>,
): Promise<Episodes> {
  const { key, record, ticks, patch } = options;
  const batch = instances.length;
  const steps = rules.horizon;
  const table = new EpisodeTable(rules, instances, options);
  const actions = new Int32Array(batch * steps).fill(-1);
  const rewards = new Float32Array(batch * steps);
  const read: Record<string, Float32Array[]> = {};
  for (const name of options.read ?? []) read[name] = [];
  policy.begin(instances, {
    key: split(key, "policy"),
    ...(options.read ? { read: options.read } : {}),
    ...(patch ? { patch } : {}),
    ...(ticks === undefined ? {} : { ticks }),
  });
  for (let step = 0; step < steps && table.running > 0; step++) {
    const decision = await policy.decide(table.decisions(step));
    for (const [name, values] of Object.entries(decision.read ?? {})) read[name]?.push(values);
    const observations = record ? table.observations() : undefined;
    table.advance(decision.actions);
    for (let episode = 0; episode < batch; episode++)
      if (table.mask[episode] === 1) {
        actions[episode * steps + step] = table.actions[episode]!;
        rewards[episode * steps + step] = table.rewards[episode]!;
      }
    if (record && observations)
      record({
        step,
        observations,
        actions: table.actions,
        rewards: table.rewards,
        mask: table.mask,
      });
    table.show();
  }
  return { batch, steps, actions, rewards, read };
}
