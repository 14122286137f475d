/** SYNTHETIC learning curves of a keyed bandit with A = 6 arms and T = 8 steps, by formula. */
import type { Diversity } from "@mesascope/lab/core";

export const arms = 6;
export const horizon = 8;
export const chanceReward = horizon / arms;

/** Rate bits of mean reward `mean` of `horizon` steps, signed: T KL(J/T || 1/A). */
export function rateBits(mean: number): number {
  const q = 1 / arms;
  const p = Math.min(1, Math.max(0, mean / horizon));
  const term = (a: number, b: number) => (a === 0 ? 0 : a * Math.log2(a / b));
  return Math.sign(p - q) * horizon * (term(p, q) + term(1 - p, 1 - q));
}

/** A number in [-1, 1) that is fixed by its arguments: scatter over seeds without chance. */
export function scatter(...parts: readonly (string | number)[]): number {
  let hash = 2166136261;
  for (const character of parts.join("|"))
    hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return (hash >>> 8) / 2 ** 23 - 1;
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** What one seed of one arm is given to have reached after a share of its training. */
export interface Reached {
  readonly training: number;
  readonly novel: number;
  readonly removed: number;
  readonly swapped: number;
}

/** Mean rewards of a learner at diversity N after `share` of the budget. */
export function reached(
  learner: string,
  diversity: Diversity,
  share: number,
  seed: number,
): Reached {
  const n = diversity === "fresh" ? 17 : Math.log2(diversity);
  const wobble = (part: string, size: number) => size * scatter(learner, diversity, seed, part);
  const memory = 1 - logistic(1.1 * (n - 8.5 - 1.5 * Math.log2(share + 0.05)));
  const best = learner === "gru" ? 4.15 : learner === "mlp-feedback" ? 3.2 : 0;
  const search = best * logistic(1.6 * (n - 10.6)) * Math.min(1, share * 1.6);
  // Gained early and lost again where memory has time to take over.
  const transient =
    best * 0.5 * Math.exp(-((n - 9) ** 2) / 3) * Math.sin(Math.PI * Math.min(1, share * 1.4)) ** 2;
  const found = Math.max(search, transient);
  const novel = chanceReward + found + wobble("novel", 0.06 + 0.1 * (found / 4));
  const held =
    learner === "table"
      ? Math.min(1, share * 3) * (n < 12 ? 1 : 0.2)
      : memory * Math.min(1, share * 2.5);
  const tuned = chanceReward + (horizon - chanceReward) * held;
  const training = Math.min(horizon, Math.max(tuned, novel) + wobble("training", 0.08));
  return {
    training,
    novel,
    removed: Math.min(horizon, Math.max(0, tuned + wobble("removed", 0.08))),
    swapped: Math.min(horizon, Math.max(0, tuned * 0.9 + wobble("swapped", 0.1))),
  };
}

/** Reward by step with the given mean: level where it is tuned, rising where it is found by trial. */
export function bySteps(mean: number, found: boolean): number[] {
  const trial = Array.from({ length: horizon }, (_, step) => Math.min(1, (step + 1) / arms));
  const whole = trial.reduce((sum, reward) => sum + reward, 0);
  const share = Math.max(0, (mean - chanceReward) / (whole - chanceReward));
  return trial.map((reward) =>
    found ? Math.min(1, 1 / arms + share * (reward - 1 / arms)) : mean / horizon,
  );
}
