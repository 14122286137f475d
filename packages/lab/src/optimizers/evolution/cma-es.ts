/**
 * CMA-ES: Hansen, The CMA Evolution Strategy: A Tutorial (arXiv 1604.00772), figure 6 and appendix A, with negative
 * weights; and its separable form, whose covariance is diagonal (Ros and Hansen 2008).
 */
import { InputError } from "../../core/index.ts";
import { type CmaConstants, cmaConstants } from "./cma-constants.ts";
import { diagonal, type Geometry, squaredLength, whole } from "./cma-geometry.ts";
import { type EvolutionMethod, type EvolutionState, ranking } from "./method.ts";
import { normals } from "./normals.ts";

export interface CmaOptions {
  readonly population: number;
  /** Standard deviation of the first generation around the start. */
  readonly deviation: number;
  readonly covariance: "full" | "separable";
}

/** Most parameters whose full covariance is kept: a square of them is stored, and decomposed now and then. */
export const mostFull = 1500;

/** @throws InputError, when it is started, for a full covariance of too many parameters. */
export function cmaEs({
  population,
  deviation,
  covariance,
}: CmaOptions): EvolutionMethod<Float64Array> {
  const separable = covariance === "separable";
  const geometry: Geometry = separable ? diagonal : whole;
  let known: CmaConstants | undefined;
  let knownFor = 0;
  const constantsOf = (n: number): CmaConstants => {
    if (n !== knownFor) known = cmaConstants(n, population, separable);
    knownFor = n;
    return known!;
  };
  return {
    population,
    initial(start) {
      const n = start.length;
      if (!separable && n > mostFull)
        throw new InputError(
          `the full covariance of ${n} parameters is too large: ask for 'separable', or for at most ${mostFull} parameters`,
        );
      return {
        mean: start.slice(),
        sigma: Float64Array.of(deviation),
        path: new Float64Array(n),
        sigmaPath: new Float64Array(n),
        generation: Float64Array.of(0),
        ...geometry.initial(n),
      };
    },
    ask(state, key) {
      const mean = state["mean"]!;
      const sigma = state["sigma"]![0]!;
      const normal = normals(key);
      return Array.from({ length: population }, () => {
        const step = geometry.stretch(state, Float64Array.from(mean, normal));
        return mean.map((m, i) => m + sigma * step[i]!);
      });
    },
    tell: (state, candidates, scores) =>
      update(state, candidates, scores, constantsOf(state["mean"]!.length), geometry),
    answer: (state) => state["mean"]!,
  };
}

function update(
  state: EvolutionState,
  candidates: readonly Float64Array[],
  scores: ArrayLike<number>,
  c: CmaConstants,
  geometry: Geometry,
): EvolutionState {
  const mean = state["mean"]!;
  const sigma = state["sigma"]![0]!;
  const n = mean.length;
  const generation = state["generation"]![0]! + 1;
  // Steps from the best to the worst, as the covariance sees them: equation 39.
  const steps = ranking(scores).map((place) =>
    candidates[place]!.map((x, i) => (x - mean[i]!) / sigma),
  );
  const shift = new Float64Array(n);
  for (let k = 0; k < c.parents; k++)
    for (let i = 0; i < n; i++) shift[i]! += c.weights[k]! * steps[k]![i]!;
  const keep = Math.sqrt(c.sigmaRate * (2 - c.sigmaRate) * c.mass);
  const white = geometry.whiten(state, shift);
  const sigmaPath = state["sigmaPath"]!.map((p, i) => (1 - c.sigmaRate) * p + keep * white[i]!);
  const length = Math.sqrt(squaredLength(sigmaPath));
  // The path stalls while the step size still grows fast.
  const settled = Math.sqrt(1 - (1 - c.sigmaRate) ** (2 * generation));
  const stalls = length / settled >= (1.4 + 2 / (n + 1)) * c.expectedLength;
  const gain = stalls ? 0 : Math.sqrt(c.pathRate * (2 - c.pathRate) * c.mass);
  const path = state["path"]!.map((p, i) => (1 - c.pathRate) * p + gain * shift[i]!);
  const growth = Math.exp((c.sigmaRate / c.damping) * (length / c.expectedLength - 1));
  return {
    mean: mean.map((m, i) => m + sigma * shift[i]!),
    // Bounded, so that a population that met in one point, or is nowhere told apart, goes on making numbers.
    sigma: Float64Array.of(Math.min(1e100, Math.max(1e-100, sigma * growth))),
    path,
    sigmaPath,
    generation: Float64Array.of(generation),
    ...geometry.learn(state, { path, steps, constants: c, stalls, generation }),
  };
}
