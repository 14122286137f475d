/** Losses of outputs against targets, example by example at each step that counts. */
import type { ExampleBatch, SupervisedRules } from "../core/index.ts";

/** Errors of one step that counts. */
export interface StepErrors {
  readonly step: number;
  /** One an example; cross-entropies in nats, summed over outputs where each is a probability of its own. */
  readonly errors: Float64Array;
}

/** The steps at which any example counts, ascending. */
export function countedSteps({ steps, batch, weights }: ExampleBatch): number[] {
  return Array.from({ length: steps }, (_, t) => t).filter((t) =>
    weights.subarray(t * batch, (t + 1) * batch).some((weight) => weight > 0),
  );
}

export function stepErrors(
  { loss, outputs: size }: Pick<SupervisedRules<unknown>, "loss" | "outputs">,
  examples: ExampleBatch,
  outputs: Float32Array,
): StepErrors[] {
  const { batch, targets } = examples;
  const error =
    loss === "squared-error"
      ? squaredError
      : loss === "cross-entropy"
        ? crossEntropy
        : binaryCrossEntropy;
  return countedSteps(examples).map((step) => ({
    step,
    errors: Float64Array.from({ length: batch }, (_, i) => {
      const at = (step * batch + i) * size;
      return error(outputs.subarray(at, at + size), targets.subarray(at, at + size));
    }),
  }));
}

function squaredError(outputs: Float32Array, targets: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < outputs.length; j++) sum += (outputs[j]! - targets[j]!) ** 2;
  return sum;
}

function crossEntropy(logits: Float32Array, targets: Float32Array): number {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (const logit of logits) total += Math.exp(logit - largest);
  const logTotal = largest + Math.log(total);
  let sum = 0;
  for (let j = 0; j < logits.length; j++)
    if (targets[j]! > 0) sum += targets[j]! * (logTotal - logits[j]!);
  return sum;
}

/** log(1 + e^x) - t x for each output, in a form that does not overflow. */
function binaryCrossEntropy(logits: Float32Array, targets: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < logits.length; j++) {
    const x = logits[j]!;
    sum += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - targets[j]! * x;
  }
  return sum;
}
