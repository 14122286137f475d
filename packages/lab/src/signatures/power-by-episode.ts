/**
 * Rate bits in each of several episodes that are played on one instance, and how much experience of it an episode
 * shows: the effective time of Hubinger et al. 2019 (arXiv 1906.01820), section 2.4, statefulness.
 */
import type {
  Episodes,
  EpisodicTask,
  MeasuredInstances,
  Quantity,
  Signature,
} from "../core/index.ts";
import { entryOf, type Key, split } from "../core/index.ts";
import { mean } from "../stats/index.ts";
import { solverSubject } from "../tasks/index.ts";
import { rateBits } from "../theory/index.ts";
import { difference, whole } from "./bits.ts";
import { play, rewardByStep } from "./conditions-of-play.ts";
import { bitsOf, chanceOf } from "./rates.ts";

/** Total reward of each episode of `length` steps that starts at step `from`, instance by instance. */
function totalsFrom({ batch, steps, rewards }: Episodes, from: number, length: number) {
  return Float64Array.from({ length: batch }, (_, i) => {
    let sum = 0;
    for (let t = from; t < from + length; t++) sum += rewards[i * steps + t]!;
    return sum;
  });
}

const curves = new WeakMap<MeasuredInstances, Promise<readonly number[]>>();

/** What the reference solver earns in an episode of `length` steps after 0, 1, 2 ... steps of experience, ascending. */
function referenceAfter(
  task: EpisodicTask,
  instances: MeasuredInstances,
  length: number,
  key: Key,
): Promise<readonly number[]> {
  return entryOf(curves, instances, async () => {
    const subject = solverSubject(task, task.reference.solver);
    const bySteps = rewardByStep(
      await subject.run(instances.heldOut, { key: split(key, "reference") }),
    );
    let highest = Number.NEGATIVE_INFINITY;
    return Array.from({ length: bySteps.length - length + 1 }, (_, after) => {
      const total = bySteps.slice(after, after + length).reduce((sum, reward) => sum + reward, 0);
      highest = Math.max(highest, total);
      return highest;
    });
  });
}

/**
 * The steps of experience after which the curve reaches `score`, linear between whole steps; 0 where it starts above,
 * and the first step from which the curve rises no more where it never does.
 */
export function experienceFor(score: number, curve: readonly number[]): number {
  const after = curve.findIndex((value) => value >= score);
  if (after < 0) return curve.indexOf(curve.at(-1)!);
  if (after === 0) return 0;
  const [low, high] = [curve[after - 1]!, curve[after]!];
  return after - 1 + (score - low) / (high - low);
}

export const powerByEpisode: Signature = {
  id: "power-by-episode",
  question:
    "How many bits does the subject bring in each of several episodes on one instance, and how many steps of experience does that take?",
  source: "Hubinger et al. 2019 (arXiv 1906.01820), section 2.4, statefulness",
  unit: "bits",
  async episodic(subject, instances, { task, key }) {
    const { episodes } = task;
    if (!episodes)
      return {
        signature: "power-by-episode",
        applicable: false,
        reason: "one episode is played on each instance",
      };
    const length = task.rules.horizon / episodes.count;
    const chance = chanceOf(episodes.chance, instances.heldOut);
    const novel = await play(subject, instances, "novel", key);
    const curve = await referenceAfter(task, instances, length, key);
    const each = Array.from({ length: episodes.count }, (_, episode) => {
      const totals = totalsFrom(novel, episode * length, length);
      return { bits: bitsOf(totals, chance), reward: mean([...totals]) };
    });
    const parts: Record<string, Quantity> = {};
    each.forEach(({ bits, reward }, i) => {
      parts[`episode${i + 1}`] = whole(bits);
      parts[`reward${i + 1}`] = { value: reward, unit: "reward" };
      parts[`effectiveTime${i + 1}`] = { value: experienceFor(reward, curve), unit: "steps" };
    });
    const last = each.at(-1)!.bits;
    return {
      signature: "power-by-episode",
      applicable: true,
      value: last.bits,
      unit: "bits",
      interval: last.interval,
      n: instances.heldOut.length,
      baselines: {
        chance: 0,
        reference: rateBits(Math.min(curve.at(-1)!, chance.values.at(-1)!), chance),
      },
      parts: { ...parts, gain: difference(last, each[0]!.bits) },
      series: {},
    };
  },
};
