/**
 * The functions that networks with random parameters compute: their probability against their complexity.
 * Valle-Perez, Camargo and Louis 2019 (arXiv 1805.08522), section 4 and figure 1.
 */
import { z } from "zod";
import { type Experiment, Random, split } from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import { lempelZivComplexity } from "../../theory/index.ts";
import { asJson, measurement } from "../experiments/measurement.ts";
import { boundSlope, occurrences, packed, simplerThanShuffled } from "./frequencies.ts";
import { RandomNetworks, rows } from "./networks.ts";

export const familyFields = {
  layers: z.number().int().min(1).max(8).default(2).describe("Hidden layers."),
  width: z.number().int().min(1).max(512).default(40).describe("Units of a hidden layer."),
  activation: z.enum(["relu", "tanh"]).default("relu").describe("Nonlinearity."),
  weightScale: z
    .number()
    .positive()
    .max(100)
    .default(1)
    .describe("Standard deviation of a weight times the square root of its fan-in."),
  biasScale: z.number().min(0).max(100).default(0.1).describe("Standard deviation of a bias."),
};

const parameters = z.strictObject({
  ...familyFields,
  samples: z.number().int().min(1000).max(10_000_000).describe("Networks drawn."),
});

type Parameters = z.infer<typeof parameters>;

/** Networks a draw, and tables whose complexity is taken: one costs as much as drawing the network. */
const batch = 500;
const judged = 2000;
/** Occurrences from which a frequency is counted as a probability. */
const least = 10;

export const randomFunctions: Experiment<Parameters> = {
  id: "random-functions",
  title: "What random networks compute",
  description:
    "Networks from 7 bits to 1 are drawn at random; how often each function comes up is set against its Lempel-Ziv complexity, and each function against its own truth table shuffled, which keeps the share of ones.",
  parameters,
  unit: "networks",
  trains: true,
  work: ({ samples }) => samples,
  async run(p, { key, signal, report }) {
    const networks = await RandomNetworks.of(p, batch);
    const random = new Random(split(key, "parameters"));
    const shuffling = new Random(split(key, "shuffling"));
    const counts = new Map<string, number>();
    const complexities: number[] = [];
    const excess: number[] = [];
    for (let drawn = 0; drawn < p.samples; drawn += batch) {
      if (signal.aborted) return undefined;
      const tables = await networks.draw(random);
      const count = Math.min(batch, p.samples - drawn);
      for (let i = 0; i < count; i++) {
        const table = tables.subarray(i * rows, (i + 1) * rows);
        const name = packed(table);
        counts.set(name, (counts.get(name) ?? 0) + 1);
        if (complexities.length >= judged) continue;
        complexities.push(lempelZivComplexity(table));
        excess.push(simplerThanShuffled(table, shuffling));
      }
      report(drawn + count);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const found = occurrences(counts, p.samples, least);
    const repeated = [...counts.values()].filter((count) => count > 1);
    return {
      measurements: [
        measurement("random-functions", [boundSlope(found), "log2 of probability per bit"], {
          slope: [boundSlope(found), "log2 of probability per bit"],
          complexity: [mean(complexities), "bits"],
          simpler: [mean(excess), "bits"],
          repeated: [repeated.reduce((a, b) => a + b, 0) / p.samples, "share of networks"],
          distinct: [counts.size / p.samples, "functions per network"],
        }),
      ],
      data: asJson({ occurrences: found.slice(0, 400) }),
    };
  },
};
