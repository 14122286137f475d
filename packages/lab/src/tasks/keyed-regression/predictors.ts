/** Predictors of keyed regression that are known exactly. */
import { type ExampleBatch, entryOf, type ReferencePredictor } from "../../core/index.ts";
import { knownEstimator, predictLinear, ridgeEstimator, zeroEstimator } from "../linear/index.ts";
import type { KeyedRegressionParameters } from "./parameters.ts";
import { type KeyedRegressionInstance, keyedLayout } from "./rules.ts";

type Predictor = ReferencePredictor<KeyedRegressionInstance>;
type Weights = readonly number[];

const byKey = new WeakMap<readonly KeyedRegressionInstance[], Map<string, Weights>>();

/** The weights of each training instance, by the words of its key. */
const tableOf = (known: readonly KeyedRegressionInstance[]): Map<string, Weights> =>
  entryOf(byKey, known, () => new Map(known.map(({ key, weights }) => [key.join(), weights])));

/** The words of the key that example `index` shows at its first step. */
function keyShown({ inputs }: ExampleBatch, index: number, size: number, keyBits: number): string {
  const words = new Array<number>(keyBits > 32 ? 2 : 1).fill(0);
  for (let bit = 0; bit < keyBits; bit++)
    if (inputs[index * size + bit]! > 0) words[bit >> 5]! |= 1 << (bit & 31);
  return words.join();
}

export function keyedRegressionPredictors(
  parameters: KeyedRegressionParameters,
): readonly Predictor[] {
  const { dimension, noise, keyBits } = parameters;
  const layout = keyedLayout(parameters);
  const nothing = new Array<number>(dimension).fill(0);
  return [
    {
      id: "zero",
      title: "Zero",
      knows: "inputs",
      description: "The mean of y before anything is shown: what the best blind predictor says.",
      predict: (batch) => predictLinear(layout, batch, zeroEstimator(dimension)),
    },
    {
      id: "table",
      title: "Memorizer (table of keys)",
      knows: "training",
      description:
        "The weights of the training instance whose key is shown, and zero for a key never met.",
      predict(batch, known) {
        const table = tableOf(known);
        const remembered = (index: number) =>
          table.get(keyShown(batch, index, layout.size, keyBits)) ?? nothing;
        return predictLinear(layout, batch, knownEstimator(remembered));
      },
    },
    {
      id: "ridge",
      title: "Generalizer (ridge regression)",
      knows: "inputs",
      description:
        "Posterior mean under standard normal weights, which is ridge regression with the true noise: the best predictor on a new instance.",
      predict: (batch) => predictLinear(layout, batch, ridgeEstimator(dimension, noise)),
    },
    {
      id: "oracle",
      title: "Oracle",
      knows: "instance",
      description: "The true weights: only the noise is left.",
      predict: (batch, known) =>
        predictLinear(
          layout,
          batch,
          knownEstimator((index) => known[index]!.weights),
        ),
    },
  ];
}
