/** A base optimizer: update rule, architecture, biases and budget, put together and run on a task. */
import { architectures } from "../architectures/index.ts";
import {
  type BaseOptimizer,
  type Budget,
  InputError,
  parseParameters,
  type Task,
  type TaskInterface,
  unknownName,
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
    readonly learns: Task["kind"] | "any";
  },
  task?: { readonly id: string; readonly kind: Task["kind"] },
): void {
  if (architecture.kind !== algorithm.searches)
    throw new InputError(
      `algorithm '${algorithm.id}' searches a ${algorithm.searches}, but architecture '${architecture.id}' is a ${architecture.kind}`,
    );
  const { learns } = algorithm;
  const kind = task?.kind ?? algorithm.learns;
  if (architecture.only && kind !== "any" && architecture.only !== kind)
    throw new InputError(
      `architecture '${architecture.id}' fits ${architecture.only} tasks only, but ${task ? `'${task.id}' is ${kind}` : `algorithm '${algorithm.id}' learns ${kind} ones`}`,
    );
  if (task && learns !== "any" && task.kind !== learns)
    throw new InputError(
      `algorithm '${algorithm.id}' learns ${learns} tasks, but '${task.id}' is ${task.kind}`,
    );
}

/** @throws InputError when the architecture sees pictures and the task shows none. */
export function checkSight(
  architecture: { readonly id: string; readonly sees?: "pictures" },
  task: Pick<Task, "family"> & { readonly rules: Pick<Task["rules"], "grid"> },
): void {
  if (architecture.sees === "pictures" && !task.rules.grid)
    throw new InputError(
      `architecture '${architecture.id}' sees pictures, but the observations of '${task.family}' are none`,
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
      if (architecture.kind === "network") checkSight(architecture, task);
      return trainLoop({
        task,
        seed,
        budget: description.budget,
        batch: algorithm.batch(parameters),
        candidates: algorithm.candidates?.(parameters),
        teacher: teacherOf(task, algorithm.teacher?.(parameters)),
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

/**
 * The solver of the task that an algorithm wants to learn from, where it wants one.
 * @throws InputError naming the nearest solver when the task has none of that id.
 */
export function teacherOf(task: Task, id: string | undefined) {
  if (id === undefined || task.kind !== "episodic") return undefined;
  const wanted = id === "reference" ? task.reference.solver : id;
  const known = task.solvers.map((solver) => solver.id);
  const solver = task.solvers.find((one) => one.id === wanted);
  if (!solver) throw new InputError(unknownName("teacher", wanted, ["reference", ...known]));
  return solver;
}

/** What a network must know of the task; an action takes one output. */
export function interfaceOf(task: Task): TaskInterface {
  const { observation, observationSize, horizon, grid } = task.rules;
  return {
    observation,
    observationSize,
    horizon,
    ...(grid ? { grid } : {}),
    outputs: task.kind === "supervised" ? task.rules.outputs : task.rules.actions,
  };
}
