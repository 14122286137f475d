/** Balls and urns: recognize an urn that was met in training, or count the colours of any urn. */
import type { SupervisedFamily } from "../../core/index.ts";
import { floatWords } from "../float-words.ts";
import { urnCard } from "./card.ts";
import { type UrnParameters, urnForms, urnParameters } from "./parameters.ts";
import { urnPredictors } from "./predictors.ts";
import { sampleUrn, type UrnInstance, urnRules } from "./rules.ts";

export type { UrnInstance, UrnParameters };

export const ballsAndUrns: SupervisedFamily<UrnParameters, UrnInstance> = {
  kind: "supervised",
  id: "balls-and-urns",
  card: urnCard,
  parameters: urnParameters,
  forms: urnForms,
  sample: sampleUrn,
  words: (_, { probabilities }) => floatWords(probabilities),
  identity: (_, { probabilities }) => floatWords(probabilities),
  // Some 2^24 float32 values for each free probability: never few enough to list.
  count: ({ colours }) => 2 ** Math.min(1023, 24 * (colours - 1)),
  enumerate: () => {
    throw new Error("urns are too many to enumerate");
  },
  rules: urnRules,
  predictors: urnPredictors,
  references: () => ({
    chance: "uniform",
    best: "generalizer",
    memorizer: "memorizer",
    generalizer: "generalizer",
  }),
};
