/** Predictors of in-context regression that are known exactly. */
import type { ReferencePredictor } from "../../core/index.ts";
import {
  descentEstimator,
  descentRate,
  knownEstimator,
  mixtureEstimator,
  predictLinear,
  ridgeEstimator,
  zeroEstimator,
} from "../linear/index.ts";
import type { RegressionParameters } from "./parameters.ts";
import { type RegressionInstance, regressionLayout } from "./rules.ts";

type Predictor = ReferencePredictor<RegressionInstance>;

/** Numbers of steps for which gradient descent is a predictor of its own. */
const descentSteps = [1, 2, 4, 8, 16];

export const regressionDescents = descentSteps.map((steps) => ({
  steps,
  id: `gradient-descent-${steps}`,
}));

export function regressionPredictors(parameters: RegressionParameters): readonly Predictor[] {
  const { dimension, noise } = parameters;
  const layout = regressionLayout(parameters);
  return [
    {
      id: "zero",
      title: "Zero",
      knows: "inputs",
      description: "The mean of y before anything is shown: what the best blind predictor says.",
      predict: (batch) => predictLinear(layout, batch, zeroEstimator(dimension)),
    },
    {
      id: "dmmse",
      title: "Memorizer (dMMSE)",
      knows: "training",
      description:
        "Posterior mean under a uniform prior over the training instances (Raventos et al. 2023, section 2).",
      predict: (batch, known) =>
        predictLinear(
          layout,
          batch,
          mixtureEstimator(
            Float64Array.from(known.flatMap(({ weights }) => weights)),
            dimension,
            noise,
          ),
        ),
    },
    {
      id: "ridge",
      title: "Generalizer (ridge regression)",
      knows: "inputs",
      description:
        "Posterior mean under standard normal weights, which is ridge regression with the true noise: the best predictor on a new instance.",
      predict: (batch) => predictLinear(layout, batch, ridgeEstimator(dimension, noise)),
    },
    ...regressionDescents.map(
      ({ steps, id }): Predictor => ({
        id,
        title: `Gradient descent, ${steps} ${steps === 1 ? "step" : "steps"}`,
        knows: "inputs",
        description:
          "Gradient descent from zero on the examples shown, with the rate that predicts best after so many steps (von Oswald et al. 2023, arXiv 2212.07677).",
        predict: (batch) =>
          predictLinear(
            layout,
            batch,
            descentEstimator(dimension, steps, descentRate(parameters, steps)),
          ),
      }),
    ),
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
