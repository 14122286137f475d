/** A genetic algorithm over vectors: uniform crossover and normal mutations. */
import { Random, split } from "../../core/index.ts";
import { type BreedingOptions, breed, type GenomeOperators } from "./breeding.ts";
import { type EvolutionMethod, ranking, scatter } from "./method.ts";
import { normals } from "./normals.ts";

export interface GeneticVectorOptions extends BreedingOptions {
  readonly population: number;
  /** Standard deviation of the first generation around the start. */
  readonly deviation: number;
  /** Standard deviation of a mutation of one parameter. */
  readonly mutation: number;
  /** Probability that a parameter mutates. */
  readonly rate: number;
}

/** Each parameter of a child is its first or its second parent's, with equal probability. */
const cross: GenomeOperators<Float64Array>["cross"] = (one, other, random) =>
  one.map((value, i) => (random.uniform() < 0.5 ? value : other[i]!));

export function geneticAlgorithm(options: GeneticVectorOptions): EvolutionMethod<Float64Array> {
  const { population, deviation, mutation, rate } = options;
  return {
    population,
    initial: (start) => ({
      start: start.slice(),
      members: new Float64Array(0),
      scores: new Float64Array(0),
    }),
    ask(state, key) {
      const normal = normals(split(key, "normal"));
      const start = state["start"]!;
      if (state["scores"]!.length === 0)
        return Array.from({ length: population }, () => scatter(start, deviation, normal));
      const mutate: GenomeOperators<Float64Array>["mutate"] = (genome, random) =>
        genome.map((value) =>
          rate >= 1 || random.uniform() < rate ? value + mutation * normal() : value,
        );
      const members = rows(state["members"]!, start.length);
      const random = new Random(split(key, "breeding"));
      return breed(members, state["scores"]!, { mutate, cross }, options, random);
    },
    tell(state, candidates, scores) {
      const width = state["start"]!.length;
      const members = new Float64Array(population * width);
      candidates.forEach((candidate, i) => {
        members.set(candidate, i * width);
      });
      return { ...state, members, scores: Float64Array.from(scores) };
    },
    answer(state) {
      const { start, members, scores } = state;
      if (scores!.length === 0) return start!;
      return rows(members!, start!.length)[ranking(scores!)[0]!]!;
    },
  };
}

const rows = (all: Float64Array, width: number): Float64Array[] =>
  Array.from({ length: all.length / width }, (_, i) => all.subarray(i * width, (i + 1) * width));
