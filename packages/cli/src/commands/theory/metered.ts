/** `mesascope theory metered`: selection with counted bits beside what the toy model predicts. */
import { InputError, keyOf, split } from "@mesascope/lab/core";
import type { Fitness, GenomeSpace } from "@mesascope/lab/theory";
import { printJson } from "../../output/json.ts";
import { table } from "../../output/table.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { costHelp, type ModelFlags, modelOf, withCostOptions } from "./model-options.ts";
import { exact, numberFor } from "./numbers.ts";
import { optimumJson, regimeInWords } from "./toy-model.ts";

type Flags = Omit<ModelFlags, "shared"> & {
  readonly budget: number;
  readonly diversity: number;
  readonly ceiling: number;
  readonly seed: number;
  readonly populations: number;
  readonly json?: boolean;
};

/** Genomes alive at once, and kept: a halving, which is one bit, each generation. */
const population = { population: 64, kept: 32 };
/** Most loci that are copied: about ten seconds of work. */
const mostLoci = 2 ** 33;

const help = `${costHelp}

Genomes have a table entry for each instance and a gene for search at run time, of loci that are right or wrong with
even odds, so that every halving is counted: a bit of P buys a locus. x is whole, and costs are rounded up.

Results, in bits per instance:
  predicted   the toy model with the ceiling, as 'mesascope theory toy-model' gives it
  ideal       the best use of P bits of selection when they are many: x is whole, and luck in some of the entries
              is worth more than the toy model's exchange of a bit for a bit (mean score; not with --worst-case)
  bestOf      the best of 2^P random genomes, as exact expectations; obtainedBits, in the whole, never exceed P
  selection   P generations that keep 32 of 64 genomes: means over populations, with the least and greatest

Example:
  $ mesascope theory metered --budget 60 --diversity 8 --cost power:1,2 --json`;

/** Adds the command. */
export const addMeteredCommand: AddCommand = (program, world, act) => {
  const whole = (flag: string, atLeast: number, atMost: number) =>
    numberFor(flag, {
      meaning: `a whole number from ${atLeast} to ${atMost}`,
      ...{ atLeast, atMost, whole: true },
    });
  const command = program
    .command("metered")
    .description("selection with every bit counted, beside the toy model's prediction")
    .requiredOption("--budget <bits>", "P: bits of selection", whole("--budget", 0, 1000))
    .requiredOption("--diversity <number>", "N: instances", whole("--diversity", 1, 2 ** 18));
  withCostOptions(command)
    .option(
      "--ceiling <bits>",
      "loci of an entry, its largest score",
      whole("--ceiling", 1, 64),
      16,
    )
    .option("--seed <number>", "of the populations", whole("--seed", 0, 2 ** 32), 1)
    .option("--populations <number>", "how many are bred", whole("--populations", 1, 1000), 8)
    .option("--json", "print results as JSON")
    .addHelpText("after", help)
    .action(act((flags: Flags) => metered(world, flags)));
};

async function metered(world: World, flags: Flags): Promise<number> {
  const { bestOf, genomeSpace, idealGenome, toyOptimum } = await import("@mesascope/lab/theory");
  const { budget, diversity, ceiling, worstCase } = flags;
  const model = { ...(await modelOf(world, flags)), budget, diversity };
  const { cost, xMax = ceiling } = model;
  const fitness: Fitness = worstCase ? "worst" : "average";
  const space = genomeSpace({ instances: diversity, ceiling, cost, xMax });
  const predicted = toyOptimum(model);
  const ideal = idealGenome(space, budget, fitness);
  const { levels: _, ...best } = bestOf(space, budget, fitness);
  const selection = await breed(space, fitness, flags);
  if (flags.json) {
    const results = { predicted: optimumJson(predicted), ideal, bestOf: best, selection };
    printJson(world.stdout, results);
    return 0;
  }
  const { runTimeBits, tunedBits, score } = selection;
  const rows = [
    ["toy model", exact(predicted.xStar), exact(predicted.tunedBits), exact(predicted.total)],
    ["ideal selection", exact(ideal.x), exact(ideal.tunedBits), exact(ideal.score)],
    ["best of 2^P", exact(best.runTimeBits), exact(best.tunedBits), exact(best.score)],
    [`${flags.populations} populations`, ...[runTimeBits, tunedBits, score].map(spread)],
  ];
  const columns = ["run-time bits", "tuned bits", "score"].map((title) => ({
    title,
    number: true,
  }));
  world.stdout.write(
    `${table([{ title: "per instance" }, ...columns], rows)}\n` +
      `${predicted.regime}: ${regimeInWords[predicted.regime]}\n`,
  );
  return 0;
}

interface Spread {
  readonly mean: number;
  readonly least: number;
  readonly greatest: number;
}

const spread = ({ mean, least, greatest }: Spread) =>
  `${exact(mean)} [${exact(least)}, ${exact(greatest)}]`;

/** The last generation of each population; signals are heard between populations. */
async function breed(space: GenomeSpace, fitness: Fitness, flags: Flags) {
  const { truncationSelection } = await import("@mesascope/lab/theory");
  const { budget, seed, populations } = flags;
  const length = space.instances * space.ceiling + space.levels.at(-1)!.loci;
  if (length * budget * populations * population.population > mostLoci)
    throw new InputError(
      `${populations} populations of ${length} loci for ${budget} generations are too many for this command: take fewer populations, instances or bits`,
    );
  const key = split(keyOf(seed), "metered");
  const ends = [];
  for (let i = 0; i < populations; i++) {
    const options = { ...population, fitness, key: split(key, i), generations: budget };
    const path = [...truncationSelection(space, options)];
    ends.push(path.at(-1)!);
    await new Promise(setImmediate);
  }
  const over = (values: readonly number[]): Spread => ({
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    least: Math.min(...values),
    greatest: Math.max(...values),
  });
  return {
    bits: budget,
    populations,
    seed,
    runTimeBits: over(ends.map(({ runTimeBits }) => runTimeBits)),
    tunedBits: over(ends.map(({ score, runTimeBits }) => score - runTimeBits)),
    score: over(ends.map(({ score }) => score)),
  };
}
