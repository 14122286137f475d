/** A base optimizer: update rule, architecture, biases and budget, put together and run on a task. */
import type { z } from "zod";
import { architectures } from "../architectures/index.ts";
import { type BaseOptimizer, type Budget, InputError, nearestName } from "../core/index.ts";
import { optimizerAlgorithms } from "../optimizers/index.ts";
import { trainLoop } from "./train-loop.ts";

/** @throws InputError naming `place` and the first parameter that is refused, with the nearest valid name. */
export function parseParameters<P>(place: string, schema: z.ZodType<P>, given: unknown): P {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys((schema as { shape?: object }).shape ?? {});
    const near = nearestName(issue.keys[0]!, known);
    const hint = near ? `did you mean '${near}'?` : `known: ${known.join(", ") || "none"}`;
    throw new InputError(`unknown parameter '${issue.keys[0]}'; ${hint}`, { place });
  }
  throw new InputError(`parameter '${issue.path.join(".")}': ${issue.message}`, { place });
}

/** @throws InputError when the algorithm cannot search the architecture. */
export function checkPairing(
  architecture: { readonly id: string; readonly kind: "network" | "table" },
  algorithm: { readonly id: string; readonly searches: "network" | "table" },
): void {
  if (architecture.kind !== algorithm.searches)
    throw new InputError(
      `algorithm '${algorithm.id}' searches a ${algorithm.searches}, but architecture '${architecture.id}' is a ${architecture.kind}`,
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
  const architectureParameters = parseParameters(
    architecture.id,
    architecture.parameters,
    description.architectureParameters,
  );
  const parameters = parseParameters(algorithm.id, algorithm.parameters, description.algorithmParameters);
  return {
    description: { ...description, architectureParameters, algorithmParameters: parameters },
    train: (task, seed, options = {}) =>
      trainLoop({
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
            io: task.rules,
            budget: description.budget,
            key,
          }),
      }),
  };
}
