/** The conditions under which a subject is played, each at most once however many signatures ask. */
import { type Episodes, type Key, type MeasuredInstances, split, type Subject } from "../core/index.ts";

/** Where the instances come from and what the subject is shown of an episode. */
export type Condition = "training" | "novel" | "training-removed" | "training-swapped";

const played = new WeakMap<Subject, WeakMap<MeasuredInstances, Map<Condition, Promise<Episodes>>>>();

/**
 * Plays `subject` under a condition. `novel` uses the held-out instances; `removed` hides feedback; `swapped`
 * shows the feedback of a held-out instance's answer, so that N = 1 has another answer to show too.
 */
export function play(subject: Subject, instances: MeasuredInstances, condition: Condition, key: Key): Promise<Episodes> {
  let bySet = played.get(subject);
  if (!bySet) played.set(subject, (bySet = new WeakMap()));
  let byCondition = bySet.get(instances);
  if (!byCondition) bySet.set(instances, (byCondition = new Map()));
  let episodes = byCondition.get(condition);
  if (!episodes) {
    const own = split(key, condition);
    const from = condition === "novel" ? instances.heldOut : instances.training;
    episodes = subject.run(from, {
      key: own,
      feedback:
        condition === "training-removed"
          ? { kind: "removed" }
          : condition === "training-swapped"
            ? { kind: "swapped", answers: instances.heldOut }
            : { kind: "given" },
    });
    byCondition.set(condition, episodes);
  }
  return episodes;
}

/** Total reward of each episode. */
export function totals({ batch, steps, rewards }: Episodes): Float64Array {
  const out = new Float64Array(batch);
  for (let i = 0; i < batch; i++) {
    let sum = 0;
    for (let t = 0; t < steps; t++) sum += rewards[i * steps + t]!;
    out[i] = sum;
  }
  return out;
}

/** Mean reward at each step over episodes. */
export function rewardByStep({ batch, steps, rewards }: Episodes): number[] {
  return Array.from({ length: steps }, (_, t) => {
    let sum = 0;
    for (let i = 0; i < batch; i++) sum += rewards[i * steps + t]!;
    return sum / batch;
  });
}
