/** The conditions under which a subject is played, each at most once however many signatures ask. */
import {
  type Episodes,
  entryOf,
  type Feedback,
  type Key,
  type MeasuredInstances,
  type Subject,
  split,
} from "../core/index.ts";

/** Where the instances come from and what the subject is shown of an episode. */
export type Condition = "training" | "novel" | "training-removed" | "training-swapped";

const played = new WeakMap<
  Subject,
  WeakMap<MeasuredInstances, Map<Condition, Promise<Episodes>>>
>();

/**
 * Plays `subject` under a condition. `novel` uses the held-out instances; `removed` hides feedback; `swapped`
 * shows the feedback of a held-out instance's answer, so that N = 1 has another answer to show too.
 */
export function play(
  subject: Subject,
  instances: MeasuredInstances,
  condition: Condition,
  key: Key,
): Promise<Episodes> {
  const bySet = entryOf(played, subject, () => new WeakMap());
  const byCondition = entryOf(bySet, instances, () => new Map());
  return entryOf(byCondition, condition, () =>
    run(subject, instances, condition, split(key, condition)),
  );
}

function run(
  subject: Subject,
  instances: MeasuredInstances,
  condition: Condition,
  key: Key,
): Promise<Episodes> {
  const feedback: Feedback =
    condition === "training-removed"
      ? { kind: "removed" }
      : condition === "training-swapped"
        ? { kind: "swapped", answers: instances.heldOut }
        : { kind: "given" };
  return subject.run(condition === "novel" ? instances.heldOut : instances.training, {
    key,
    feedback,
  });
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
