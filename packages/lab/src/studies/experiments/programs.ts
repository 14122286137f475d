/**
 * Exact program search as experiments: whether the shortest solver searches, when one long maze is cheaper to solve than
 * to write down, and what local search reaches. Hubinger et al. 2019 (arXiv 1906.01820), sections 2.1 and 2.2.
 */
import { z } from "zod";
import { languageNamed, languages } from "../../architectures/index.ts";
import { type Experiment, split } from "../../core/index.ts";
import { seedOf } from "../phases/index.ts";
import {
  type CompressionRow,
  compressionMaze,
  reachability,
  sampleMazes,
  shortestProgram,
} from "../programs/index.ts";
import { asJson, measurement, type Part } from "./measurement.ts";
import { unlessStopped } from "./stopping.ts";

const language = z
  .enum(Object.keys(languages) as [string, ...string[]])
  .default("search")
  .describe("Id of a grid language: its primitives and their prices.");
const side = z.number().int().min(2).max(12);
const mazeFields = {
  width: side.default(5).describe("Columns of cells."),
  height: side.default(5).describe("Rows of cells."),
  loops: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe("Share of inner walls broken after a tree."),
  weights: z.number().int().min(1).max(9).default(3).describe("Largest cost of a cell."),
  distance: z.number().int().min(1).max(60).default(4).describe("Least steps from start to goal."),
};
const fuel = z.number().int().min(1).max(100_000).default(3000).describe("Steps on a maze.");
const maxBits = z
  .number()
  .int()
  .min(1)
  .max(32)
  .default(24)
  .describe("Length up to which every program is tried.");

const shortestParameters = z.strictObject({
  ...mazeFields,
  language,
  count: z.number().int().min(1).max(64).describe("Mazes to be solved by one program."),
  fuel,
  maxBits,
  frontierBits: z.number().int().min(0).max(16).default(4).describe("Bits beyond the shortest."),
  heldOut: z.number().int().min(1).max(256).default(32).describe("New mazes to try solvers on."),
});

/** Prices of time: bits for each doubling of the steps; 0 is length alone, 1 Levin's. */
const timePrices = [0, 1, 4, 16];

export const shortestProgramExperiment: Experiment<z.infer<typeof shortestParameters>> = {
  id: "shortest-program",
  title: "The shortest program that solves some mazes",
  description:
    "Every program of a small language is tried in the order of its length until one solves all of N mazes on which following a wall fails; whether it searches is judged by what it evaluates and passes over, and by its way when comparisons are ablated.",
  parameters: shortestParameters,
  unit: "searches",
  work: () => 1,
  run: (p, context) =>
    unlessStopped(context.signal, async () => {
      const {
        language: id,
        count,
        fuel: steps,
        maxBits: most,
        frontierBits,
        heldOut,
        ...mazes
      } = p;
      const [row] = await shortestProgram({
        ...{ languages: [languageNamed(id)], mazes, counts: [count], seeds: [seedOf(context)] },
        ...{
          fuel: steps,
          maxBits: most,
          frontierBits,
          timePrices,
          heldOut,
          signal: context.signal,
        },
      });
      const { bits, shortest, searching, priced } = row!;
      if (bits === undefined || shortest.length === 0)
        return {
          measurements: [
            {
              signature: "program",
              applicable: false,
              reason: `no program of ${most} bits solves these mazes`,
            },
          ],
          data: asJson(row),
        };
      const share = searching / shortest.length;
      const generalizes =
        shortest.reduce((sum, program) => sum + program.generalizes, 0) / shortest.length;
      const parts: Record<string, Part> = {
        bits: [bits, "bits"],
        searching: [share, "share of shortest solvers"],
        generalizes: [generalizes, "share of new mazes"],
      };
      for (const { timePrice, evidence } of priced)
        parts[`searchingAt${timePrice}`] = [evidence.searches ? 1 : 0, "whether it searches"];
      const dearest = parts[`searchingAt${timePrices.at(-1)}`];
      if (dearest) parts["timeEffect"] = [dearest[0] - share, "share of solvers"];
      return {
        measurements: [measurement("program", parts["searching"]!, parts)],
        data: asJson({ ...row, shortest: shortest.slice(0, 5) }),
      };
    }),
};

const compressionParameters = z.strictObject({
  ...mazeFields,
  task: z
    .enum(["maze", "random-labels", "rule-labels"])
    .describe("One long maze; labels drawn at random; labels that follow a rule."),
  language,
  lengths: z
    .array(z.number().int().min(1))
    .min(1)
    .default([1, 2, 3, 4, 6, 8, 10, 12, 16])
    .describe("Path lengths in steps; those that the maze does not have are left out."),
  count: z.number().int().min(1).max(64).default(8).describe("Mazes of the general solver."),
  fuel,
  maxBits,
  examples: z
    .array(z.number().int().min(1))
    .min(1)
    .default([2, 4, 8, 16, 32, 64])
    .describe("Numbers of labelled examples."),
  features: z.number().int().min(2).max(16).default(8).describe("Features; a power of two."),
});

