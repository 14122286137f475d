/** A cost given by measured points, interpolated by a monotone cubic. */
import { InputError } from "../../../core/index.ts";
import type { Cost } from "../cost.ts";
import { monotoneCubic, pointsOfSlope, type Segment, valueOn } from "./monotone-cubic.ts";

/**
 * A tabulated cost: points (x, f) in bits, from (0, 0), x ascending and f never falling. Nothing is known
 * beyond the last point, so x goes no further.
 * @throws InputError, naming the point, for a table that is not of this kind.
 */
export function tableCost(points: readonly (readonly [x: number, bits: number])[]): Cost {
  check(points);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, bits]) => bits);
  const segments = monotoneCubic(xs, ys);
  const limit = xs.at(-1)!;
  const bits = (x: number) => valueOn(segmentAt(segments, x), x);
  const turns = (diversity: number, cap: number) =>
    // Every knot is listed: a stationary point that falls on one must not be lost to rounding.
    segments
      .flatMap((segment) => [segment.start, ...pointsOfSlope(segment, diversity)])
      .filter((x) => x > 0 && x < cap);
  return {
    family: "table",
    limit,
    bits,
    reach: (budget) => reach(segments, bits, budget),
    shape: {
      turns,
      leastRatio: (cap) => leastRatio(bits, turns, segments[0]!.coefficients[1], cap),
    },
  };
}

function check(points: readonly (readonly [number, number])[]): void {
  if (points.length < 2)
    throw new InputError(`a cost table needs at least two points, not ${points.length}`);
  const [x0, f0] = points[0]!;
  if (x0 !== 0 || f0 !== 0)
    throw new InputError(
      `a cost table starts at x = 0 with a cost of 0, not at x = ${x0} with ${f0}`,
    );
  for (let i = 1; i < points.length; i++) {
    const [x, f] = points[i]!;
    const [before, cost] = points[i - 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(f))
      throw new InputError(
        `point ${i + 1} of the cost table is (${x}, ${f}), which are not two numbers`,
      );
    if (x <= before)
      throw new InputError(
        `the cost table's x must ascend, but point ${i + 1} has ${x} after ${before}`,
      );
    if (f < cost)
      throw new InputError(
        `the cost table must not decrease, but f(${x}) = ${f} follows f(${before}) = ${cost}`,
      );
  }
}

function segmentAt(segments: readonly Segment[], x: number): Segment {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle]!.start <= x) low = middle;
    else high = middle - 1;
  }
  return segments[low]!;
}

/** Largest x with f(x) <= budget: the last segment that starts within the budget, then bisection on it. */
function reach(segments: readonly Segment[], bits: (x: number) => number, budget: number): number {
  const limit = segments.at(-1)!.end;
  if (bits(limit) <= budget) return limit;
  const segment = segments.findLast(({ coefficients: [value] }) => value <= budget)!;
  let low = segment.start;
  let high = segment.end;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low;
    if (valueOn(segment, middle) <= budget) low = middle;
    else high = middle;
  }
}

/**
 * Least f(x) / x by Dinkelbach's method (1967): the ratio at the point that gains most at the ratio before.
 * It halves the distance at least, also where the infimum is the slope at 0, which is reached nowhere.
 */
function leastRatio(
  bits: (x: number) => number,
  turns: (diversity: number, cap: number) => number[],
  initialSlope: number,
  cap: number,
): number {
  let ratio = bits(cap) / cap;
  for (let i = 0; i < 200; i++) {
    let best = { x: cap, gain: ratio * cap - bits(cap) };
    for (const x of turns(ratio, cap)) {
      const gain = ratio * x - bits(x);
      if (gain > best.gain) best = { x, gain };
    }
    const next = bits(best.x) / best.x;
    if (!(next < ratio)) break;
    ratio = next;
  }
  return Math.min(ratio, initialSlope);
}
