/**
 * Optimization power of a subject that predicts, in bits an example, split into tuned and run-time bits as for
 * subjects that act.
 *
 * Squared error: the sum over counted steps of d/2 log2(V / E), with d outputs, E the mean squared error of the
 * subject and V that of the best blind predictor on the same examples (the prior variance): the least number of
 * bits about a Gaussian target that a reconstruction of that error needs (Shannon's rate-distortion function;
 * Cover and Thomas 2006, theorem 10.3.2). Unlike the function, it is signed: a predictor worse than the blind one
 * has negative bits, and the blind one has exactly zero. Cross-entropy: the sum of (C - E) / ln 2, the
 * bits of code length saved against the blind predictor.
 */
import type {
  ExampleBatch,
  Measurement,
  Signature,
  SupervisedRules,
  SupervisedTask,
} from "../core/index.ts";
import { mean, meanInterval } from "../stats/index.ts";
import { referenceOutputs } from "../tasks/index.ts";
import { type Bits, difference, level, whole } from "./bits.ts";
import { type PredictionCondition, predict } from "./conditions-of-prediction.ts";
import { stepErrors } from "./step-errors.ts";

/** Most bits that an output can be credited with at one step: float32 outputs tell no more apart. */
const most = 24;

/** Bits an example of outputs, against those of the blind predictor; the interval is over examples. */
export function predictiveBits(
  rules: Pick<SupervisedRules<unknown>, "loss" | "outputs">,
  examples: ExampleBatch,
  outputs: Float32Array,
  blind: Float32Array,
): Bits {
  const own = stepErrors(rules, examples, outputs);
  const chance = stepErrors(rules, examples, blind);
  const values = new Array<number>(examples.batch).fill(0);
  own.forEach(({ errors }, t) => {
    const base = chance[t]!.errors;
    if (rules.loss === "squared-error") addRate(values, errors, base, rules.outputs);
    else for (let i = 0; i < values.length; i++) values[i]! += (base[i]! - errors[i]!) / Math.LN2;
  });
  return { bits: mean(values), interval: meanInterval(values, level) };
}

/**
 * Adds one step's d/2 log2(V / E) to each example, plus the example's influence on it (to first order), so that the
 * mean of the values is the rate and their spread is its uncertainty.
 */
function addRate(
  values: number[],
  errors: Float64Array,
  base: Float64Array,
  outputs: number,
): void {
  const variance = mean([...base]);
  const error = Math.max(mean([...errors]), variance * 2 ** (-2 * most));
  const scale = outputs / 2 / Math.LN2;
  for (let i = 0; i < values.length; i++)
    values[i]! += scale * (Math.log(variance / error) + base[i]! / variance - errors[i]! / error);
}

/** The supervised side of `optimization-power`. */
export const predictivePower: NonNullable<Signature["supervised"]> = async (
  subject,
  instances,
  { task, key },
): Promise<Measurement> => {
  const bits = async (condition: PredictionCondition) => {
    const { examples, outputs } = await predict(subject, task, instances, condition, key);
    const blind = referenceOutputs(task, task.references.chance, examples, []);
    return predictiveBits(task.rules, examples, outputs, blind);
  };
  const seen = await bits("training");
  const fresh = await bits("novel");
  const removed = await bits("training-removed");
  const shuffled = await bits("training-shuffled");
  const swapped = await bits("training-swapped");
  const { examples } = await predict(subject, task, instances, "novel", key);
  return {
    signature: "optimization-power",
    applicable: true,
    value: fresh.bits,
    unit: "bits",
    interval: fresh.interval,
    n: examples.batch,
    baselines: { chance: 0, reference: bestBits(task, examples, instances.heldOut) },
    parts: {
      training: whole(seen),
      novel: whole(fresh),
      runTime: whole(fresh),
      tuned: difference(seen, fresh),
      tunedAblation: whole(removed),
      runTimeAblation: difference(seen, removed),
      tunedShuffled: whole(shuffled),
      runTimeShuffled: difference(seen, shuffled),
      swapped: whole(swapped),
    },
    series: {},
  };
};

function bestBits(task: SupervisedTask, examples: ExampleBatch, instances: readonly unknown[]) {
  const of = (id: string) => referenceOutputs(task, id, examples, instances);
  const { best, chance } = task.references;
  return predictiveBits(task.rules, examples, of(best), of(chance)).bits;
}
