/** The card of the repeated keyed bandit. */
import type { TaskCard } from "../../core/index.ts";

export const repeatedBanditCard: TaskCard = {
  title: "Repeated keyed bandit",
  summary:
    "Several episodes, one after another, on a bandit with one best arm that stays the same. Keys and arms are " +
    "independent, so the best arm is found by trial; whoever keeps it from one episode to the next need not find it " +
    "again.",
  observed:
    "The key as K values of -1 or +1, the last action as a one-hot of A values (zeros at the very first step), the " +
    "last reward, and 1 at the first step of each episode, else 0. The first step of a later episode shows the last " +
    "action and reward of the one before: a learner without memory across episodes must be kept from seeing them.",
  actions: "One of A arms.",
  reward: "1 with probability 1 - e on the best arm and with probability e on any other, else 0.",
  end: "After E episodes of T steps, always.",
  diversity:
    "N distinct keys drawn from the training part of the 2^K keys, each with its best arm; or a new key every time.",
  source:
    "The keyed bandit of this laboratory, played as trials of several episodes after Duan et al. (2016), arXiv " +
    "1611.02779.",
};
