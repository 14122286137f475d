/** Keyed regression: instances share nothing, so each needs weights of its own, remembered or worked out. */
import { type Key, Random, type SupervisedFamily } from "../../core/index.ts";
import { floatWords } from "../float-words.ts";
import { sampleWeights } from "../linear/index.ts";
import { keyedRegressionCard } from "./card.ts";
import {
  type KeyedRegressionParameters,
  keyedRegressionForms,
  keyedRegressionParameters,
} from "./parameters.ts";
import { keyedRegressionPredictors } from "./predictors.ts";
import { type KeyedRegressionInstance, keyedRegressionRules } from "./rules.ts";

export type { KeyedRegressionInstance, KeyedRegressionParameters };

const masked = (word: number, bits: number): number =>
  bits >= 32 ? word : word & ((1 << bits) - 1);

function sample(
  { keyBits, dimension }: KeyedRegressionParameters,
  random: Random,
): KeyedRegressionInstance {
  const key = [masked(random.bits(), keyBits)];
  if (keyBits > 32) key.push(masked(random.bits(), keyBits - 32));
  return { key, weights: sampleWeights(dimension, random) };
}

/** Every key once, in counting order, each with weights of its own. */
function* enumerate(
  { keyBits, dimension }: KeyedRegressionParameters,
  key: Key,
): Generator<KeyedRegressionInstance> {
  const random = new Random(key);
  for (let index = 0; index < 2 ** keyBits; index++)
    yield { key: [index | 0], weights: sampleWeights(dimension, random) };
}

export const keyedRegression: SupervisedFamily<KeyedRegressionParameters, KeyedRegressionInstance> =
  {
    kind: "supervised",
    id: "keyed-regression",
    card: keyedRegressionCard,
    parameters: keyedRegressionParameters,
    forms: keyedRegressionForms,
    sample,
    words: (_, { key, weights }) => [...key, ...floatWords(weights)],
    identity: (_, { key }) => key,
    count: ({ keyBits }) => 2 ** keyBits,
    enumerate,
    rules: keyedRegressionRules,
    predictors: keyedRegressionPredictors,
    references: () => ({
      chance: "zero",
      best: "ridge",
      memorizer: "table",
      generalizer: "ridge",
    }),
  };
