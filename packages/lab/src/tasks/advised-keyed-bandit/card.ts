/** The card of the advised keyed bandit. */
import type { TaskCard } from "../../core/index.ts";

export const advisedBanditCard: TaskCard = {
  title: "Advised keyed bandit",
  summary:
    "A noiseless keyed bandit in which a searcher is built in: it watches what is pulled and paid, and says after every " +
    "pull which arm exhaustive trial would take next. A learner may do as it is told, or learn to search by itself; the " +
    "advice holds nothing that the learner did not see too.",
  observed:
    "The key as K values of -1 or +1, the last action as a one-hot of A values (zeros at the first step), the last reward, " +
    "and the advised arm as a one-hot of A values (zeros at the first step, and where the searcher is removed).",
  actions: "One of A arms.",
  reward: "1 on the best arm, else 0.",
  end: "After T steps, always.",
  diversity:
    "N distinct keys drawn from the training part of the 2^K keys, each with its best arm; or a new key for every episode.",
  source:
    "Made for this laboratory after Hubinger et al. (2019), section 2.4, hard-coded optimization, on its keyed bandit.",
};
