/** What an episode has revealed about a keyed bandit: the exact posterior over which arm is the best. */
import type { BanditParameters } from "./parameters.ts";
import type { BanditState } from "./rules.ts";

/** Log likelihood ratios, of being the best arm against being another, that one pull brings. */
export interface Evidence {
  /** Of a reward: ln(p / q); infinite where q = 0. */
  readonly win: number;
  /** Of none: ln((1 - p) / (1 - q)); minus infinity where p = 1. */
  readonly loss: number;
}

/** The evidence of one pull; an outcome that cannot occur counts as no evidence. */
export function evidenceOf({ best, others }: Pick<BanditParameters, "best" | "others">): Evidence {
  return {
    win: best === 0 ? 0 : Math.log(best / others),
    loss: others === 1 ? 0 : Math.log((1 - best) / (1 - others)),
  };
}

/** Counts of an episode so far, and the posterior that follows from them. */
export class Belief {
  /** Rewards received, by arm. */
  readonly wins: Int32Array;
  /** Pulls that paid nothing, by arm. */
  readonly losses: Int32Array;
  readonly #evidence: Evidence;
  readonly #posterior: Float64Array;

  constructor(parameters: BanditParameters) {
    this.wins = new Int32Array(parameters.arms);
    this.losses = new Int32Array(parameters.arms);
    this.#posterior = new Float64Array(parameters.arms);
    this.#evidence = evidenceOf(parameters);
  }

  /** Takes in the outcome that the state shows; the first state shows none. */
  see({ action, reward }: BanditState): void {
    if (action < 0) return;
    const counts = reward > 0 ? this.wins : this.losses;
    counts[action] = counts[action]! + 1;
  }

  /**
   * Probability of each arm being the best, `[arms]`; overwritten by the next call. Where the rules exclude
   * every arm (feedback was withheld or came from elsewhere), all arms are equally likely again.
   */
  posterior(): Float64Array {
    const weights = this.#posterior;
    let largest = Number.NEGATIVE_INFINITY;
    for (let arm = 0; arm < weights.length; arm++) {
      weights[arm] = this.#logWeight(arm);
      largest = Math.max(largest, weights[arm]!);
    }
    let sum = 0;
    for (let arm = 0; arm < weights.length; arm++) {
      // Equal infinities: certainty where positive, no arm left where negative.
      weights[arm] = weights[arm] === largest ? 1 : Math.exp(weights[arm]! - largest);
      sum += weights[arm]!;
    }
    for (let arm = 0; arm < weights.length; arm++) weights[arm] = weights[arm]! / sum;
    return weights;
  }

  #logWeight(arm: number): number {
    const { win, loss } = this.#evidence;
    const wins = this.wins[arm]!;
    const losses = this.losses[arm]!;
    // Loss first: an arm that must always pay and once did not is excluded, whatever else it did.
    if (losses > 0 && loss === Number.NEGATIVE_INFINITY) return loss;
    return (losses > 0 ? losses * loss : 0) + (wins > 0 ? wins * win : 0);
  }
}

/** The position of the largest value; `noise` on [0, 1) picks among values equal up to rounding. */
export function pickLargest(values: ArrayLike<number>, noise: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]!);
  const enough = largest - 1e-9 * Math.max(1, Math.abs(largest));
  let ties = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! >= enough) ties++;
  let skip = Math.floor(noise * ties);
  for (let i = 0; i < values.length; i++) if (values[i]! >= enough && skip-- === 0) return i;
  throw new RangeError("no largest value: the values are not numbers");
}
