/** Probability of each function that random networks compute, against its complexity: a panel for each nonlinearity. */
import type { ExperimentOutcome } from "@mesascope/lab/studies";
import * as Plot from "@observablehq/plot";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { armValues, summarize } from "./data.ts";
import { runData } from "./experiment-data.ts";
import { conditions } from "./learners.ts";
import { niceTicks, type Panel } from "./panel.ts";
import { levelsOf } from "./shares.ts";
import { pagePalette } from "./theme.ts";
import { value } from "./words.ts";

interface Kept {
  readonly occurrences: readonly {
    readonly complexity: number;
    readonly logProbability: number;
  }[];
}

const slope = "random-functions.slope";

/** Title: how fast probability falls, at the smallest weights of the first nonlinearity. */
export function occurrencesFinding(outcome: ExperimentOutcome): string {
  const arm = { activation: levelsOf(outcome, "activation")[0]!, weightScale: smallest(outcome) };
  const found = summarize(armValues(outcome, arm, slope));
  if (found?.high === undefined || found.high >= 0)
    return "Probability of the functions of random networks, by their complexity";
  return "The more complex a function, the fewer random networks compute it";
}

const smallest = (outcome: ExperimentOutcome) => Number(levelsOf(outcome, "weightScale")[0]);

/** Draws the figure, from the first seed that is complete. */
export function occurrencesFigure(outcome: ExperimentOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const weightScale = smallest(outcome);
  const kept = runData<Kept>(outcome).filter(({ arm }) => arm["weightScale"] === weightScale);
  const activations = levelsOf(outcome, "activation").map(String);
  const shown = activations.map((activation) => ({
    activation,
    points: kept.find(({ arm }) => arm["activation"] === activation)?.data.occurrences ?? [],
  }));
  const all = shown.flatMap(({ points }) => points);
  const right = Math.max(8, ...all.map(({ complexity }) => complexity)) + 4;
  const low = Math.floor(Math.min(-2, ...all.map(({ logProbability }) => logProbability))) - 0.5;
  const panels = shown.map(
    ({ activation, points }): Panel => ({
      heading: activation,
      x: {
        domain: [0, right],
        ticks: niceTicks(0, right, 6).map((at) => ({ at, label: String(at) })),
        label: "Lempel-Ziv complexity, bits",
      },
      y: { domain: [low, 0], label: "log2 of the share of networks" },
      endLabels: [],
      ...(points.length === 0 ? { empty: "no function came up often enough" } : {}),
      marks: () => [
        Plot.dot(points, {
          x: "complexity",
          y: "logProbability",
          r: 2,
          fill: palette.runTime,
          fillOpacity: 0.55,
        }),
      ],
    }),
  );
  const told = activations.map(
    (activation) =>
      `${activation}: slope of the upper bound ${value(summarize(armValues(outcome, { activation, weightScale }, slope)))} doublings a bit`,
  );
  return compose(
    {
      id: "occurrences",
      title: occurrencesFinding(outcome),
      subtitle: `${conditions(outcome)}; weights of scale ${weightScale}`,
      caption:
        "A dot a function that at least ten networks of one seed computed, the most frequent 400. " +
        `${told.join("; ")}.`,
      description: `Share of random networks that compute a function against its complexity. ${told.join("; ")}.`,
      key: [],
      groups: [{ panels }],
      columns: 2,
      height: 220,
      right: 30,
    },
    options,
  );
}
