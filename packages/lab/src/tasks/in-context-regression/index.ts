/** In-context regression: memorize the training functions, or work out any function from its examples. */
import type { SupervisedFamily } from "../../core/index.ts";
import { floatWords } from "../float-words.ts";
import { sampleWeights } from "../linear/index.ts";
import { regressionCard } from "./card.ts";
import { type RegressionParameters, regressionForms, regressionParameters } from "./parameters.ts";
import { regressionDescents, regressionPredictors } from "./predictors.ts";
import { type RegressionInstance, regressionRules } from "./rules.ts";

export type { RegressionInstance, RegressionParameters };

export const inContextRegression: SupervisedFamily<RegressionParameters, RegressionInstance> = {
  kind: "supervised",
  id: "in-context-regression",
  card: regressionCard,
  parameters: regressionParameters,
  forms: regressionForms,
  sample: ({ dimension }, random) => ({ weights: sampleWeights(dimension, random) }),
  words: (_, { weights }) => floatWords(weights),
  identity: (_, { weights }) => floatWords(weights),
  // A normal draw takes on some 2^24 float32 values or more a dimension: never few enough to list.
  count: ({ dimension }) => 2 ** Math.min(1023, 24 * dimension),
  enumerate: () => {
    throw new Error("weight vectors are too many to enumerate");
  },
  rules: regressionRules,
  predictors: regressionPredictors,
  references: () => ({
    chance: "zero",
    best: "ridge",
    memorizer: "dmmse",
    generalizer: "ridge",
    descents: regressionDescents,
  }),
};
