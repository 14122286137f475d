/** The conditions under which a subject predicts, each at most once however many signatures ask. */
import {
  type ExampleBatch,
  entryOf,
  type Key,
  type MeasuredInstances,
  type PredictiveSubject,
  type SupervisedTask,
  split,
} from "../core/index.ts";
import { drawExamples } from "../tasks/index.ts";
import { withFeedback } from "./withheld.ts";

/**
 * Where the instances come from and what feedback is shown. `novel`: held-out instances. `removed`: none.
 * `shuffled`: that of the next training example. `swapped`: that of a held-out instance, so that N = 1 is shown
 * another answer too.
 */
export type PredictionCondition =
  | "training"
  | "novel"
  | "training-removed"
  | "training-shuffled"
  | "training-swapped";

export interface Predicted {
  /** As shown; targets are the examples' own. */
  readonly examples: ExampleBatch;
  readonly outputs: Float32Array;
}

type Examples = Readonly<Record<"training" | "novel", ExampleBatch>>;

const drawn = new WeakMap<MeasuredInstances, Examples>();
const predicted = new WeakMap<
  PredictiveSubject,
  WeakMap<MeasuredInstances, Map<PredictionCondition, Promise<Predicted>>>
>();

/** One example of each measured instance. */
export function examplesOf(
  { rules }: SupervisedTask,
  instances: MeasuredInstances,
  key: Key,
): Examples {
  return entryOf(drawn, instances, () => ({
    training: drawExamples(rules, instances.training, split(key, "training")),
    novel: drawExamples(rules, instances.heldOut, split(key, "novel")),
  }));
}

/** What `subject` puts out under a condition. */
export function predict(
  subject: PredictiveSubject,
  task: SupervisedTask,
  instances: MeasuredInstances,
  condition: PredictionCondition,
  key: Key,
): Promise<Predicted> {
  const bySet = entryOf(predicted, subject, () => new WeakMap());
  const byCondition = entryOf(bySet, instances, () => new Map());
  return entryOf(byCondition, condition, async () => {
    const examples = shown(task, examplesOf(task, instances, key), condition);
    return { examples, outputs: (await subject.predict(examples)).outputs };
  });
}

function shown(
  { rules }: SupervisedTask,
  { training, novel }: Examples,
  condition: PredictionCondition,
): ExampleBatch {
  switch (condition) {
    case "training":
      return training;
    case "novel":
      return novel;
    case "training-removed":
      return withFeedback(rules, training);
    case "training-shuffled":
      return withFeedback(rules, training, {
        examples: training,
        index: (i) => (i + 1) % training.batch,
      });
    case "training-swapped":
      return withFeedback(rules, training, {
        examples: novel,
        index: (i) => i % novel.batch,
      });
  }
}
