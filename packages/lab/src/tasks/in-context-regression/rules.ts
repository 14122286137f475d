/** Rules of in-context regression: tokens x_1, y_1, ..., x_K, and y predicted at every x. */
import type { SupervisedRules } from "../../core/index.ts";
import { type LinearLayout, linearRules, writeLinear } from "../linear/index.ts";
import type { RegressionParameters } from "./parameters.ts";

/** One linear function. */
export interface RegressionInstance {
  /** `[D]`, exact in float32. */
  readonly weights: readonly number[];
}

export const regressionLayout = ({ dimension, examples }: RegressionParameters): LinearLayout => ({
  dimension,
  examples,
  steps: 2 * examples - 1,
  size: dimension + 1,
  x: 0,
  y: dimension,
  query: (k) => 2 * k,
  answer: (k) => 2 * k + 1,
});

/** The rules; observation: x (D, zeros at y tokens), y (1, zero at x tokens). */
export function regressionRules(
  parameters: RegressionParameters,
): SupervisedRules<RegressionInstance> {
  const { dimension, examples, noise } = parameters;
  const layout = regressionLayout(parameters);
  return linearRules(
    layout,
    [
      { name: "x", offset: 0, size: dimension, role: "state" },
      { name: "y", offset: dimension, size: 1, role: "feedback" },
    ],
    ({ weights }, random, batch, index) => {
      writeLinear(layout, weights, noise, random, batch, index);
      for (let k = 0; k < examples - 1; k++)
        batch.weights[layout.answer(k) * batch.batch + index] = 0;
    },
  );
}
