/** What episodes of a learner are worth. */
import type {
  DiscreteDistribution,
  Episodes,
  EpisodicLearner,
  EpisodicRules,
  Feedback,
  Key,
} from "../../core/index.ts";
import { playEpisodes } from "../../tasks/index.ts";
import { rateBits } from "../../theory/index.ts";

/** One episode on each instance, by the learner as it stands. */
export const playedBy = <I, S>(
  learner: EpisodicLearner,
  rules: EpisodicRules<I, S>,
  instances: readonly I[],
  key: Key,
  feedback?: Feedback<I>,
): Promise<Episodes> =>
  playEpisodes(rules, instances, learner.explorer as never, {
    key,
    ...(feedback ? { feedback } : {}),
  });

/** Mean over episodes of the reward of steps `from` to before `to`. */
export function meanReward({ batch, steps, rewards }: Episodes, from = 0, to = steps): number {
  let sum = 0;
  for (let i = 0; i < batch; i++) for (let t = from; t < to; t++) sum += rewards[i * steps + t]!;
  return sum / batch;
}

/** Rate bits of a mean score over chance, kept within what chance can reach. */
export function bitsOver(score: number, { values, probabilities }: DiscreteDistribution): number {
  return rateBits(Math.min(values.at(-1)!, Math.max(values[0]!, score)), { values, probabilities });
}
