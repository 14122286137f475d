/** Dirichlet draws, by gamma variates (Marsaglia and Tsang 2000). */
import type { Random } from "../../../core/index.ts";

/** A draw from the symmetric Dirichlet distribution over `count` parts. */
export function gammaNoise(count: number, concentration: number, random: Random): Float64Array {
  const draws = Float64Array.from({ length: count }, () => gamma(concentration, random));
  const sum = draws.reduce((a, b) => a + b, 0);
  // All may underflow where the concentration is tiny; then one part has it all.
  if (sum === 0) draws[random.integer(count)] = 1;
  return draws.map((draw) => draw / (sum || 1));
}

/** A gamma variate of scale 1. */
function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return d * v;
  }
}
