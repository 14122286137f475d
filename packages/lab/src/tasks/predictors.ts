/** Reference predictors as subjects. */
import {
  type ExampleBatch,
  InputError,
  type PredictiveSubject,
  type ReferencePredictor,
  type SupervisedTask,
  unknownName,
} from "../core/index.ts";

export interface PredictorOptions<I> {
  /** What the predictor knows; the task's training instances when left out. */
  readonly known?: readonly I[];
}

/**
 * One of the task's predictors by id.
 * @throws InputError naming the nearest predictor when there is no such id.
 */
export function predictorOf<I>(
  { predictors }: Pick<SupervisedTask<I>, "predictors">,
  id: string,
): ReferencePredictor<I> {
  const predictor = predictors.find((candidate) => candidate.id === id);
  if (!predictor)
    throw new InputError(
      unknownName(
        "predictor",
        id,
        predictors.map((candidate) => candidate.id),
      ),
    );
  return predictor;
}

/** One of the task's predictors as a subject: it has no inside to read, and no ticks. */
export function predictorSubject<I>(
  task: SupervisedTask<I>,
  id: string,
  { known = task.training.all ?? [] }: PredictorOptions<I> = {},
): PredictiveSubject {
  const predictor = predictorOf(task, id);
  return {
    hooks: [],
    ticks: undefined,
    predict: async (examples) => ({ outputs: predictor.predict(examples, known), read: {} }),
  };
}

/**
 * Outputs of one of the task's predictors, told what it may know.
 * @param instances the instance of each example
 * @throws InputError naming the nearest predictor when there is no such id.
 */
export function referenceOutputs<I>(
  task: Pick<SupervisedTask<I>, "predictors" | "training">,
  id: string,
  examples: ExampleBatch,
  instances: readonly I[],
): Float32Array {
  const { knows, predict } = predictorOf(task, id);
  const training = task.training.all ?? [];
  const known = { inputs: [], training, instance: instances }[knows];
  return predict(examples, known);
}