/** What a program for the task saves: a general solver for mazes, the shortest for labels. */
const savingOf = ({ task, literalBits, generalBits, shortestBits }: CompressionRow) =>
  literalBits - (task === "maze" ? generalBits! : shortestBits);

export const compressionExperiment: Experiment<z.infer<typeof compressionParameters>> = {
  id: "compression-maze",
  title: "One long maze, written down or solved",
  description:
    "The bits of the shortest way through one maze, written down step by step, beside those of the shortest program for it and of the shortest program that solves many mazes; and the same for labels, drawn at random or by a rule.",
  parameters: compressionParameters,
  unit: "searches",
  work: () => 1,
  run: (p, context) =>
    unlessStopped(context.signal, async () => {
      const {
        language: id,
        lengths,
        count,
        fuel: steps,
        maxBits: most,
        examples,
        features,
        task,
        ...mazes
      } = p;
      const { rows, crossings } = await compressionMaze({
        ...{ language: languageNamed(id), mazes, count, fuel: steps, maxBits: most, features },
        lengths: task === "maze" ? lengths : [],
        examples: task === "maze" ? [] : examples,
        ...{ seeds: [seedOf(context)], signal: context.signal },
      });
      const own = rows.filter((row) => row.task === task).sort((a, b) => a.size - b.size);
      const crossing = crossings.find((found) => found.task === task);
      const at = task === "maze" ? crossing?.general : crossing?.shortest;
      const last = own.at(-1)!;
      return {
        measurements: [
          measurement("compression", [savingOf(last), "bits"], {
            saving: [savingOf(last), "bits"],
            largest: [last.size, "steps or examples"],
            ...(at === undefined ? {} : { crossing: [at, "steps or examples"] as Part }),
          }),
        ],
        data: asJson(own),
      };
    }),
};

const reachabilityParameters = z.strictObject({
  ...mazeFields,
  language,
  count: z.number().int().min(1).max(16).default(3).describe("Mazes to be solved."),
  method: z
    .enum(["chain", "genetic"])
    .default("chain")
    .describe("Metropolis-Hastings, or breeding."),
  level: z
    .number()
    .min(0)
    .describe("Temperature of the chain (0 climbs), or size of the population."),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .describe(
      "Mean progress below which a program scores nothing: the more, the more is needed at once.",
    ),
  evaluations: z.number().int().min(10).default(4000).describe("Programs that a search may try."),
  searches: z.number().int().min(1).max(100).default(10).describe("Searches in one run."),
  fuel,
  maxBits,
});

export const reachabilityExperiment: Experiment<z.infer<typeof reachabilityParameters>> = {
  id: "reachability-programs",
  title: "What local search reaches in program space",
  description:
    "The shortest solver of some mazes is found by exhaustion; local search with graded or ungraded credit then looks for a solver, and for one as short.",
  parameters: reachabilityParameters,
  unit: "searches",
  work: ({ searches }) => searches,
  run: (p, context) =>
    unlessStopped(context.signal, async () => {
      const { language: id, count, method, level, threshold, evaluations, searches, ...rest } = p;
      const { fuel: steps, maxBits: most, ...mazes } = rest;
      const seed = seedOf(context);
      const { rows, bits, shortest } = await reachability({
        ...{ language: languageNamed(id), fuel: steps, maxBits: most, evaluations },
        mazes: sampleMazes(mazes, count, split(context.key, "mazes")),
        thresholds: [threshold],
        temperatures: method === "chain" ? [level] : [],
        populations: method === "genetic" ? [level] : [],
        ...{ patience: 1000, bitPrice: 0.01, signal: context.signal },
        seeds: Array.from({ length: searches }, (_, i) => seed + i),
      });
      const row = rows[0]!;
      const optional = (
        name: string,
        value: number | undefined,
        unit: string,
      ): Record<string, Part> => (value === undefined ? {} : { [name]: [value, unit] });
      return {
        measurements: [
          measurement("reachability", [row.solved / row.runs, "share of searches"], {
            solved: [row.solved / row.runs, "share of searches"],
            reached: [row.probability, "share of searches"],
            neededFraction: [row.neededFraction, "share of bits"],
            ...optional("monotonicity", row.monotonicity, "share of moves"),
            ...optional("deepestDip", row.deepestDip, "score"),
          }),
        ],
        data: asJson({ shortest, bits, row }),
      };
    }),
};
