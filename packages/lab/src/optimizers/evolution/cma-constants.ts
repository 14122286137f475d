/** Strategy parameters of CMA-ES: Hansen, The CMA Evolution Strategy: A Tutorial (arXiv 1604.00772), table 1. */

export interface CmaConstants {
  /** Recombination weights by rank; those of the better half are positive and sum to one. */
  readonly weights: Float64Array;
  /** Number of weights that are positive. */
  readonly parents: number;
  /** Variance-effective selection mass of the positive weights. */
  readonly mass: number;
  /** Learning rate and damping of the step size, and the expected length of a standard normal vector. */
  readonly sigmaRate: number;
  readonly damping: number;
  readonly expectedLength: number;
  /** Learning rates of the evolution path, and of the covariance from the path and from the ranks. */
  readonly pathRate: number;
  readonly rankOne: number;
  readonly rankMany: number;
}

/** Candidates of a generation by default, equation 48. */
export const defaultPopulation = (dimension: number): number =>
  4 + Math.floor(3 * Math.log(dimension));

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
const massOf = (values: Float64Array): number =>
  values.length === 0 ? 0 : sum(values) ** 2 / sum(values.map((value) => value * value));

/**
 * @param separable for a diagonal covariance, which has fewer numbers to learn: rates larger by (n + 2) / 3, and no
 *   negative weights (Ros and Hansen 2008, A simple modification in CMA-ES achieving linear time and space complexity).
 */
export function cmaConstants(
  dimension: number,
  population: number,
  separable: boolean,
): CmaConstants {
  const n = dimension;
  const raw = Float64Array.from(
    { length: population },
    (_, i) => Math.log((population + 1) / 2) - Math.log(i + 1),
  );
  const parents = Math.floor(population / 2);
  const better = raw.subarray(0, parents);
  const mass = massOf(better);
  const pathRate = (4 + mass / n) / (n + 4 + (2 * mass) / n);
  const one = 2 / ((n + 1.3) ** 2 + mass);
  const many = Math.min(1 - one, (2 * (0.25 + mass + 1 / mass - 2)) / ((n + 2) ** 2 + mass));
  const negative = negativeSum({ one, many, n, worse: raw.subarray(parents) });
  const positive = sum(better);
  const lost = sum(raw.map((weight) => Math.max(0, -weight)));
  const weights = raw.map((weight) => {
    if (weight >= 0) return weight / positive;
    return separable || lost === 0 ? 0 : (negative * weight) / lost;
  });
  const faster = separable ? (n + 2) / 3 : 1;
  const rankOne = Math.min(1, one * faster);
  const sigmaRate = (mass + 2) / (n + mass + 5);
  return {
    weights,
    parents,
    mass,
    sigmaRate,
    damping: 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (n + 1)) - 1) + sigmaRate,
    expectedLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
    pathRate,
    rankOne,
    rankMany: Math.min(1 - rankOne, many * faster),
  };
}

/** What the negative weights sum to, less its sign: equations 50 to 53. */
function negativeSum(c: { one: number; many: number; n: number; worse: Float64Array }): number {
  const massOfWorse = massOf(c.worse);
  return Math.min(
    1 + c.one / c.many,
    1 + (2 * massOfWorse) / (massOfWorse + 2),
    (1 - c.one - c.many) / (c.n * c.many),
  );
}
