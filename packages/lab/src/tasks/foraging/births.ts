/** Births and deaths: all die at the season's end, and have had as many young as their energy fed. */
import type { Random } from "../../core/index.ts";
import type { Organisms } from "./organisms.ts";

export interface Inheritance {
  /** Young for each unit of energy, on the average. */
  readonly fertility: number;
  /** Probability that an inherited choice mutates, to any other one alike. */
  readonly mutation: number;
  /** Probability that a child has a nervous system where its parent has none, or the other way round. */
  readonly switching: number;
}

/**
 * The next generation. Each young has a mother, who bore it, and a father drawn in proportion to energy, and takes each
 * of its genes from either. Where more are born than the world has room for, those who live are drawn among all alike.
 */
export function reproduce(
  parents: Organisms,
  energies: Float64Array,
  choices: number,
  { fertility, mutation, switching }: Inheritance,
  random: Random,
  young: Organisms,
): void {
  const { environments } = parents;
  const mothers = bear(parents.count, energies, fertility, random, young.plastic.length);
  young.count = mothers.length;
  const fatherOf = proportional(energies.subarray(0, parents.count));
  for (let i = 0; i < young.count; i++) {
    const mother = mothers[i]!;
    const father = fatherOf(random.uniform());
    const to = i * environments;
    let bits = 0;
    for (let e = 0; e < environments; e++) {
      if ((e & 31) === 0) bits = random.bits();
      const parent = bits & 1 ? father : mother;
      bits >>>= 1;
      young.choices[to + e] = parents.choices[parent * environments + e]!;
    }
    const parent = random.bits() < 0 ? father : mother;
    young.plastic[i] = parents.plastic[parent]!;
  }
  eachHit(young.count * environments, mutation, random, (at) => {
    young.choices[at] = (young.choices[at]! + 1 + random.integer(choices - 1)) % choices;
  });
  eachHit(young.count, switching, random, (at) => {
    young.plastic[at] = 1 - young.plastic[at]!;
  });
}

/** The mothers of the young that live: at most so many. */
function bear(
  count: number,
  energies: Float64Array,
  fertility: number,
  random: Random,
  room: number,
): Int32Array {
  const mothers: number[] = [];
  for (let i = 0; i < count; i++)
    for (let born = poisson(energies[i]! * fertility, random); born > 0; born--) mothers.push(i);
  // The first places of a shuffle: as many as there is room for.
  const living = Math.min(room, mothers.length);
  for (let i = 0; i < living; i++) {
    const j = i + random.integer(mothers.length - i);
    const mother = mothers[i]!;
    mothers[i] = mothers[j]!;
    mothers[j] = mother;
  }
  return Int32Array.from({ length: living }, (_, i) => mothers[i]!);
}

/** A Poisson number by inversion, for small means. */
function poisson(mean: number, random: Random): number {
  let rest = random.uniform();
  let probability = Math.exp(-mean);
  let count = 0;
  while (rest >= probability && count < 1000) {
    rest -= probability;
    count++;
    probability *= mean / count;
  }
  return count;
}

/** Draws a place with probability in proportion to its weight, from a number on [0, 1). */
function proportional(weights: Float64Array): (u: number) => number {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += Math.max(0, weights[i]!);
    sums[i] = total;
  }
  return (u) => {
    const wanted = u * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Calls `hit` for each of `count` places with this probability, skipping from one to the next. */
function eachHit(
  count: number,
  probability: number,
  random: Random,
  hit: (place: number) => void,
): void {
  if (probability <= 0) return;
  const scale = 1 / Math.log1p(-probability);
  const skip = () => Math.floor(Math.log(1 - random.uniform()) * scale);
  for (let at = skip(); at < count; at += 1 + skip()) hit(at);
}
