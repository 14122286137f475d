/** Sequences of linear examples (x, y): where they stand in a batch, and how they are written and predicted. */
import type { ExampleBatch, Random } from "../../core/index.ts";

/** Where the K examples of a sequence stand; y of the last is predicted and never shown. */
export interface LinearLayout {
  /** D, the length of x. */
  readonly dimension: number;
  /** K */
  readonly examples: number;
  /** Steps of a sequence. */
  readonly steps: number;
  /** Floats in one step. */
  readonly size: number;
  /** Offsets of x and y in a step. */
  readonly x: number;
  readonly y: number;
  /** The step that shows x of example k, and at which y is predicted. */
  query(k: number): number;
  /** The step that shows y of example k. */
  answer(k: number): number;
}

/** Writes x, the y shown, and the targets of example `index`: x and weights standard normal, y = w x + noise. */
export function writeLinear(
  layout: LinearLayout,
  weights: readonly number[],
  noise: number,
  random: Random,
  { batch, inputs, targets }: ExampleBatch,
  index: number,
): void {
  const { dimension, examples, size } = layout;
  const deviation = Math.sqrt(noise);
  for (let k = 0; k < examples; k++) {
    const row = layout.query(k) * batch + index;
    let y = 0;
    for (let d = 0; d < dimension; d++) {
      const x = Math.fround(random.normal());
      inputs[row * size + layout.x + d] = x;
      y += weights[d]! * x;
    }
    y += deviation * random.normal();
    targets[row] = y;
    if (k < examples - 1) inputs[(layout.answer(k) * batch + index) * size + layout.y] = y;
  }
}

/** A rule that guesses the weights from the examples seen so far. */
export interface WeightEstimator {
  /** Starts on example `index` of the batch. */
  reset(index: number): void;
  /** The guess; read before the next call. */
  weights(): ArrayLike<number>;
  see(x: Float64Array, y: number): void;
}

/** Outputs `[steps, batch, 1]`: at each query, the guess from what was shown before, times x. */
export function predictLinear(
  layout: LinearLayout,
  { batch, inputs }: ExampleBatch,
  estimator: WeightEstimator,
): Float32Array {
  const { dimension, examples, size, steps } = layout;
  const outputs = new Float32Array(steps * batch);
  const x = new Float64Array(dimension);
  for (let i = 0; i < batch; i++) {
    estimator.reset(i);
    for (let k = 0; k < examples; k++) {
      const row = layout.query(k) * batch + i;
      for (let d = 0; d < dimension; d++) x[d] = inputs[row * size + layout.x + d]!;
      outputs[row] = dot(estimator.weights(), x);
      if (k < examples - 1)
        estimator.see(x, inputs[(layout.answer(k) * batch + i) * size + layout.y]!);
    }
  }
  return outputs;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
