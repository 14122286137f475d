/** Truncation selection over generations with every halving counted: the metered base optimizer as a population. */
import { InputError, type Key, Random, split } from "../../core/index.ts";
import type { Fitness, GenomeSpace } from "./genome.ts";

export interface TruncationOptions {
  readonly key: Key;
  readonly fitness: Fitness;
  /** Genomes alive at once. */
  readonly population: number;
  /** How many of them, the fittest, have offspring; divides the population. With 1 this is best of 2^b, repeated. */
  readonly kept: number;
  readonly generations: number;
  /**
   * Entries that the genome holds, one an instance unless stated. Where there are fewer, instances share one in turn,
   * and which value of a locus is right differs between them at even odds.
   */
  readonly entries?: number;
  /** Probability that a locus of an offspring is drawn anew, at even odds; one locus a genome unless stated. */
  readonly mutation?: number;
}

/** The population after a number of generations; means over its genomes, in bits per instance unless stated. */
export interface Generation {
  /** Bits of selection so far, exactly log2(population / kept) a generation, in the whole. */
  readonly bits: number;
  /** Mean fitness. */
  readonly score: number;
  /** Fitness of the fittest. */
  readonly best: number;
  /** Mean x of the genes. */
  readonly runTimeBits: number;
  /** Mean over genomes and instances of the right loci at the beginning of an entry, whatever the ceiling. */
  readonly entryBits: number;
}

/** One genome: right loci are 1; entries one after the other, then the gene. */
interface Genome {
  readonly loci: Uint8Array;
  fitness: number;
  x: number;
  entryBits: number;
}

/**
 * Runs selection and yields each generation, from the random first (0 bits). A survivor's first offspring is
 * itself, the others are mutated.
 *
 * Drawing a locus anew leaves the uniform distribution as it is, and keeping `kept` of `population` raises no
 * genome's probability by more than their ratio. So the relative entropy of a random member to the uniform
 * distribution never exceeds `bits`: nobody obtains more bits than were spent.
 * @throws InputError for sizes that do not fit.
 */
export function* truncationSelection(
  space: GenomeSpace,
  options: TruncationOptions,
): Generator<Generation, void, undefined> {
  const { key, fitness, population, kept, generations, entries = space.instances } = options;
  const length = entries * space.ceiling + space.levels.at(-1)!.loci;
  const { mutation = 1 / length } = options;
  check(options, mutation);
  const random = new Random(split(key, "truncation"));
  const right = rightValues(space, entries, key);
  let genomes: Genome[] = Array.from({ length: population }, () => {
    const loci = new Uint8Array(length);
    for (let i = 0; i < length; i++) loci[i] = evenOdds(random);
    return read(space, right, loci, fitness);
  });
  yield summary(genomes, 0, space);
  for (let generation = 1; generation <= generations; generation++) {
    // Equals keep the order of a fresh shuffle, so that none is favoured.
    const survivors = random
      .shuffle(genomes)
      .sort((a, b) => b.fitness - a.fitness)
      .slice(0, kept);
    genomes = survivors.flatMap((parent) => [
      parent,
      ...Array.from({ length: population / kept - 1 }, () =>
        read(space, right, mutate(parent.loci, mutation, random), fitness),
      ),
    ]);
    yield summary(genomes, generation * Math.log2(population / kept), space);
  }
}

/** What each instance reads of the genome, and what it wants to find there. */
interface RightValues {
  readonly entries: number;
  /** The value of each locus that is right for an instance, `[instances, ceiling]`. */
  readonly values: Uint8Array;
}

/** All ones where each instance has an entry of its own: which value is right makes no difference there. */
function rightValues({ instances, ceiling }: GenomeSpace, entries: number, key: Key): RightValues {
  const values = new Uint8Array(instances * ceiling).fill(1);
  if (entries < instances) {
    const random = new Random(split(key, "right values"));
    for (let i = 0; i < values.length; i++) values[i] = evenOdds(random);
  }
  return { entries, values };
}

function check(
  { population, kept, generations, entries = 1 }: TruncationOptions,
  mutation: number,
): void {
  if (!Number.isInteger(entries) || entries < 1)
    throw new InputError(`a genome holds a whole number of entries of at least 1, not ${entries}`);
  if (
    !Number.isInteger(kept) ||
    kept < 1 ||
    !Number.isInteger(population / kept) ||
    population <= kept
  )
    throw new InputError(
      `selection keeps a whole part of the population, such as 1 of 2, not ${kept} of ${population}`,
    );
  if (!Number.isInteger(generations) || generations < 0)
    throw new InputError(
      `the number of generations is a whole number of at least 0, not ${generations}`,
    );
  if (!(mutation > 0 && mutation <= 1))
    throw new InputError(`the probability of mutation lies above 0 and up to 1, not ${mutation}`);
}

/** Draws each locus anew with probability `mutation`, jumping from one such locus to the next. */
function mutate(parent: Uint8Array, mutation: number, random: Random): Uint8Array {
  const loci = parent.slice();
  const gap = () =>
    mutation === 1 ? 0 : Math.floor(Math.log1p(-random.uniform()) / Math.log1p(-mutation));
  for (let i = gap(); i < loci.length; i += 1 + gap()) loci[i] = evenOdds(random);
  return loci;
}

/** 0 or 1; the generator's highest bit, which is its best. */
function evenOdds(random: Random): number {
  return random.bits() >>> 31;
}

function read(
  { instances, ceiling, levels }: GenomeSpace,
  { entries, values }: RightValues,
  loci: Uint8Array,
  fitness: Fitness,
): Genome {
  const genes = entries * ceiling;
  let gene = 0;
  while (genes + gene < loci.length && loci[genes + gene] === 1) gene++;
  const { x } = levels.findLast((level) => level.loci <= gene)!;
  let [sum, least, entryBits] = [0, ceiling, 0];
  for (let i = 0; i < instances; i++) {
    const entry = (i % entries) * ceiling;
    const wanted = i * ceiling;
    let tuned = 0;
    while (tuned < ceiling && loci[entry + tuned] === values[wanted + tuned]) tuned++;
    const score = Math.min(ceiling, tuned + x);
    sum += score;
    least = Math.min(least, score);
    entryBits += tuned;
  }
  return { loci, x, entryBits, fitness: fitness === "worst" ? least : sum / instances };
}

function summary(genomes: readonly Genome[], bits: number, { instances }: GenomeSpace): Generation {
  const mean = (of: (genome: Genome) => number) =>
    genomes.reduce((sum, genome) => sum + of(genome), 0) / genomes.length;
  return {
    bits,
    score: mean(({ fitness }) => fitness),
    best: genomes.reduce((best, { fitness }) => Math.max(best, fitness), 0),
    runTimeBits: mean(({ x }) => x),
    entryBits: mean(({ entryBits }) => entryBits) / instances,
  };
}
