/** Examples of supervised tasks: one drawn from each of some instances. */
import { type ExampleBatch, type Key, Random, type SupervisedRules } from "../core/index.ts";

/**
 * One example of each instance, all drawn from one stream.
 * @param into a batch of the same shape to write over, where the caller is done with it
 */
export function drawExamples<I>(
  rules: SupervisedRules<I>,
  instances: readonly I[],
  key: Key,
  into?: ExampleBatch,
): ExampleBatch {
  const examples =
    into?.batch === instances.length ? cleared(into) : emptyExamples(rules, instances.length);
  const random = new Random(key);
  instances.forEach((instance, i) => {
    rules.example(instance, random, examples, i);
  });
  return examples;
}

/** A batch of zeros, with weight 1 on every step. */
export function emptyExamples<I>(rules: SupervisedRules<I>, batch: number): ExampleBatch {
  const { horizon: steps, observationSize, outputs, grid } = rules;
  return {
    ...(grid ? { grid } : {}),
    steps,
    batch,
    inputs: new Float32Array(steps * batch * observationSize),
    targets: new Float32Array(steps * batch * outputs),
    weights: new Float32Array(steps * batch).fill(1),
  };
}

function cleared(examples: ExampleBatch): ExampleBatch {
  examples.inputs.fill(0);
  examples.targets.fill(0);
  examples.weights.fill(1);
  return examples;
}
