/** Draws the instances that a subject is measured on. */
import {
  type InstanceSource,
  type Key,
  type MeasuredInstances,
  Random,
  split,
  type TaskSources,
} from "../core/index.ts";

/** As many as `count` training instances: each of them equally often when they fit, else a random subset. */
function drawTraining<I>(source: InstanceSource<I>, key: Key, count: number): I[] {
  if (!source.all) return source.draw(key, count);
  const all = source.all;
  if (all.length > count) return new Random(key).shuffle([...all]).slice(0, count);
  return Array.from({ length: count }, (_, i) => all[i % all.length]!);
}

/** Instances of the three disjoint parts, `count` episodes of each. */
export function drawMeasured<I>(
  task: TaskSources<I>,
  count: number,
  key: Key,
): MeasuredInstances<I> {
  return {
    training: drawTraining(task.training, split(key, "training"), count),
    validation: task.validation.draw(split(key, "validation"), count),
    heldOut: task.heldOut.draw(split(key, "held-out"), count),
  };
}
