/** The four-parameter logistic curve, fitted by least squares to weighted points. */
import {
  asymptotes,
  type Box,
  type Data,
  inside,
  refine,
  sigmoids,
} from "./logistic-least-squares.ts";

/** value(x) = low + (high - low) / (1 + exp(-slope (x - midpoint))). */
export interface LogisticFit {
  /** Asymptote at small x; above `high` for a falling curve. */
  readonly low: number;
  /** Asymptote at large x. */
  readonly high: number;
  readonly midpoint: number;
  /** Above 0, per unit of x. */
  readonly slope: number;
}

/** A mean of `weight` values seen at `x`. */
export interface WeightedPoint {
  readonly x: number;
  readonly value: number;
  readonly weight: number;
}

/** Value of the fitted curve at `x`. */
export function logisticValue(fit: LogisticFit, x: number): number {
  const share = 1 / (1 + Math.exp(-fit.slope * (x - fit.midpoint)));
  return fit.low + (fit.high - fit.low) * share;
}

/** Where the curve equals `level`; undefined where it never does. */
export function logisticCrossing(fit: LogisticFit, level: number): number | undefined {
  const share = (level - fit.low) / (fit.high - fit.low);
  if (!(share > 0 && share < 1)) return undefined;
  return fit.midpoint + Math.log(share / (1 - share)) / fit.slope;
}

const midpoints = 33;
const slopes = 13;

/**
 * A fitter for points at fixed places: the grid of curves is computed once and serves every resample.
 *
 * The midpoint stays within the range of `xs`. The slope stays between one whose rise from 12% to 88% spans
 * the range and one whose rise spans half of the narrowest gap between places: flatter is a straight line and
 * steeper a step, and the data can tell neither from its neighbours. The curve is monotone in the stated
 * direction; data that go the other way get the flat curve. The best of the grid is refined.
 */
export function logisticFitter(
  xs: readonly number[],
  direction: "rises" | "falls",
): (points: readonly WeightedPoint[]) => LogisticFit {
  const places = Float64Array.from(new Set(xs)).sort();
  const indexOf = new Map([...places].map((x, i) => [x, i]));
  const box = boxOf(places);
  const grid = Array.from({ length: midpoints * slopes }, (_, i) => {
    const across = (i % midpoints) / (midpoints - 1);
    const shape = inside(box, across, Math.floor(i / midpoints) / (slopes - 1));
    return { shape, curve: sigmoids(places, shape) };
  });
  return (points) => {
    const data: Data = {
      places,
      values: new Float64Array(places.length),
      weights: new Float64Array(places.length),
      direction,
    };
    for (const { x, value, weight } of points) {
      const i = indexOf.get(x)!;
      data.values[i] = value;
      data.weights[i] = weight;
    }
    let start = grid[0]!.shape;
    let least = Number.POSITIVE_INFINITY;
    for (const { shape, curve } of grid) {
      const { error } = asymptotes(data, curve);
      if (error < least) [start, least] = [shape, error];
    }
    const { shape, low, high } = refine(data, box, start);
    return { low, high, midpoint: shape.midpoint, slope: Math.exp(shape.logSlope) };
  };
}

function boxOf(places: Float64Array): Box {
  const first = places[0] ?? 0;
  const last = places.at(-1) ?? 0;
  const range = last - first || 1;
  let gap = range;
  for (let i = 1; i < places.length; i++) gap = Math.min(gap, places[i]! - places[i - 1]!);
  return {
    lowest: { midpoint: first, logSlope: Math.log(4 / range) },
    highest: { midpoint: last, logSlope: Math.log(8 / gap) },
  };
}
