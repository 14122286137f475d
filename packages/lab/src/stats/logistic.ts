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
const refinements = 14;

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
  const first = places[0] ?? 0;
  const range = (places.at(-1) ?? 0) - first || 1;
  const gap = places.reduce(
    (least, x, i) => (i ? Math.min(least, x - places[i - 1]!) : least),
    range,
  );
  const flattest = Math.log(4 / range);
  const steepest = Math.log(8 / gap);
  const rising = direction === "rises";
  const grid: { midpoint: number; logSlope: number; curve: ReadonlyMap<number, number> }[] = [];
  for (let i = 0; i < midpoints; i++)
    for (let j = 0; j < slopes; j++) {
      const midpoint = first + (range * i) / (midpoints - 1);
      const logSlope = flattest + ((steepest - flattest) * j) / (slopes - 1);
      const curve = new Map(places.map((x) => [x, sigmoid(Math.exp(logSlope) * (x - midpoint))]));
      grid.push({ midpoint, logSlope, curve });
    }

  return (points) => {
    const at = (midpoint: number, logSlope: number) =>
      asymptotes(points, (x) => sigmoid(Math.exp(logSlope) * (x - midpoint)), rising);
    let best = { midpoint: first, logSlope: flattest, ...at(first, flattest) };
    for (const { midpoint, logSlope, curve } of grid) {
      const line = asymptotes(points, (x) => curve.get(x)!, rising);
      if (line.error < best.error) best = { midpoint, logSlope, ...line };
    }
    let midpointStep = range / (midpoints - 1);
    let slopeStep = (steepest - flattest) / (slopes - 1);
    for (let round = 0; round < refinements; ) {
      const before = best.error;
      for (const [m, s] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const midpoint = clamp(best.midpoint + m * midpointStep, first, first + range);
        const logSlope = clamp(best.logSlope + s * slopeStep, flattest, steepest);
        const line = at(midpoint, logSlope);
        if (line.error < best.error) best = { midpoint, logSlope, ...line };
      }
      if (best.error < before) continue;
      midpointStep /= 2;
      slopeStep /= 2;
      round++;
    }
    const { low, high, midpoint, logSlope } = best;
    return { low, high, midpoint, slope: Math.exp(logSlope) };
  };
}

/** Best asymptotes for a given shape by linear least squares, with the weighted squared error they leave. */
function asymptotes(
  points: readonly WeightedPoint[],
  shape: (x: number) => number,
  rising: boolean,
): { low: number; high: number; error: number } {
  let weight = 0;
  let value = 0;
  let height = 0;
  for (const point of points) {
    weight += point.weight;
    value += point.weight * point.value;
    height += point.weight * shape(point.x);
  }
  value /= weight;
  height /= weight;
  let spread = 0;
  let product = 0;
  let squares = 0;
  for (const point of points) {
    const h = shape(point.x) - height;
    const v = point.value - value;
    spread += point.weight * h * h;
    product += point.weight * h * v;
    squares += point.weight * v * v;
  }
  const rise = spread > 0 ? product / spread : 0;
  if (rising ? rise <= 0 : rise >= 0) return { low: value, high: value, error: squares };
  const low = value - rise * height;
  return { low, high: low + rise, error: squares - rise * product };
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
