/**
 * The experiment `hinton-nowlan`: Hinton and Nowlan 1987, How Learning Can Guide Evolution (Complex Systems 1, 495 to
 * 502). One setting of 20 switches is good and no other is any better than another; learning turns the needle in a
 * haystack into a slope.
 */
import { z } from "zod";
import { type Experiment, type Key, pauses, Random, split } from "../../core/index.ts";
import { measurement } from "../experiments/measurement.ts";

const parameters = z.strictObject({
  loci: z.number().int().min(1).max(64).default(20).describe("Switches, with a gene each."),
  trials: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1000)
    .describe(
      "Settings of its undecided switches that an organism tries; with 1 it does not learn.",
    ),
  population: z.number().int().min(2).max(100_000).default(1000).describe("Organisms."),
  generations: z.number().int().min(1).max(10_000).default(50).describe("Generations."),
});

type Parameters = z.infer<typeof parameters>;

/**
 * Share of undecided alleles at the end of the original's figure, one run of 50 generations, as read off by the
 * replication of Stojić 2017 (How Learning Can Guide Evolution, ReScience); and the share of correct ones that this
 * found after 50 generations, the mean of 100 runs.
 */
const undecidedIn1987 = 0.46;
const correctIn2017 = 0.75;

const wrong = 0;
const correct = 1;
const undecided = 2;

/** Relative frequencies of the alleles in one generation, and what its organisms are worth on the average. */
export interface AlleleFrequencies {
  readonly correct: number;
  readonly wrong: number;
  readonly undecided: number;
  readonly fitness: number;
}

/** The generations from the first, which is drawn with a half of all alleles undecided and a quarter each of the others. */
export function* hintonNowlan(p: Parameters, key: Key): Generator<AlleleFrequencies> {
  const first = new Random(split(key, "first generation"));
  let genomes = Uint8Array.from({ length: p.population * p.loci }, () => {
    const u = first.integer(4);
    return u < 2 ? undecided : u === 2 ? correct : wrong;
  });
  for (let generation = 0; ; generation++) {
    const random = new Random(split(key, "generation", generation));
    const worth = fitnesses(genomes, p, random);
    yield { ...frequencies(genomes), fitness: worth.reduce((a, b) => a + b, 0) / worth.length };
    genomes = mate(genomes, worth, p, random);
  }
}

function frequencies(genomes: Uint8Array) {
  const counts = [0, 0, 0];
  for (const allele of genomes) counts[allele]!++;
  const [w, c, u] = counts.map((count) => count / genomes.length);
  return { wrong: w!, correct: c!, undecided: u! };
}

/** 1 + 19 n / trials, where n trials remain once the good setting is found: from 1, where it never is, to 20. */
function fitnesses(genomes: Uint8Array, p: Parameters, random: Random): Float64Array {
  return Float64Array.from({ length: p.population }, (_, i) => {
    const genome = genomes.subarray(i * p.loci, (i + 1) * p.loci);
    if (genome.includes(wrong)) return 1;
    const open = genome.reduce((count, allele) => count + (allele === undecided ? 1 : 0), 0);
    // Failures before the first success, drawn at once: each trial succeeds with probability 2^-open.
    const failures =
      open === 0 ? 0 : Math.floor(Math.log(1 - random.uniform()) / Math.log1p(-(2 ** -open)));
    return 1 + (19 * Math.max(0, p.trials - failures)) / p.trials;
  });
}

/** As many matings as organisms: parents in proportion to fitness, one child each, crossed over at one point. */
function mate(
  genomes: Uint8Array,
  worth: Float64Array,
  { population, loci }: Parameters,
  random: Random,
): Uint8Array<ArrayBuffer> {
  const sums = new Float64Array(population);
  let total = 0;
  for (let i = 0; i < population; i++) {
    total += worth[i]!;
    sums[i] = total;
  }
  const parent = () => {
    const wanted = random.uniform() * total;
    const found = sums.findIndex((sum) => sum > wanted);
    return found < 0 ? population - 1 : found;
  };
  const next = new Uint8Array(genomes.length);
  for (let i = 0; i < population; i++) {
    const [one, other] = [parent(), parent()];
    const point = loci > 1 ? 1 + random.integer(loci - 1) : loci;
    next.set(genomes.subarray(one * loci, one * loci + point), i * loci);
    next.set(genomes.subarray(other * loci + point, (other + 1) * loci), i * loci + point);
  }
  return next;
}

export const hintonNowlanExperiment: Experiment<Parameters> = {
  id: "hinton-nowlan",
  title: "How learning can guide evolution",
  description:
    "Hinton and Nowlan's experiment of 1987: one of 2^20 settings of switches is good; alleles set a switch right or wrong or leave it to the organism, which tries settings of the switches left to it.",
  parameters,
  unit: "generations",
  work: ({ generations }) => generations,
  async run(p, { key, signal, report }) {
    const rest = pauses();
    const course: AlleleFrequencies[] = [];
    for (const generation of hintonNowlan(p, key)) {
      course.push(generation);
      if (course.length > p.generations) break;
      if (!rest.due()) continue;
      await rest.take();
      report(course.length);
      if (signal.aborted) return undefined;
    }
    const last = course.at(-1)!;
    const series = (part: keyof AlleleFrequencies) => course.map((generation) => generation[part]);
    const gone = course.findIndex((generation) => generation.wrong < 0.01);
    return {
      measurements: [
        measurement(
          "alleles",
          [last.correct, "share of alleles"],
          {
            correct: [last.correct, "share of alleles"],
            wrong: [last.wrong, "share of alleles"],
            undecided: [last.undecided, "share of alleles"],
            fitness: [last.fitness, "times the least"],
            undecidedAgainst1987: [last.undecided - undecidedIn1987, "share of alleles"],
            correctAgainst2017: [last.correct - correctIn2017, "share of alleles"],
            // The first generation with less than 1% wrong alleles, or one more than there were.
            wrongGone: [gone < 0 ? course.length : gone, "generations"],
          },
          {
            correctByGeneration: series("correct"),
            wrongByGeneration: series("wrong"),
            undecidedByGeneration: series("undecided"),
            fitnessByGeneration: series("fitness"),
          },
        ),
      ],
    };
  },
};
