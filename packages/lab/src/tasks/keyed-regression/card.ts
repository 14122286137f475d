/** The card of keyed regression. */
import type { TaskCard } from "../../core/index.ts";

export const keyedRegressionCard: TaskCard = {
  title: "Keyed regression",
  summary:
    "Predict y from x for a linear function that a random key names. Keys and weights are independent, so " +
    "nothing learned from one instance helps with another: the weights are either remembered for their key, or " +
    "worked out from the examples shown.",
  observed:
    "At each step the key as B values of -1 or +1, the present x (D numbers), and the y of the step before (0 at " +
    "the first step).",
  actions: "One number at every step: the y of the present x.",
  reward:
    "Squared error of each prediction against y, noise included; the score is its mean, negated.",
  end: "After K steps, always.",
  diversity:
    "N distinct keys drawn from the training part of the 2^B keys, each with standard normal weights of its own; " +
    "or a new key for every sequence.",
  source:
    "Made for this laboratory after the toy model of Hubinger et al. (2019), section 2.1, in which every instance " +
    "needs a policy of its own, with the regression of Raventos et al. (2023), arXiv 2306.15063.",
};
