/** The four-parameter logistic curve, fitted by least squares to weighted points. */

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
  return fit.low + (fit.high - fit.low) * sigmoid(fit.slope * (x - fit.midpoint));
}

/** Where the curve equals `level`; undefined where it never does. */
export function logisticCrossing(fit: LogisticFit, level: number): number | undefined {
  const share = (level - fit.low) / (fit.high - fit.low);
  if (!(share > 0 && share < 1)) return undefined;
  return fit.midpoint + Math.log(share / (1 - share)) / fit.slope;
}

const midpoints = 33;
const slopes = 13;
const halvings = 10;
const moves = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/**
 * A fitter for points at fixed places: the grid of curves is computed once and serves every resample.
 *
 * The midpoint stays within the range of `xs`. The slope stays between one whose rise from 12% to 88% spans
 * the range and one whose rise spans half of the narrowest gap between places: flatter is a straight line and
 * steeper a step, and the data can tell neither from its neighbours. The curve is monotone in the stated
 * direction; data that go the other way get the flat curve. The best of the grid is refined by pattern search.
 */
export function logisticFitter(
  xs: readonly number[],
  direction: "rises" | "falls",
): (points: readonly WeightedPoint[]) => LogisticFit {
  const places = [...new Set(xs)].sort((a, b) => a - b);
  const indexOf = new Map(places.map((x, i) => [x, i]));
  const first = places[0] ?? 0;
  const last = places.at(-1) ?? 0;
  const range = last - first || 1;
  let gap = range;
  for (let i = 1; i < places.length; i++) gap = Math.min(gap, places[i]! - places[i - 1]!);
  const flattest = Math.log(4 / range);
  const steepest = Math.log(8 / gap);
  const curveOf = (midpoint: number, logSlope: number) => {
    const slope = Math.exp(logSlope);
    const curve = new Float64Array(places.length);
    for (let i = 0; i < curve.length; i++) curve[i] = sigmoid(slope * (places[i]! - midpoint));
    return curve;
  };
  const grid = Array.from({ length: midpoints * slopes }, (_, i) => {
    const midpoint = first + (range * (i % midpoints)) / (midpoints - 1);
    const logSlope = flattest + ((steepest - flattest) * Math.floor(i / midpoints)) / (slopes - 1);
    return { midpoint, logSlope, curve: curveOf(midpoint, logSlope) };
  });

  const flat = new Float64Array(places.length);

  return (points) => {
    const values = new Float64Array(places.length);
    const weights = new Float64Array(places.length);
    for (const { x, value, weight } of points) {
      values[indexOf.get(x)!] = value;
      weights[indexOf.get(x)!] = weight;
    }
    const candidate = (midpoint: number, logSlope: number, curve: Float64Array) => {
      const { low, high, error } = asymptotes(values, weights, curve, direction);
      return { midpoint, logSlope, low, high, error };
    };
    let best = candidate(grid[0]!.midpoint, grid[0]!.logSlope, grid[0]!.curve);
    for (const { midpoint, logSlope, curve } of grid) {
      const next = candidate(midpoint, logSlope, curve);
      if (next.error < best.error) best = next;
    }
    // Gains below rounding would let the search creep along a valley that is flat to the data.
    const least = 1e-8 * asymptotes(values, weights, flat, direction).error;
    for (let halving = 0; halving < halvings; ) {
      const before = best.error;
      for (const [m, s] of moves) {
        const scale = 2 ** -halving;
        const midpoint = best.midpoint + (m * scale * range) / (midpoints - 1);
        const logSlope = best.logSlope + (s * scale * (steepest - flattest)) / (slopes - 1);
        const [x, y] = [clamp(midpoint, first, last), clamp(logSlope, flattest, steepest)];
        const next = candidate(x, y, curveOf(x, y));
        if (next.error < best.error - least) best = next;
      }
      if (best.error === before) halving++;
    }
    return {
      low: best.low,
      high: best.high,
      midpoint: best.midpoint,
      slope: Math.exp(best.logSlope),
    };
  };
}

/** Best asymptotes for a given shape by linear least squares, with the weighted squared error they leave. */
function asymptotes(
  values: Float64Array,
  weights: Float64Array,
  curve: Float64Array,
  direction: "rises" | "falls",
): { low: number; high: number; error: number } {
  let weight = 0;
  let value = 0;
  let height = 0;
  for (let i = 0; i < curve.length; i++) {
    weight += weights[i]!;
    value += weights[i]! * values[i]!;
    height += weights[i]! * curve[i]!;
  }
  value /= weight;
  height /= weight;
  let spread = 0;
  let product = 0;
  let squares = 0;
  for (let i = 0; i < curve.length; i++) {
    const h = curve[i]! - height;
    const v = values[i]! - value;
    spread += weights[i]! * h * h;
    product += weights[i]! * h * v;
    squares += weights[i]! * v * v;
  }
  const rise = spread > 0 ? product / spread : 0;
  if (direction === "rises" ? rise <= 0 : rise >= 0)
    return { low: value, high: value, error: squares };
  const low = value - rise * height;
  return { low, high: low + rise, error: squares - rise * product };
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
