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

export function evolutionStrategy(options: EvolutionStrategyOptions): EvolutionMethod {
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
      return Array.from({ length: population / 2 }, () => {
        const noise = Float64Array.from(mean, () => deviation * normal());
        return [mean.map((m, i) => m + noise[i]!), mean.map((m, i) => m - noise[i]!)];
      }).flat();
    },
    tell(state, candidates, scores) {
      const mean = state["mean"]!;
      const weights = centredRanks(scores);
      const gradient = mean.map((m) => -weightDecay * m);
      candidates.forEach((candidate, k) => {
        const share = weights[k]! / (population * deviation * deviation);
        for (let i = 0; i < mean.length; i++) gradient[i]! += share * (candidate[i]! - mean[i]!);
      });
      const steps = state["steps"]![0]! + 1;
      const first = state["first"]!.map(
        (m, i) => firstMoment * m + (1 - firstMoment) * gradient[i]!,
      );
      const second = state["second"]!.map(
        (v, i) => secondMoment * v + (1 - secondMoment) * gradient[i]! ** 2,
      );
      const rate = learningRate / (1 - firstMoment ** steps);
      const scale = 1 - secondMoment ** steps;
      return {
        mean: mean.map(
          (m, i) => m + (rate * first[i]!) / (Math.sqrt(second[i]! / scale) + epsilon),
        ),
        first,
        second,
        steps: Float64Array.of(steps),
      };
    },
    answer: (state) => state["mean"]!,
  };
}
