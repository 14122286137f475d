/** The best policy of an agent that cannot tell its episodes apart: the paper's section 4.5, as an absent-minded driver. */
import { checkDeception, type DeceptionModel, discountedSum, policyValue } from "./model.ts";

export interface HiddenSolution {
  /** p: the probability of going to B, the same in every episode, that is best when chosen before the first. */
  readonly defectProbability: number;
  /** Expected discounted number of episodes that end at B. */
  readonly value: number;
}

/**
 * The planning-optimal policy (Piccione and Rubinstein 1997, "On the interpretation of decision problems with
 * imperfect recall"): p maximizes V(p) = sum over i < T of g^i p (1 - p)^i + C p (1 - p)^T with
 * C = g^T (1 + ... + g^(D - 1)). Without discount and with D >= 1 it is (T + D) / (D (T + 1)), at most 1.
 * @throws InputError for a model that is none.
 */
export function planningOptimum(model: DeceptionModel): HiddenSolution {
  checkDeception(model);
  const { training, deployment } = model;
  const at = (defectProbability: number): HiddenSolution => ({
    defectProbability,
    value: policyValue(new Array(training + deployment).fill(defectProbability), model),
  });
  const always = at(1);
  const stationary = largestStationaryPoint(model);
  if (stationary === undefined) return always;
  const gamble = at(1 - stationary);
  return gamble.value > always.value ? gamble : always;
}

/**
 * The largest q = 1 - p in (0, 1) at which V is stationary. In q,
 * V = 1 - sum over 0 < t < T of (g^(t-1) - g^t) q^t + (C - g^(T-1)) q^T - C q^(T+1), so that V'(q) / q^(T-1) is
 * concave: it has two zeros at most, V falls beyond the larger one, and that is its only maximum inside.
 */
function largestStationaryPoint(model: DeceptionModel): number | undefined {
  const { training: T, deployment, discount: g = 1 } = model;
  const C = g ** T * discountedSum(g, deployment);
  if (T === 0 || C === 0) return undefined;
  const last = T * (C - g ** (T - 1));
  if (g === 1) return last > 0 ? last / ((T + 1) * C) : undefined;
  /** V'(q) / q^(T-1), and its derivative. */
  const slope = (q: number): [slope: number, bend: number] => {
    let value = last - (T + 1) * C * q;
    let bend = -(T + 1) * C;
    for (let t = 1; t < T; t++) {
      const loss = g ** (t - 1) - g ** t;
      // At a discount next to 1 it may round to nothing, and nothing times q^(t - T) is no number.
      if (loss === 0) continue;
      const term = t * loss * q ** (t - T);
      value -= term;
      bend += ((T - t) * term) / q;
    }
    return [value, bend];
  };
  const peak = bisect(0, 1, (q) => slope(q)[1] > 0);
  if (!(slope(peak)[0] > 0)) return undefined;
  return bisect(peak, 1, (q) => slope(q)[0] > 0);
}

/** Where `holds` ends, holding at `low` and not at `high`. */
function bisect(from: number, to: number, holds: (x: number) => boolean): number {
  let [low, high] = [from, to];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low;
    if (holds(middle)) low = middle;
    else high = middle;
  }
}
