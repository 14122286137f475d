/**
 * Reward against step within an episode, on training and on new instances; regret against the best policy on
 * a new instance. Duan et al. 2016, RL^2 (arXiv 1611.02779).
 */
import type { Signature } from "../core/index.ts";
import { mean, meanInterval } from "../stats/index.ts";
import { play, rewardByStep, totals } from "./conditions-of-play.ts";

export const adaptation: Signature = {
  id: "adaptation",
  question:
    "Does the subject do better late in an episode than early, and how far is it from the best policy?",
  source: "Duan et al. 2016, RL^2 (arXiv 1611.02779)",
  unit: "reward",
  async episodic(subject, instances, { task, key }) {
    const novel = await play(subject, instances, "novel", key);
    const training = await play(subject, instances, "training", key);
    const { steps, batch, rewards } = novel;
    const half = Math.floor(steps / 2);
    const gains = Array.from({ length: batch }, (_, i) => {
      let gain = 0;
      for (let t = 0; t < half; t++)
        gain += (rewards[(i + 1) * steps - 1 - t]! - rewards[i * steps + t]!) / half;
      return gain;
    });
    const scores = [...totals(novel)];
    const score = meanInterval(scores, 0.95);
    const expected = task.reference.expected;
    return {
      signature: "adaptation",
      applicable: true,
      value: mean(gains),
      unit: "reward per step, last half minus first half",
      interval: meanInterval(gains, 0.95),
      n: batch,
      baselines: { "a policy that does not adapt": 0 },
      parts: {
        regret: {
          value: expected - mean(scores),
          unit: "reward",
          interval: { low: expected - score.high, high: expected - score.low, level: 0.95 },
        },
      },
      series: { training: rewardByStep(training), novel: rewardByStep(novel) },
    };
  },
};
