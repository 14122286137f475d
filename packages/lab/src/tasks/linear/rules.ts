/** What the regression families share of their rules. */
import type { ObservationField, Random, SupervisedRules } from "../../core/index.ts";
import type { LinearLayout } from "./layout.ts";

/** Standard normal weights, rounded to float32 so that their canonical form is exact. */
export const sampleWeights = (dimension: number, random: Random): number[] =>
  Array.from({ length: dimension }, () => Math.fround(random.normal()));

/** Rules of a family whose sequences `layout` describes. */
export function linearRules<I>(
  layout: LinearLayout,
  observation: readonly ObservationField[],
  example: SupervisedRules<I>["example"],
): SupervisedRules<I> {
  const { examples, steps, size } = layout;
  return {
    observation,
    observationSize: size,
    horizon: steps,
    outputs: 1,
    loss: "squared-error",
    example,
    score: (outputs, { batch, targets }) =>
      Float64Array.from({ length: batch }, (_, i) => {
        let sum = 0;
        for (let k = 0; k < examples; k++) {
          const row = layout.query(k) * batch + i;
          sum += (outputs[row]! - targets[row]!) ** 2;
        }
        return -sum / examples;
      }),
    scoreUnit: "mean squared error, negated",
  };
}
