/**
 * The bit-metered base optimizer beside the toy model: selection among genomes with every halving counted, so that
 * P is a number of bits with no exchange rate. Hubinger et al. 2019 (arXiv 1906.01820), section 2.1.
 */
import { z } from "zod";
import { type Experiment, type ExperimentContext, InputError } from "../../core/index.ts";
import {
  bestOf,
  genomeSpace,
  parseCost,
  toyOptimum,
  truncationSelection,
} from "../../theory/index.ts";
import { measurement } from "./measurement.ts";

const parameters = z.strictObject({
  method: z
    .enum(["best-of", "truncation"])
    .default("truncation")
    .describe("Best of 2^P genomes, in exact expectation; or a population under truncation."),
  budget: z.number().min(0).max(1000).describe("P: bits of selection."),
  diversity: z.number().int().min(1).max(4096).describe("N: instances with an entry each."),
  ceiling: z.number().int().min(1).max(64).default(8).describe("B: loci of an entry."),
  cost: z.string().default("power:1,2").describe("f(x), e.g. power:1,2 for x^2."),
  fitness: z.enum(["average", "worst"]).default("average").describe("Score that selects."),
  population: z.number().int().min(2).max(65536).default(512).describe("Genomes alive at once."),
  kept: z.number().int().min(1).default(256).describe("How many of them have offspring."),
});

type Parameters = z.infer<typeof parameters>;

const costOf = ({ cost }: Parameters) =>
  parseCost(cost, () => {
    throw new InputError("a study's cost is a formula, not a table");
  });

const bitsPerGeneration = ({ population, kept }: Parameters) => Math.log2(population / kept);

/** What selection arrives at; `obtained` is the bits by which it narrowed the space, where that is known exactly. */
interface Selected {
  readonly score: number;
  readonly runTimeBits: number;
  readonly obtained?: number;
  /** Mean run-time bits of the population by generation. */
  readonly history: readonly number[];
}

export const meteredSelection: Experiment<Parameters> = {
  id: "metered-selection",
  title: "Selection with counted bits",
  description:
    "Genomes have an entry for each of N instances and a search gene that costs f(x) bits; selection spends P bits, every halving counted, and the search that it settles on is compared with the toy model's x*.",
  parameters,
  unit: "generations",
  work: (p) =>
    p.method === "best-of" ? 1 : Math.max(1, Math.floor(p.budget / bitsPerGeneration(p))),
  async run(p, context) {
    const cost = costOf(p);
    const space = genomeSpace({ instances: p.diversity, ceiling: p.ceiling, cost });
    const model = {
      budget: p.budget,
      diversity: p.diversity,
      cost,
      xMax: p.ceiling,
      ceiling: p.ceiling,
    };
    const predicted = toyOptimum(model);
    const selected =
      p.method === "best-of" ? exactly(space, p) : await byPopulation(space, p, context);
    if (!selected) return undefined;
    const { runTimeBits, score, obtained } = selected;
    // A range of maximizers predicts no single x: the error is the distance to the range.
    const { low, high } = predicted.xRange ?? { low: predicted.xStar, high: predicted.xStar };
    const error = Math.max(low - runTimeBits, runTimeBits - high, 0);
    return {
      measurements: [
        measurement(
          "metered",
          [runTimeBits, "bits"],
          {
            runTime: [runTimeBits, "bits"],
            predicted: [predicted.xStar, "bits"],
            predictedHigh: [high, "bits"],
            error: [error, "bits"],
            score: [score, "bits"],
            predictedScore: [predicted.total, "bits"],
            tuned: [score - runTimeBits, "bits"],
            ...(obtained === undefined ? {} : { excess: [obtained - p.budget, "bits"] }),
          },
          { history: selected.history },
        ),
      ],
      data: { regime: predicted.regime },
    };
  },
};

function exactly(space: ReturnType<typeof genomeSpace>, p: Parameters): Selected {
  const { score, runTimeBits, obtainedBits } = bestOf(space, p.budget, p.fitness);
  return { score, runTimeBits, obtained: obtainedBits, history: [runTimeBits] };
}

async function byPopulation(
  space: ReturnType<typeof genomeSpace>,
  p: Parameters,
  { key, signal, report }: ExperimentContext,
): Promise<Selected | undefined> {
  const generations = Math.floor(p.budget / bitsPerGeneration(p));
  const { fitness, population, kept } = p;
  const history: number[] = [];
  let last: { score: number; runTimeBits: number } | undefined;
  let yielded = performance.now();
  for (const generation of truncationSelection(space, {
    key,
    fitness,
    population,
    kept,
    generations,
  })) {
    last = generation;
    history.push(generation.runTimeBits);
    if (performance.now() - yielded < 50) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    yielded = performance.now();
    report(history.length - 1);
    if (signal.aborted) return undefined;
  }
  return { score: last!.score, runTimeBits: last!.runTimeBits, history };
}
