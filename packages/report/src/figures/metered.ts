/** Run-time bits that counted selection settles on, beside the toy model's x*: one panel a budget, a row a method. */
import type { ExperimentOutcome } from "@mesascope/lab/studies";
import { diversityAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { armValues, type Summary, summarize } from "./data.ts";
import { count, fixed, plural } from "./format.ts";
import { conditions } from "./learners.ts";
import { measuredLine, within } from "./marks.ts";
import type { AxisY, Panel } from "./panel.ts";
import { predictedLine } from "./predicted.ts";
import { type Palette, pagePalette } from "./theme.ts";
import { concluded } from "./toy-model.ts";
import { value } from "./words.ts";

const methods = [
  { id: "best-of", heading: "Best of 2^P genomes, in exact expectation" },
  { id: "truncation", heading: "A population under truncation selection" },
] as const;

const levelsOf = (outcome: ExperimentOutcome, factor: string) =>
  [...new Set(outcome.study.runs.map(({ arm }) => Number(arm[factor])))].sort((a, b) => a - b);

function summaryOf(
  outcome: ExperimentOutcome,
  measure: string,
  cell: { readonly method: string; readonly budget: number; readonly diversity: number },
): Summary | undefined {
  return summarize(armValues(outcome, cell, measure));
}

/** Title: how far the population is from the model, in the mean over all cells. */
export function meteredFinding(outcome: ExperimentOutcome): string {
  const error = concluded(outcome, "toy-model-metered.error");
  const gain = concluded(outcome, "toy-model-metered.gainOverConstant");
  if (error === undefined || gain?.low === undefined || gain.high === undefined)
    return "The toy model’s x* beside what counted selection settles on";
  if (gain.low > 0) return "Counted selection settles near the toy model’s x*";
  if (gain.high < 0)
    return "The best of 2^P genomes follows the toy model’s x*; a population does not climb there";
  return "Counted selection follows the toy model’s x* in part";
}

/** Draws the figure. */
export function meteredFigure(outcome: ExperimentOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const budgets = levelsOf(outcome, "budget");
  const y: AxisY = { domain: [0, 8.4], label: "run-time bits per instance" };
  return compose(
    {
      id: "metered",
      title: meteredFinding(outcome),
      subtitle: conditions(outcome),
      caption:
        "Solid: run-time bits of the selected genomes, means over seeds, bands 95% intervals, small dots seeds. Hollow: " +
        "x* of the toy model for the same bits of selection; where a range of x is as good, its lower end.",
      description: describe(outcome),
      key: [
        { shape: "line", colour: palette.runTime, text: "selected" },
        { shape: "hollow", colour: palette.ink, text: "toy model" },
      ],
      groups: methods.map(({ id, heading }) => ({
        heading,
        panels: budgets.map((budget) => panel(outcome, { method: id, budget, y, palette })),
      })),
      columns: 4,
      height: 130,
      right: 70,
    },
    options,
  );
}

function panel(
  outcome: ExperimentOutcome,
  { method, budget, y, palette }: { method: string; budget: number; y: AxisY; palette: Palette },
): Panel {
  const diversities = levelsOf(outcome, "diversity");
  const axis = diversityAxis(diversities);
  const points = (measure: string) =>
    diversities.flatMap((diversity) => {
      const summary = summaryOf(outcome, measure, { method, budget, diversity });
      return summary ? [{ x: axis.position(diversity), summary }] : [];
    });
  const selected = points("metered.runTime");
  const predicted = points("metered.predicted").map(({ x, summary }) => ({ x, y: summary.mean }));
  return {
    heading: `P = ${plural(budget, "bit")}`,
    x: axis,
    y,
    endLabels: [],
    ...(selected.length === 0 ? { empty: "no result" } : {}),
    marks: () => [
      ...measuredLine([selected.map(within(y.domain))], palette.runTime, {
        dots: true,
        markers: true,
        width: 2,
      }),
      ...predictedLine(predicted, palette.ink, palette),
    ],
  };
}

function describe(outcome: ExperimentOutcome): string {
  const budget = levelsOf(outcome, "budget").at(-1)!;
  const told = methods.flatMap(({ id }) => {
    const cells = levelsOf(outcome, "diversity").map((diversity) => {
      const cell = { method: id, budget, diversity };
      const model = summaryOf(outcome, "metered.predicted", cell);
      return `N = ${count(diversity)}: ${value(summaryOf(outcome, "metered.runTime", cell), 1)}, model ${model ? fixed(model.mean, 1) : "none"}`;
    });
    return [`${id}: ${cells.join("; ")}`];
  });
  return `Run-time bits against the number of instances, one panel for each number of bits of selection. At P = ${budget}, ${told.join(". ")}.`;
}
