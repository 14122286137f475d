/** The best response of an agent that knows which episode it is in: backward induction over the grid's outcomes. */
import { type Corner, episodeOutcomes } from "./grid.ts";
import { checkDeception, type DeceptionModel, discountedSum } from "./model.ts";

export interface ObservedSolution {
  /** Where each episode ends, training first: the best response, and A once the agent is modified. */
  readonly bestResponse: readonly Corner[];
  /** Whether no other choice of corners is as good; where one is, the response that complies longest is given. */
  readonly unique: boolean;
  /** Discounted number of episodes that end at B. */
  readonly value: number;
}

/**
 * Solves the example exactly, over all routes through the grid. Randomized policies are covered: the value is
 * linear in the probability of each choice, so that a deterministic policy is among the best.
 * @throws InputError for a model that is none.
 */
export function bestResponse(model: DeceptionModel): ObservedSolution {
  checkDeception(model);
  const { training, deployment, discount = 1 } = model;
  const outcomes = episodeOutcomes();
  const choices: { corner: Corner; strayed: boolean; tied: boolean }[] = [];
  // Value of the episodes from here on to the agent as it is; a modified agent reaches B never again.
  let value = 0;
  for (let i = training + deployment - 1; i >= 0; i--) {
    const worth = outcomes.map(({ corner, strayed }) => {
      const modified = strayed && i < training;
      return (corner === "B" ? 1 : 0) + (modified ? 0 : discount * value);
    });
    value = Math.max(...worth);
    const best = outcomes.filter((_, j) => isTied(worth[j]!, value));
    const { corner, strayed } = best.find((outcome) => !outcome.strayed) ?? best[0]!;
    choices[i] = { corner, strayed, tied: best.some((other) => other.corner !== corner) };
  }
  const defection = choices.findIndex(({ strayed }, i) => strayed && i < training);
  const own = defection < 0 ? choices.length : defection + 1;
  return {
    bestResponse: choices.map(({ corner }, i) => (i < own ? corner : "A")),
    unique: !choices.slice(0, own).some(({ tied }) => tied),
    value,
  };
}

/** Equal but for rounding of sums of at most 10,000 terms. */
const isTied = (worth: number, best: number): boolean => best - worth <= 1e-12 * best;

/**
 * The least discount at which it is a best response to comply throughout training and to defect in deployment,
 * where episodes are told apart: the root of g^T (1 + g + ... + g^(D - 1)) = 1, since an agent that defects
 * earlier defects at once, for 1. With a single deployment episode that is 1, where both are equally good.
 * Undefined where there is nothing to comply for (D = 0) or nothing to feign (T = 0).
 * @throws InputError for horizons that are none.
 */
export function deceptiveFromDiscount(
  model: Pick<DeceptionModel, "training" | "deployment">,
): number | undefined {
  checkDeception(model);
  const { training, deployment } = model;
  if (training === 0 || deployment === 0) return undefined;
  let [low, high] = [0, 1];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (middle ** training * discountedSum(middle, deployment) >= 1) high = middle;
    else low = middle;
  }
}
