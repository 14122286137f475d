/** The optimum for a cost of unknown shape, by bounds that need no more than that it never decreases. */
import { InputError } from "../../core/index.ts";
import { describe, saturated } from "./answer.ts";
import type { Bounds, ToyModel, ToyOptimum } from "./model.ts";

/** Where the gain may lie on a stretch of x: f is between its ends, so gain <= right - f(left) / N_eff. */
interface Stretch {
  readonly left: number;
  readonly right: number;
  readonly costLeft: number;
  readonly costRight: number;
}

/** Relative size of the gap at which refinement stops. */
const tolerance = 1e-6;
/** Most stretches kept at once: a cost that is nearly indifferent throughout stops here, with a wider gap. */
const mostStretches = 2 ** 14;

/**
 * Branch and bound: every stretch that may still hold the maximum is halved until the bound is within a
 * millionth of the best point. `xStar` is the best point found; the certificate says how good it must be.
 * @throws InputError when the cost is found to decrease.
 */
export function certifiedOptimum(
  { budget, cost, ceiling = Number.POSITIVE_INFINITY }: ToyModel,
  { effective, cap, cappedBy }: Bounds,
): Omit<ToyOptimum, "threshold"> {
  const bound = (stretch: Stretch) => stretch.right - stretch.costLeft / effective;
  const whole = { left: 0, right: cap, costLeft: 0, costRight: cost.bits(cap) };
  if (!(whole.costRight >= 0)) throw decreases(whole, cap, whole.costRight);
  let stretches: Stretch[] = [whole];
  let best = { x: 0, gain: 0 };
  let top = Number.POSITIVE_INFINITY;
  const offer = (x: number, bits: number) => {
    const gain = x - bits / effective;
    if (gain > best.gain) best = { x, gain };
  };
  offer(cap, whole.costRight);
  while (stretches.length <= mostStretches) {
    top = Math.max(best.gain, ...chunkedMaxima(stretches.map(bound)));
    if (top - best.gain <= tolerance * Math.max(cap, Number.MIN_VALUE)) break;
    stretches = stretches.flatMap((stretch) => halve(stretch, cost.bits));
    for (const { left, costLeft } of stretches) offer(left, costLeft);
    stretches = stretches.filter((stretch) => bound(stretch) >= best.gain);
  }
  const certificate = {
    gap: Math.max(0, top - best.gain),
    within: {
      low: stretches[0]?.left ?? best.x,
      high: stretches.at(-1)?.right ?? best.x,
    },
  };
  const tuning = budget / effective;
  if (tuning + best.gain <= ceiling)
    return { ...describe(best.x, best.x, tuning + best.gain, { cap, cappedBy }), certificate };
  const meets = (x: number) => x - cost.bits(x) / effective >= ceiling - tuning;
  const may = (left: number, right: number) =>
    right - cost.bits(left) / effective >= ceiling - tuning;
  const low = firstMeeting(0, cap, meets, may) ?? best.x;
  const mirrored = firstMeeting(
    -cap,
    0,
    (x) => meets(-x),
    (left, right) => may(-right, -left),
  );
  const high = mirrored === undefined ? best.x : -mirrored;
  return { ...saturated(low, high, ceiling), certificate };
}

function halve(stretch: Stretch, bits: (x: number) => number): Stretch[] {
  const { left, right, costLeft, costRight } = stretch;
  const middle = (left + right) / 2;
  const cost = bits(middle);
  if (!(cost >= costLeft && cost <= costRight)) throw decreases(stretch, middle, cost);
  return [
    { left, right: middle, costLeft, costRight: cost },
    { left: middle, right, costLeft: cost, costRight },
  ];
}

function decreases(
  { left, right, costLeft, costRight }: Stretch,
  x: number,
  cost: number,
): InputError {
  return new InputError(
    `a cost must not decrease, but f(${left}) = ${costLeft}, f(${x}) = ${cost} and f(${right}) = ${costRight}`,
  );
}

/** Maxima of pieces short enough to be passed as arguments. */
function chunkedMaxima(values: readonly number[]): number[] {
  const maxima: number[] = [];
  for (let i = 0; i < values.length; i += 1000) maxima.push(Math.max(...values.slice(i, i + 1000)));
  return maxima;
}

/** The first x that meets the ceiling, to a millionth of the range; stretches that cannot are skipped. */
function firstMeeting(
  left: number,
  right: number,
  meets: (x: number) => boolean,
  may: (left: number, right: number) => boolean,
): number | undefined {
  const finest = tolerance * (right - left);
  const search = (from: number, to: number): number | undefined => {
    if (meets(from)) return from;
    if (!may(from, to)) return undefined;
    if (to - from <= finest) return meets(to) ? to : undefined;
    const middle = (from + to) / 2;
    return search(from, middle) ?? search(middle, to);
  };
  return search(left, right);
}
