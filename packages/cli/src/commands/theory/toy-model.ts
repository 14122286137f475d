/** `mesascope theory toy-model`: the best division of a budget between tuning and run-time optimization. */
import type { Regime, ToyModel, ToyOptimum } from "@mesascope/lab/theory";
import { printJson } from "../../output/json.ts";
import { table } from "../../output/table.ts";
import type { World } from "../../world.ts";
import type { AddCommand } from "../command.ts";
import { costHelp, type ModelFlags, modelOf, withModelOptions } from "./model-options.ts";
import { budgetRule, diversityRule, exact, numberFor } from "./numbers.ts";

type Flags = ModelFlags & {
  readonly budget: number;
  readonly diversity: number;
  readonly json?: boolean;
};

const help = `${costHelp}

The model (Hubinger et al. 2019, section 2.1) maximizes (P - f(x))/N + x over x from 0 to x-max, f(x) <= P. With
--shared s, tuning acts as if there were 1 / (s + (1 - s)/N) instances; with --ceiling B the sum counts up to B;
with --worst-case, tuned bits are whole: floor((P - f(x))/N).

Results, in bits per instance unless stated:
  xStar      run-time bits of the best division; the lower end where it is not unique
  xRange     least and largest best x, only where it is not unique
  tunedBits  (P - f(x*))/N, as far as the ceiling leaves use for it
  total      (P - f(x*))/N + x*, at most the ceiling
  regime     all tuning, interior, capped by budget, capped by x_max, saturated or indifferent
  threshold  N0: the diversity below which x* = 0 (without ceiling and --worst-case); null where none suffices

Example:
  $ mesascope theory toy-model --budget 100 --diversity 10 --cost power:1,2 --json`;

/** Adds the command. */
export const addToyModelCommand: AddCommand = (program, world, act) => {
  const command = program
    .command("toy-model")
    .description("the best division of a budget between tuning and run-time optimization")
    .requiredOption(
      "--budget <bits>",
      "P: optimization power of the base optimizer",
      numberFor("--budget", budgetRule),
    )
    .requiredOption(
      "--diversity <number>",
      "N: distinct instances, or 'fresh'",
      numberFor("--diversity", diversityRule),
    );
  withModelOptions(command)
    .option("--json", "print results as JSON")
    .addHelpText("after", help)
    .action(act((flags: Flags) => toyModel(world, flags)));
};

async function toyModel(world: World, flags: Flags): Promise<number> {
  const { toyOptimum } = await import("@mesascope/lab/theory");
  const { budget, diversity } = flags;
  const model = { ...(await modelOf(world, flags)), budget, diversity };
  const found = toyOptimum(model);
  if (flags.json) printJson(world.stdout, optimumJson(found));
  else world.stdout.write(await optimumText(model, found));
  return 0;
}

/** The optimum as JSON writes it: a threshold that no diversity reaches is null. */
export function optimumJson({ threshold, ...optimum }: ToyOptimum) {
  return { ...optimum, threshold: Number.isFinite(threshold) ? threshold : null };
}

/** What each regime means. */
export const regimeInWords: Readonly<Record<Regime, string>> = {
  "all tuning": "no run-time bit is worth its cost here; the whole budget goes into tuning",
  interior: "a little more or a little less optimization at run time would give less in all",
  "capped by budget": "the budget affords no more run-time bits than these",
  "capped by x_max": "x-max, or the end of the table, allows no more run-time bits than these",
  saturated: "the ceiling is reached; any division within the range that reaches it is as good",
  indifferent: "both ends of the range are equally good",
};

async function optimumText(model: ToyModel, found: ToyOptimum): Promise<string> {
  const { effectiveInstances } = await import("@mesascope/lab/theory");
  const { xStar, xRange, tunedBits, total, regime, threshold } = found;
  const { diversity, shared = 0 } = model;
  const rows = [
    [
      "run-time bits x*",
      exact(xStar),
      xRange ? `the lower end; the upper is ${exact(xRange.high)}` : "",
    ],
    ["tuned bits", exact(tunedBits), ""],
    ["total", exact(total), ""],
    ["threshold N0", exact(threshold), "in instances; below it x* = 0"],
  ];
  if (shared > 0)
    rows.push([
      "effective N",
      exact(effectiveInstances(diversity, shared)),
      "instances that tuning has to serve one by one",
    ]);
  const columns = [{ title: "per instance" }, { title: "bits", number: true }, { title: "" }];
  return `${table(columns, rows)}\n${regime}: ${regimeInWords[regime]}\n`;
}
