/** The best division of a base optimizer's power between tuning and run-time optimization. */

import { describe, saturated } from "./answer.ts";
import { certifiedOptimum } from "./certified.ts";
import type { CostShape } from "./cost.ts";
import { type Bounds, boundsOf, type ToyModel, type ToyOptimum } from "./model.ts";
import { wholeHalvings } from "./whole-halvings.ts";

/**
 * Maximizes T(x) = min(B, (P - f(x)) / N_eff + x) over 0 <= x <= min(x_max, f^-1(P)) (the paper, section 2.1).
 * Exact for costs of known shape (to rounding; maximizers that rounding cannot tell apart count as equal);
 * certified by bounds for other costs.
 * @throws InputError as `boundsOf` does.
 */
export function toyOptimum(model: ToyModel): ToyOptimum {
  const bounds = boundsOf(model);
  const threshold = thresholdOf(model, bounds);
  if (model.form === "worst") return { ...wholeHalvings(model, bounds), threshold };
  if (!model.cost.shape) return { ...certifiedOptimum(model, bounds), threshold };
  return { ...exactOptimum(model, bounds, model.cost.shape), threshold };
}

/** N0 in distinct instances: where N_eff equals the least f(x) / x. */
function thresholdOf({ cost, shared = 0 }: ToyModel, { cap }: Bounds): number {
  if (cap === 0) return Number.POSITIVE_INFINITY;
  const least = cost.shape ? cost.shape.leastRatio(cap) : leastRatioOnGrid(cost.bits, cap);
  return shared * least < 1
    ? ((1 - shared) * least) / (1 - shared * least)
    : Number.POSITIVE_INFINITY;
}

/** Least f(x) / x over points that are 1% apart: within 1% above the infimum down to a millionth of the cap. */
function leastRatioOnGrid(bits: (x: number) => number, cap: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 1400; i++) {
    const x = cap * 1.01 ** -i;
    if (x > 0) least = Math.min(least, bits(x) / x);
  }
  return least;
}

interface Candidate {
  readonly x: number;
  /** x - f(x) / N_eff: the total less what tuning alone gives. */
  readonly gain: number;
  /** Sizes that were subtracted: what rounding is relative to. */
  readonly scale: number;
}

/** Between the points where it turns the gain is monotone, so the best point is 0, a turn or the cap. */
function exactOptimum(
  { budget, cost, ceiling = Number.POSITIVE_INFINITY }: ToyModel,
  { effective, cap, cappedBy }: Bounds,
  shape: CostShape,
): Omit<ToyOptimum, "threshold"> {
  const candidate = (x: number): Candidate => {
    const spent = cost.bits(x) / effective;
    return { x, gain: x - spent, scale: x + spent };
  };
  const points = cap > 0 ? [0, ...shape.turns(effective, cap), cap] : [0];
  const candidates = points.map(candidate);
  const best = candidates.reduce((a, b) => (b.gain > a.gain ? b : a));
  const tuning = budget / effective;
  if (tuning + best.gain > ceiling * (1 + rounding)) {
    const short = ceiling - tuning;
    const gain = (x: number) => candidate(x).gain;
    const low = edge(candidates, gain, short);
    return saturated(low, edge([...candidates].reverse(), gain, short), ceiling);
  }
  const tied = candidates.filter((other) => isTied(best, other)).map(({ x }) => x);
  const low = Math.min(...tied);
  const high = Math.max(...tied);
  return describe(low, high, tuning + best.gain, { cap, cappedBy });
}

/** Rounding of the gain relative to its parts: a few units of the last place. */
const rounding = 1e-14;

/** Equal but for rounding, and too far apart to be two roundings of one smooth maximum. */
function isTied(best: Candidate, other: Candidate): boolean {
  if (other === best) return true;
  const apart = Math.abs(other.x - best.x) > 1e-4 * Math.max(other.x, best.x);
  return apart && best.gain - other.gain <= rounding * Math.max(best.scale, other.scale);
}

/** The first x, going through the candidates in order, at which the gain is enough to meet the ceiling. */
function edge(
  candidates: readonly Candidate[],
  gain: (x: number) => number,
  enough: number,
): number {
  const at = candidates.findIndex((candidate) => candidate.gain >= enough);
  const reached = candidates[at]!.x;
  const before = candidates[at - 1];
  if (!before) return reached;
  let [out, inside] = [before.x, reached];
  for (;;) {
    const middle = (out + inside) / 2;
    if (middle === out || middle === inside) return inside;
    if (gain(middle) >= enough) inside = middle;
    else out = middle;
  }
}
