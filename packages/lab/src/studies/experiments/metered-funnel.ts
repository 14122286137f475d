/**
 * The information funnel with every bit counted: selection among genomes that hold fewer entries than there are
 * instances. Hubinger et al. 2019 (arXiv 1906.01820), section 2.1, on choosing parameters through a short genome.
 */
import { z } from "zod";
import { type Experiment, InputError, pauses } from "../../core/index.ts";
import { genomeSpace, parseCost, truncationSelection } from "../../theory/index.ts";
import { measurement } from "./measurement.ts";
import { unlessStopped } from "./stopping.ts";

const parameters = z.strictObject({
  entries: z
    .number()
    .int()
    .min(1)
    .max(4096)
    .describe("Entries that the genome holds, shared in turn by the instances."),
  gene: z
    .number()
    .int()
    .min(0)
    .max(64)
    .default(8)
    .describe("Most run-time bits that the search gene has loci for."),
  diversity: z.number().int().min(1).max(4096).default(8).describe("N: instances."),
  budget: z.number().min(0).max(1000).default(128).describe("P: bits of selection."),
  ceiling: z.number().int().min(1).max(64).default(8).describe("B: loci of an entry."),
  cost: z.string().default("power:2,2").describe("f(x), e.g. power:1,2 for x^2."),
  population: z.number().int().min(2).max(65536).default(512).describe("Genomes alive at once."),
  kept: z.number().int().min(1).default(256).describe("How many of them have offspring."),
});

type Parameters = z.infer<typeof parameters>;

const generationsOf = ({ budget, population, kept }: Parameters): number =>
  Math.floor(budget / Math.log2(population / kept));

export const meteredFunnel: Experiment<Parameters> = {
  id: "metered-funnel",
  title: "Selection with counted bits through a short genome",
  description:
    "Genomes hold fewer entries than there are instances, which share them, and a search gene that costs f(x) bits; selection spends P bits, every halving counted, and the run-time bits that it settles on are followed as the genome is shortened.",
  parameters,
  unit: "generations",
  work: (p) => Math.max(1, generationsOf(p)),
  run: (p, { key, signal, report }) =>
    unlessStopped(signal, async () => {
      const cost = parseCost(p.cost, () => {
        throw new InputError("a study's cost is a formula, not a table");
      });
      const { diversity: instances, ceiling, entries, population, kept } = p;
      const space = genomeSpace({ instances, ceiling, cost, xMax: p.gene });
      const generations = generationsOf(p);
      const options = { key, fitness: "average", entries, population, kept, generations } as const;
      const history: number[] = [];
      let [score, runTime] = [0, 0];
      const pause = pauses(signal);
      for (const generation of truncationSelection(space, options)) {
        history.push(generation.runTimeBits);
        [score, runTime] = [generation.score, generation.runTimeBits];
        if (!pause.due()) continue;
        report(history.length - 1);
        await pause.take();
      }
      const genome = entries * ceiling + space.levels.at(-1)!.loci;
      const whole = instances * ceiling + space.levels.at(-1)!.loci;
      return {
        measurements: [
          measurement(
            "funnel",
            [runTime, "bits"],
            {
              runTime: [runTime, "bits"],
              tuned: [score - runTime, "bits"],
              score: [score, "bits"],
              genome: [genome, "bits"],
              share: [genome / whole, "bits of genome a bit developed"],
            },
            { history },
          ),
        ],
      };
    }),
};
