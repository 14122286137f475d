/** A base optimizer: update rule, architecture, biases and budget, put together and run on a task. */
import { architectures } from "../architectures/index.ts";
import {
  type BaseOptimizer,
  type Budget,
  InputError,
  parseParameters,
  type Task,
  type TaskInterface,
} from "../core/index.ts";
import { optimizerAlgorithms } from "../optimizers/index.ts";
import { trainLoop } from "./train-loop.ts";

/** @throws InputError when the algorithm cannot search the architecture, or cannot learn such a task. */
export function checkPairing(
  architecture: {
    readonly id: string;
    readonly kind: "network" | "table";
    readonly only?: Task["kind"];
  },
  algorithm: {
    readonly id: string;
    readonly searches: "network" | "table";
    readonly learns: Task["kind"];
  },
  task?: { readonly id: string; readonly kind: Task["kind"] },
): void {
  if (architecture.kind !== algorithm.searches)
    throw new InputError(
      `algorithm '${algorithm.id}' searches a ${algorithm.searches}, but architecture '${architecture.id}' is a ${architecture.kind}`,
    );
  if (architecture.only && architecture.only !== algorithm.learns)
    throw new InputError(
      `architecture '${architecture.id}' fits ${architecture.only} tasks only, but algorithm '${algorithm.id}' learns ${algorithm.learns} ones`,
    );
  if (task && task.kind !== algorithm.learns)
    throw new InputError(
      `algorithm '${algorithm.id}' learns ${algorithm.learns} tasks, but '${task.id}' is ${task.kind}`,
    );
}

/**
 * @param description ids of architecture and algorithm with their parameters, and the budget.
 * @throws InputError for unknown ids, refused parameters, or a pair that does not fit.
 */
export function baseOptimizer(description: {
  readonly architecture: string;
  readonly architectureParameters: unknown;
  readonly algorithm: string;
  readonly algorithmParameters: unknown;
  readonly budget: Budget;
}): BaseOptimizer {
  const architecture = architectures.get(description.architecture);
  const algorithm = optimizerAlgorithms.get(description.algorithm);
  checkPairing(architecture, algorithm);
  const architectureParameters = parseParameters(architecture, description.architectureParameters);
  const parameters = parseParameters(algorithm, description.algorithmParameters);
  return {
    description: { ...description, architectureParameters, algorithmParameters: parameters },
    train(task, seed, options = {}) {
      checkPairing(architecture, algorithm, { id: task.family, kind: task.kind });
      return trainLoop({
        task,
        seed,
        budget: description.budget,
        batch: algorithm.batch(parameters),
        options,
        create: (key) =>
          algorithm.create({
            architecture,
            architectureParameters,
            parameters,
            io: interfaceOf(task),
            loss: task.kind === "supervised" ? task.rules.loss : undefined,
            budget: description.budget,
            key,
          }),
      });
    },
  };
}

/** What a network must know of the task; an action takes one output. */
function interfaceOf(task: Task): TaskInterface {
  const { observation, observationSize, horizon, grid } = task.rules;
  return {
    observation,
    observationSize,
    horizon,
    ...(grid ? { grid } : {}),
    outputs: task.kind === "supervised" ? task.rules.outputs : task.rules.actions,
  };
}
