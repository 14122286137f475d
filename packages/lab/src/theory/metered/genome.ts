/**
 * The space of genomes of the bit-metered base optimizer: a table entry for each instance and a search gene,
 * of loci that are right or wrong with even odds, so that a halving of the space is a halving of a locus.
 */
import { type DiscreteDistribution, InputError } from "../../core/index.ts";
import type { Cost } from "../toy-model/index.ts";

/** What a gene of so many right loci is worth: `x` run-time bits on every instance. */
export interface GeneLevel {
  /** Whole bits. */
  readonly x: number;
  /** Loci, from the first, that must be right: f(x), rounded up. */
  readonly loci: number;
}

/**
 * An entry earns a bit for each of its loci, from the first, that is right until one is wrong, and the search
 * adds x: the score of an instance is min(B, t + x), where the t-th halving of what the entry leaves open is
 * worth a bit, and so is a halving at run time. Of random genomes a share 2^-t has t bits or more in an entry,
 * and a share 2^-f(x) has x or more in the gene.
 */
export interface GenomeSpace {
  /** N: instances, each with an entry of its own. */
  readonly instances: number;
  /** B: loci of an entry, and the largest score of an instance in bits. */
  readonly ceiling: number;
  /** By rising x, from x = 0 with no loci; loci never fall, and of equals only the largest x is listed. */
  readonly levels: readonly GeneLevel[];
}

/** `average`: mean score over instances; `worst`: the least score of any instance. */
export type Fitness = "average" | "worst";

/**
 * The space for a cost of run-time bits, x = 0, 1, ... up to `xMax`, the ceiling, or the end of the cost.
 * @throws InputError for sizes that are not whole numbers of at least 1 or a space of more than 2^22 loci in entries.
 */
export function genomeSpace(options: {
  readonly instances: number;
  readonly ceiling: number;
  readonly cost: Cost;
  readonly xMax?: number;
}): GenomeSpace {
  const { instances, ceiling, cost, xMax = ceiling } = options;
  for (const [name, value] of [
    ["number of instances", instances],
    ["ceiling", ceiling],
  ] as const)
    if (!Number.isInteger(value) || value < 1)
      throw new InputError(
        `the ${name} of a genome space is a whole number of at least 1, not ${value}`,
      );
  if (instances * ceiling > 2 ** 22)
    throw new InputError(`a genome of ${instances} x ${ceiling} loci is too long: 2^22 at most`);
  if (!(xMax >= 0))
    throw new InputError(`the limit x_max is a number of bits of at least 0, not ${xMax}`);
  const levels: GeneLevel[] = [];
  for (let x = 0; x <= Math.min(xMax, ceiling, cost.limit); x++) {
    // Rounding must not add a locus to a whole cost.
    const loci = Math.max(0, Math.ceil(cost.bits(x) - 1e-9));
    if (levels.at(-1)?.loci === loci) levels.pop();
    levels.push({ x, loci });
  }
  return { instances, ceiling, levels };
}

/** Probability that a random gene has just this level, by level. */
export function levelChances({ levels }: GenomeSpace): number[] {
  return levels.map(({ loci }, i) => {
    const next = levels[i + 1];
    return 2 ** -loci - (next ? 2 ** -next.loci : 0);
  });
}

/** What a random entry adds to the score of an instance, at most `room` bits: 2^-(t + 1) for t, and the rest at `room`. */
export function entryChance(room: number): DiscreteDistribution {
  return {
    values: Float64Array.from({ length: room + 1 }, (_, t) => t),
    probabilities: Float64Array.from({ length: room + 1 }, (_, t) =>
      t < room ? 2 ** -(t + 1) : 2 ** -room,
    ),
  };
}
