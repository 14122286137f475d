/** Rules of balls and urns: the last colour is shown, the next is predicted. */
import type { Random, SupervisedRules } from "../../core/index.ts";
import type { UrnParameters } from "./parameters.ts";

/** One urn. */
export interface UrnInstance {
  /** `[m]`, sums to one up to rounding, exact in float32. */
  readonly probabilities: readonly number[];
}

/** An urn drawn uniformly from all distributions: exponential draws over their sum. */
export function sampleUrn({ colours }: UrnParameters, random: Random): UrnInstance {
  const draws = Array.from({ length: colours }, () => 1e-12 - Math.log(1 - random.uniform()));
  const total = draws.reduce((a, b) => a + b, 0);
  return { probabilities: draws.map((draw) => Math.fround(draw / total)) };
}

/** The rules; observation: the last colour (m, zeros at the first step). */
export function urnRules({ colours, draws }: UrnParameters): SupervisedRules<UrnInstance> {
  return {
    observation: [{ name: "draw", offset: 0, size: colours, role: "feedback" }],
    observationSize: colours,
    horizon: draws,
    outputs: colours,
    loss: "cross-entropy",
    example({ probabilities }, random, { batch, inputs, targets }, index) {
      for (let t = 0; t < draws; t++) {
        let colour = 0;
        let left = random.uniform() - probabilities[0]!;
        while (left >= 0 && colour < colours - 1) left -= probabilities[++colour]!;
        targets[(t * batch + index) * colours + colour] = 1;
        if (t + 1 < draws) inputs[((t + 1) * batch + index) * colours + colour] = 1;
      }
    },
    score: (outputs, { batch, targets }) =>
      Float64Array.from({ length: batch }, (_, i) => {
        let bits = 0;
        for (let t = 0; t < draws; t++)
          bits += logProbability(outputs, targets, (t * batch + i) * colours, colours) / Math.LN2;
        return bits / draws;
      }),
    scoreUnit: "bits a ball, log probability",
  };
}

/** log of the probability that softmax(outputs) gives to the one-hot target, both starting at `at`. */
function logProbability(
  outputs: Float32Array,
  targets: Float32Array,
  at: number,
  size: number,
): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < size; c++) largest = Math.max(largest, outputs[at + c]!);
  let total = 0;
  let chosen = 0;
  for (let c = 0; c < size; c++) {
    total += Math.exp(outputs[at + c]! - largest);
    if (targets[at + c]! > 0) chosen = outputs[at + c]!;
  }
  return chosen - largest - Math.log(total);
}
