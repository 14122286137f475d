/** One generation of a genetic algorithm over genomes of any kind (Holland 1975; tournaments: Goldberg and Deb 1991). */
import type { Random } from "../../core/index.ts";
import { ranking } from "./method.ts";

/** How genomes change; each function gives a new genome and leaves its arguments as they are. */
export interface GenomeOperators<G> {
  mutate(genome: G, random: Random): G;
  cross(one: G, other: G, random: Random): G;
}

export interface BreedingOptions {
  /** Members drawn for each parent; the best of them is taken. */
  readonly tournament: number;
  /** Share of children that have two parents. */
  readonly crossover: number;
  /** Members that live on unchanged, the best first. */
  readonly elite: number;
}

/** The next generation, as large as this one: the elite, then children of tournament winners, mutated. */
export function breed<G extends object>(
  members: readonly G[],
  scores: ArrayLike<number>,
  operators: GenomeOperators<G>,
  { tournament, crossover, elite }: BreedingOptions,
  random: Random,
): G[] {
  const order = ranking(scores);
  const rank = new Uint32Array(members.length);
  order.forEach((place, i) => {
    rank[place] = i;
  });
  const select = (): G => {
    let winner = random.integer(members.length);
    for (let i = 1; i < tournament; i++) {
      const other = random.integer(members.length);
      if (rank[other]! < rank[winner]!) winner = other;
    }
    return members[winner]!;
  };
  const next = order.slice(0, elite).map((place) => members[place]!);
  while (next.length < members.length) {
    const parent = select();
    const child = random.uniform() < crossover ? operators.cross(parent, select(), random) : parent;
    next.push(operators.mutate(child, random));
  }
  return next;
}
