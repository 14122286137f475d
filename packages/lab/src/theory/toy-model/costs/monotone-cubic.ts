/** Monotone cubic interpolation (Fritsch and Carlson 1980; slopes of Fritsch and Butland 1984). */

/** A cubic on one stretch: value = sum of coefficients[j] (x - start)^j. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly coefficients: readonly [number, number, number, number];
}

/** Segments through the points, `xs` strictly ascending (two at least); monotone wherever `ys` are. */
export function monotoneCubic(xs: readonly number[], ys: readonly number[]): Segment[] {
  const steps = xs.slice(1).map((x, i) => x - xs[i]!);
  const rises = steps.map((h, i) => (ys[i + 1]! - ys[i]!) / h);
  const slopes = xs.map((_, i) => slopeAt(i, steps, rises));
  return steps.map((h, i) => {
    const [left, right, rise] = [slopes[i]!, slopes[i + 1]!, rises[i]!];
    return {
      start: xs[i]!,
      end: xs[i + 1]!,
      coefficients: [
        ys[i]!,
        left,
        (3 * rise - 2 * left - right) / h,
        (left + right - 2 * rise) / h ** 2,
      ],
    };
  });
}

export function valueOn({ start, coefficients: [a, b, c, d] }: Segment, x: number): number {
  const u = x - start;
  return a + u * (b + u * (c + u * d));
}

/** Points strictly inside the segment whose slope is `slope`, ascending; none where the slope is that throughout. */
export function pointsOfSlope({ start, end, coefficients }: Segment, slope: number): number[] {
  const [, b, c, d] = coefficients;
  return quadraticRoots(3 * d, 2 * c, b - slope)
    .map((u) => start + u)
    .filter((x) => x > start && x < end)
    .sort((x, y) => x - y);
}

/** Slope at a knot: the weighted harmonic mean of its neighbours' rises inside, a three-point formula at the ends. */
function slopeAt(i: number, steps: readonly number[], rises: readonly number[]): number {
  const last = steps.length;
  if (last === 1) return rises[0]!;
  if (i === 0) return endSlope(steps[0]!, steps[1]!, rises[0]!, rises[1]!);
  if (i === last)
    return endSlope(steps[last - 1]!, steps[last - 2]!, rises[last - 1]!, rises[last - 2]!);
  const [before, after] = [rises[i - 1]!, rises[i]!];
  if (before * after <= 0) return 0;
  const weightBefore = 2 * steps[i]! + steps[i - 1]!;
  const weightAfter = steps[i]! + 2 * steps[i - 1]!;
  return (weightBefore + weightAfter) / (weightBefore / before + weightAfter / after);
}

/** Three-point slope at an end, cut so that the end segment stays monotone. */
function endSlope(near: number, far: number, nearRise: number, farRise: number): number {
  const slope = ((2 * near + far) * nearRise - near * farRise) / (near + far);
  if (slope * nearRise <= 0) return 0;
  if (nearRise * farRise <= 0 && Math.abs(slope) > 3 * Math.abs(nearRise)) return 3 * nearRise;
  return slope;
}

/** Real roots of p u^2 + q u + r; none for the zero polynomial. */
function quadraticRoots(p: number, q: number, r: number): number[] {
  if (p === 0) return q === 0 ? [] : [-r / q];
  const discriminant = q * q - 4 * p * r;
  if (discriminant < 0) return [];
  // The root of larger size first, so that neither suffers from cancellation.
  const large = -(q + (q < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  return large === 0 ? [0] : [large / p, r / large];
}
