/** Least squares for a logistic curve: its asymptotes are linear and eliminated, its shape is refined. */

/** Places, the mean value at each and how many values that is the mean of (0: none). */
export interface Data {
  readonly places: Float64Array;
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly direction: "rises" | "falls";
}

/** The part of a logistic curve that enters non-linearly; the slope as its natural logarithm. */
export interface Shape {
  readonly midpoint: number;
  readonly logSlope: number;
}

/** Where a shape may lie. */
export interface Box {
  readonly lowest: Shape;
  readonly highest: Shape;
}

/** The shape at the given shares (0 to 1) of the box's sides. */
export function inside({ lowest, highest }: Box, across: number, up: number): Shape {
  return {
    midpoint: lowest.midpoint + across * (highest.midpoint - lowest.midpoint),
    logSlope: lowest.logSlope + up * (highest.logSlope - lowest.logSlope),
  };
}

/** The curve from 0 to 1 of a shape, at the places. */
export function sigmoids(places: Float64Array, { midpoint, logSlope }: Shape): Float64Array {
  const slope = Math.exp(logSlope);
  const curve = new Float64Array(places.length);
  for (let i = 0; i < curve.length; i++)
    curve[i] = 1 / (1 + Math.exp(-slope * (places[i]! - midpoint)));
  return curve;
}

/**
 * Best asymptotes for a given curve, with the weighted squared error they leave; both are the mean where the
 * best would go against the direction.
 */
export function asymptotes({ values, weights, direction }: Data, curve: Float64Array) {
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

const rounds = 60;
const leastGain = 1e-10;
const mostDamping = 1e8;

/**
 * Levenberg and Marquardt's method on the shape, asymptotes eliminated (Kaufman 1975), kept within the box.
 * It ends when a round gains less than a ten-billionth of the error, or when no damping finds a gain.
 */
export function refine(data: Data, box: Box, start: Shape) {
  let shape = start;
  let curve = sigmoids(data.places, shape);
  let fit = asymptotes(data, curve);
  let damping = 1e-3;
  for (let round = 0; round < rounds && damping < mostDamping; round++) {
    const { mm, ms, ss, m, s } = normalEquations(data, shape, curve, fit);
    const [a, b] = [mm * (1 + damping), ss * (1 + damping)];
    const determinant = a * b - ms * ms;
    if (!(determinant > 0)) break;
    const trial = clamp(box, {
      midpoint: shape.midpoint + (b * m - ms * s) / determinant,
      logSlope: shape.logSlope + (a * s - ms * m) / determinant,
    });
    const trialCurve = sigmoids(data.places, trial);
    const trialFit = asymptotes(data, trialCurve);
    if (!(trialFit.error < fit.error)) {
      damping *= 10;
      continue;
    }
    const gained = fit.error - trialFit.error;
    [shape, curve, fit] = [trial, trialCurve, trialFit];
    damping /= 10;
    if (gained <= leastGain * fit.error) break;
  }
  return { shape, low: fit.low, high: fit.high };
}

/**
 * Products of the derivatives by midpoint (m) and log slope (s) with each other and with the residual, after
 * what the asymptotes make up for is taken out: the constant (by centring) and the curve c itself.
 */
function normalEquations(
  { places, values, weights }: Data,
  { midpoint, logSlope }: Shape,
  curve: Float64Array,
  { low, high }: { readonly low: number; readonly high: number },
) {
  const scale = (high - low) * Math.exp(logSlope);
  const means = { weight: 0, c: 0, m: 0, s: 0 };
  for (let i = 0; i < curve.length; i++) {
    const [w, c] = [weights[i]!, curve[i]!];
    const bend = scale * c * (1 - c);
    means.weight += w;
    means.c += w * c;
    means.m -= w * bend;
    means.s += w * bend * (places[i]! - midpoint);
  }
  const total = { cc: 0, cm: 0, cs: 0, mm: 0, ms: 0, ss: 0, m: 0, s: 0 };
  for (let i = 0; i < curve.length; i++) {
    const [w, c] = [weights[i]!, curve[i]!];
    const bend = scale * c * (1 - c);
    const height = c - means.c / means.weight;
    const m = -bend - means.m / means.weight;
    const s = bend * (places[i]! - midpoint) - means.s / means.weight;
    const residual = values[i]! - low - (high - low) * c;
    total.cc += w * height * height;
    total.cm += w * height * m;
    total.cs += w * height * s;
    total.mm += w * m * m;
    total.ms += w * m * s;
    total.ss += w * s * s;
    total.m += w * m * residual;
    total.s += w * s * residual;
  }
  const { cc, cm, cs, mm, ms, ss, m, s } = total;
  return { mm: mm - (cm * cm) / cc, ms: ms - (cm * cs) / cc, ss: ss - (cs * cs) / cc, m, s };
}

function clamp({ lowest, highest }: Box, { midpoint, logSlope }: Shape): Shape {
  return {
    midpoint: Math.min(Math.max(midpoint, lowest.midpoint), highest.midpoint),
    logSlope: Math.min(Math.max(logSlope, lowest.logSlope), highest.logSlope),
  };
}
