/** The card of in-context regression. */
import type { TaskCard } from "../../core/index.ts";

export const regressionCard: TaskCard = {
  title: "In-context regression",
  summary:
    "Predict y for a new x from examples (x, y) of one linear function, whose weights are the instance. Weights " +
    "are standard normal; a learner may remember those that it was trained on and recognize which one is shown, " +
    "or work out any weights from the examples.",
  observed:
    "Tokens in turn: x_1, y_1, x_2, y_2, ..., x_K. A token is D numbers for x and one for y; those that the " +
    "token does not show are zero. Nothing else names the instance.",
  actions: "One number at every x token: the y that follows. Outputs at y tokens do not count.",
  reward:
    "Squared error of each prediction against y, noise included; the score is its mean, negated.",
  end: "After 2 K - 1 tokens, always: the last y is predicted and not shown.",
  diversity:
    "N weight vectors drawn from the training part of a standard normal distribution in D dimensions; or a new " +
    "one for every sequence.",
  source:
    "Raventos, Paul, Chen and Ganguli (2023), Pretraining task diversity and the emergence of non-Bayesian " +
    "in-context learning for regression, arXiv 2306.15063, section 2; Garg et al. (2022), arXiv 2208.01066.",
};
