/** The card of balls and urns. */
import type { TaskCard } from "../../core/index.ts";

export const urnCard: TaskCard = {
  title: "Balls and urns",
  summary:
    "Predict the colour of the next ball drawn from an urn. An urn is a distribution over colours, drawn " +
    "uniformly from all of them; a learner may remember the urns that it was trained on and recognize which one " +
    "is drawn from, or count colours, which serves any urn.",
  observed: "The colour of the ball drawn last as a one-hot of m values; zeros at the first step.",
  actions: "At every step a distribution over the m colours, as unnormalized log probabilities.",
  reward:
    "Cross-entropy of each prediction against the ball that comes; the score is the mean log probability in bits.",
  end: "After the last ball, always.",
  diversity:
    "N urns drawn from the training part of a Dirichlet distribution with all parameters 1; or a new urn for " +
    "every sequence.",
  source:
    "Wurgaft, Lubana, Park, Tanaka, Reddy and Goodman (2025), In-context learning strategies emerge rationally, " +
    "arXiv 2506.17859.",
};
