/**
 * The distribution of chance far out in its tail, by multilevel splitting (Kahn and Harris 1951; adaptive
 * levels as in Cerou and Guyader 2007; ties as in Brehier, Gazeau, Goudenege, Lelievre and Rousset 2016).
 */
import type { DiscreteDistribution, Key } from "../../core/index.ts";
import { Random, split } from "../../core/index.ts";
import { enumeratedChance } from "./distribution.ts";

/** A score of the uniformly random policy as a function of all the chance that it meets. */
export interface NoiseScore {
  /** Uniform numbers on [0, 1) that one episode uses at most. */
  readonly dimensions: number;
  /** The score of the episode that these numbers give; must not keep or change them. */
  score(noise: Float64Array): number;
}

export interface SplittingOptions {
  readonly key: Key;
  /** Episodes kept at once; 256 unless stated. */
  readonly particles?: number;
  /** Changes proposed to each episode at each level; twice the dimensions, at least 16, unless stated. */
  readonly proposals?: number;
  /** The largest possible score, where it is known: splitting ends when all have it. */
  readonly maximum?: number;
}

interface Particle {
  readonly noise: Float64Array;
  score: number;
}

/**
 * One estimate of the distribution of the score. At each level the lower half of the particles is recorded,
 * with the probability that is left divided among all, and replaced by copies of the others, which then move
 * among the scores above the level. The estimate of each probability is unbiased; that of its logarithm nearly.
 *
 * It ends when all scores are equal and stay so: that is the maximum, or a score beyond which the proposals
 * do not lead.
 */
export function splitChance(problem: NoiseScore, options: SplittingOptions): DiscreteDistribution {
  const { particles: count = 256, proposals = Math.max(16, 2 * problem.dimensions) } = options;
  if (!(count >= 2)) throw new RangeError(`splitting needs two particles at least, not ${count}`);
  const random = new Random(split(options.key, "splitting"));
  const particles: Particle[] = Array.from({ length: count }, () => {
    const noise = Float64Array.from({ length: problem.dimensions }, () => random.uniform());
    return { noise, score: problem.score(noise) };
  });
  const recorded: { value: number; probability: number }[] = [];
  let left = 1;
  for (;;) {
    const scores = particles.map(({ score }) => score).sort((a, b) => a - b);
    const [lowest, highest] = [scores[0]!, scores.at(-1)!];
    if (lowest === highest) {
      if (highest === options.maximum) break;
      for (const particle of particles) wander(particle, problem, lowest, 8 * proposals, random);
      if (particles.every(({ score }) => score === lowest)) break;
      continue;
    }
    const middle = scores[Math.ceil(count / 2) - 1]!;
    const level = middle < highest ? middle : scores[scores.indexOf(highest) - 1]!;
    const above = particles.filter(({ score }) => score > level);
    for (const particle of particles) {
      if (particle.score > level) continue;
      recorded.push({ value: particle.score, probability: left / count });
      const parent = above[random.integer(above.length)]!;
      particle.noise.set(parent.noise);
      particle.score = parent.score;
    }
    left *= above.length / count;
    const floor = scores.find((score) => score > level)!;
    for (const particle of particles) wander(particle, problem, floor, proposals, random);
  }
  for (const { score } of particles) recorded.push({ value: score, probability: left / count });
  return enumeratedChance(recorded);
}

/**
 * Metropolis moves that leave the uniform distribution over noises scoring `floor` or more as it is: some
 * coordinates, from one to all on a doubling scale, are drawn anew, and the result is kept if it scores enough.
 */
function wander(
  particle: Particle,
  { dimensions, score }: NoiseScore,
  floor: number,
  proposals: number,
  random: Random,
): void {
  const scales = 1 + Math.floor(Math.log2(dimensions));
  const before = new Float64Array(dimensions);
  for (let i = 0; i < proposals; i++) {
    before.set(particle.noise);
    const changes = 2 ** random.integer(scales);
    for (let j = 0; j < changes; j++) particle.noise[random.integer(dimensions)] = random.uniform();
    const next = score(particle.noise);
    if (next >= floor) particle.score = next;
    else particle.noise.set(before);
  }
}
