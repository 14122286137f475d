/** Quantile of the standard normal distribution, for intervals over many repetitions. */

/**
 * z with Pr(Z <= z) = p, to about 1e-13 for p from 1e-12 to 1 - 1e-12: Newton's method on the series of
 * Marsaglia 2004 ("Evaluating the normal distribution").
 * @throws RangeError when `p` is not strictly between 0 and 1.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile is asked for within 0 to 1, not ${p}`);
  // By symmetry the upper half; there the distribution function is concave, so Newton's method from 0 climbs to z.
  const upper = Math.max(p, 1 - p);
  let z = 0;
  for (let i = 0; i < 200; i++) {
    const step = (upper - 0.5 - excess(z)) / density(z);
    z += step;
    if (Math.abs(step) <= 1e-15 * z) break;
  }
  return p < 0.5 ? -z : z;
}

/** Pr(0 < Z <= z) for z >= 0. */
function excess(z: number): number {
  let sum = 0;
  let term = z;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return sum * density(z);
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
