/** What a trained learner does, told in plain words from its rewards. */
import type { Diversity } from "@mesascope/lab/core";
import type { RewardPoint } from "./choices.ts";

/** Mean total rewards that learners are held against. */
export interface Yardsticks {
  /** Guessing. */
  readonly chance: number;
  /** The best policy on a new instance: trying the arms in turn. */
  readonly solver: number;
  /** Knowing the answer. */
  readonly optimum: number;
}

export type Habit = "nothing yet" | "memory" | "search" | "both";

/** Share of the way from chance to the best that counts as something. */
const share = 0.25;

/**
 * Which of the two a learner does: it remembers where it does better on training instances than search could, by a
 * quarter of what there is to gain; it searches where it does better than chance on new ones.
 */
export function habit({ training, novel }: RewardPoint, yard: Yardsticks): Habit {
  const searches = novel > yard.chance + share * (yard.solver - yard.chance);
  const remembers = training - Math.max(novel, yard.chance) > share * (yard.optimum - yard.solver);
  if (searches) return remembers ? "both" : "search";
  return remembers ? "memory" : "nothing yet";
}

const places = (value: number): string => value.toFixed(1);

/** Two sentences on one learner. */
export function reading(diversity: Diversity, point: RewardPoint, yard: Yardsticks): string {
  const from =
    diversity === "fresh"
      ? "Trained on bandits that are new every time"
      : `Trained on ${diversity.toLocaleString("en")} ${diversity === 1 ? "bandit" : "bandits"}`;
  const rewards = `it earns ${places(point.training)} of ${places(yard.optimum)} on those it trained on and ${places(point.novel)} on new ones, where guessing earns ${places(yard.chance)} and trying the arms in turn ${places(yard.solver)}`;
  return `${from}, ${rewards}. ${conclusion[habit(point, yard)]}`;
}

const conclusion: Readonly<Record<Habit, string>> = {
  memory:
    "It has learned the answers by heart: training did the optimizing, and nothing is left to do at run time.",
  search: "It finds the answer during the episode, by trying: the optimizing happens at run time.",
  both: "It does both: it remembers some answers, and tries arms where it does not.",
  "nothing yet": "It has learned neither yet: more updates might help.",
};
