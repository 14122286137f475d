/** A learner by itself, for experiments that train one in several phases. */
import { architectures } from "../../architectures/index.ts";
import {
  type EpisodicLearner,
  type EpisodicTask,
  type Key,
  type NamedArrays,
  parseParameters,
  type Solver,
} from "../../core/index.ts";
import { optimizerAlgorithms } from "../../optimizers/index.ts";
import { checkPairing, interfaceOf, teacherOf } from "../../training/index.ts";

/** Architecture and algorithm by id, with parameters as a study would give them. */
export interface LearnerDescription {
  readonly architecture: string;
  readonly architectureParameters: object;
  readonly algorithm: string;
  readonly algorithmParameters: object;
}

export interface LearnerOptions {
  /** Updates that are planned: what fades in the course of training fades over these. */
  readonly updates: number;
  readonly key: Key;
  /** Parameters to start with, by name; the others start as drawn. */
  readonly from?: NamedArrays;
  /** Numbers put out at each step, where it is not one for each action. */
  readonly outputs?: number;
}

export interface OpenLearner {
  readonly learner: EpisodicLearner;
  /** Episodes an update. */
  readonly batch: number;
  /** Whose advice it learns from, where it does. */
  readonly teacher: Solver<unknown, unknown> | undefined;
}

/**
 * A learner of an episodic task that has learned nothing yet, but for what it is given to start with; the caller
 * disposes of it.
 * @throws InputError for unknown ids, refused parameters, or a pair that does not fit.
 */
export async function openLearner<I, S>(
  description: LearnerDescription,
  task: EpisodicTask<I, S>,
  { updates, key, from, outputs }: LearnerOptions,
): Promise<OpenLearner> {
  const architecture = architectures.get(description.architecture);
  const algorithm = optimizerAlgorithms.get(description.algorithm);
  checkPairing(architecture, algorithm, { id: task.family, kind: task.kind });
  const parameters = parseParameters(algorithm, description.algorithmParameters);
  const learner = (await algorithm.create({
    architecture,
    architectureParameters: parseParameters(architecture, description.architectureParameters),
    parameters,
    io: { ...interfaceOf(task as never), ...(outputs === undefined ? {} : { outputs }) },
    loss: undefined,
    budget: { updates },
    key,
  })) as EpisodicLearner;
  if (from) replaceParameters(learner, from);
  const teacher = teacherOf(task as never, algorithm.teacher?.(parameters));
  return { learner, batch: algorithm.batch(parameters), teacher };
}

/** Puts parameters in place of the learner's own, by name; its optimizer's state stays. */
export function replaceParameters(learner: EpisodicLearner, values: NamedArrays): void {
  const renamed = Object.fromEntries(
    Object.entries(values).map(([name, { shape, data }]) => [
      `parameter/${name}`,
      { shape, data, dtype: "float32" },
    ]),
  );
  learner.restore({ ...learner.snapshot(), ...renamed });
}

/** The parameters whose names do not begin with that of one of the two heads, policy and value. */
export function bodyOf(parameters: NamedArrays): NamedArrays {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => !/^(policy|value)\b/.test(name)),
  );
}
