/**
 * The evolution strategy of Salimans et al. 2017 (arXiv 1703.03864): an estimate of the gradient from mirrored
 * perturbations (section 2.1), shaped by ranks, followed by Adam (Kingma and Ba 2015).
 */
import { type EvolutionMethod, ranking } from "./method.ts";
import { normals } from "./normals.ts";

export interface EvolutionStrategyOptions {
  /** Candidates of a generation: an even number, half of them the other half's mirror images. */
  readonly population: number;
  /** Standard deviation of perturbations. */
  readonly deviation: number;
  readonly learningRate: number;
  /** Share of each parameter that a step takes away, times the learning rate. */
  readonly weightDecay: number;
}

const firstMoment = 0.9;
const secondMoment = 0.999;
const epsilon = 1e-8;

/** Ranks from -1/2 for the worst to 1/2 for the best, as the authors' code has them. */
export function centredRanks(scores: ArrayLike<number>): Float64Array {
  const out = new Float64Array(scores.length);
  ranking(scores).forEach((place, rank) => {
    out[place] = 0.5 - rank / (scores.length - 1);
  });
  return out;
}

/** Candidates are float32, one after another in one array: each vector is followed by its mirror image. */
export function evolutionStrategy(
  options: EvolutionStrategyOptions,
): EvolutionMethod<Float32Array> {
  const { population, deviation, learningRate, weightDecay } = options;
  return {
    population,
    initial: (start) => ({
      mean: start.slice(),
      first: new Float64Array(start.length),
      second: new Float64Array(start.length),
      steps: Float64Array.of(0),
    }),
    ask(state, key) {
      const mean = state["mean"]!;
      const normal = normals(key);
      const size = mean.length;
      const all = new Float32Array(population * size);
      for (let start = 0; start < all.length; start += 2 * size)
        for (let i = 0; i < size; i++) {
          const step = deviation * normal();
          all[start + i] = mean[i]! + step;
          all[start + size + i] = mean[i]! - step;
        }
      return Array.from({ length: population }, (_, k) => all.subarray(k * size, (k + 1) * size));
    },
    tell(state, candidates, scores) {
      const mean = state["mean"]!;
      const weights = centredRanks(scores);
      const gradient = mean.map((m) => -weightDecay * m);
      for (let k = 0; k < population; k += 2) {
        const candidate = candidates[k]!;
        // The mirror image differs from the mean by as much the other way.
        const share = (weights[k]! - weights[k + 1]!) / (population * deviation * deviation);
        for (let i = 0; i < mean.length; i++) gradient[i]! += share * (candidate[i]! - mean[i]!);
      }
      const steps = state["steps"]![0]! + 1;
      const next = {
        mean: mean.slice(),
        first: state["first"]!.slice(),
        second: state["second"]!.slice(),
        steps: Float64Array.of(steps),
      };
      const rate = learningRate / (1 - firstMoment ** steps);
      const scale = 1 - secondMoment ** steps;
      for (let i = 0; i < mean.length; i++) {
        const slope = gradient[i]!;
        const first = firstMoment * next.first[i]! + (1 - firstMoment) * slope;
        const second = secondMoment * next.second[i]! + (1 - secondMoment) * slope * slope;
        next.first[i] = first;
        next.second[i] = second;
        next.mean[i]! += (rate * first) / (Math.sqrt(second / scale) + epsilon);
      }
      return next;
    },
    answer: (state) => state["mean"]!,
  };
}
