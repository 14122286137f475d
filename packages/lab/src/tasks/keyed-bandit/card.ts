/** The card of the keyed bandit. */
import type { TaskCard } from "../../core/index.ts";

export const banditCard: TaskCard = {
  title: "Keyed bandit",
  summary:
    "A bandit with one best arm, fixed for the instance and named by a random key. Keys and arms are " +
    "independent, so nothing learned from one instance helps with another: the best arm is either " +
    "remembered for its key, or found by trial within the episode.",
  observed:
    "The key as K values of -1 or +1, the last action as a one-hot of A values (zeros at the first step), " +
    "and the last reward.",
  actions: "One of A arms.",
  reward: "1 with probability p on the best arm and with probability q on any other, else 0.",
  end: "After T steps, always.",
  diversity:
    "N distinct keys drawn from the training part of the 2^K keys, each with its best arm; or a new key for " +
    "every episode.",
  source:
    "Made for this laboratory after the toy model of Hubinger et al. (2019), section 2.1, in which every " +
    "instance needs a policy of its own; bandits as learned reinforcement learning: Duan et al. (2016), " +
    "arXiv 1611.02779, and Wang et al. (2016), arXiv 1611.05763.",
};
