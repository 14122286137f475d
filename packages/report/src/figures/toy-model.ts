/** The toy model's forecast of run-time bits on held-out diversities beside what was measured: one panel a budget. */
import type { StudyOutcome, ToyModelFindings } from "@mesascope/lab/studies";
import * as Plot from "@observablehq/plot";
import { diversityAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { type Summary, summarize } from "./data.ts";
import { count, fixed, plural } from "./format.ts";
import { conditions } from "./learners.ts";
import { measuredLine, within } from "./marks.ts";
import type { AxisY, Panel } from "./panel.ts";
import { predictedLine } from "./predicted.ts";
import { type Palette, pagePalette } from "./theme.ts";
import { value } from "./words.ts";

/** Most budgets that are shown, the largest ones. */
const mostPanels = 4;

/** What the analysis found, where it could say anything. */
export function toyModelFindings(outcome: StudyOutcome): ToyModelFindings | undefined {
  const { conclusion } = outcome;
  if (conclusion?.id !== "toy-model") return undefined;
  const findings = conclusion.findings as unknown as ToyModelFindings;
  return findings.cells.length > 0 ? findings : undefined;
}

/** A derived measure over seeds. */
export function concluded(outcome: StudyOutcome, measure: string): Summary | undefined {
  return summarize(
    outcome.rows
      .filter((row) => row.final && row.measure === measure)
      .map(({ seed, value: number }) => ({ seed, value: number })),
  );
}

/** Title: whether the model predicts better than interpolation, as far as the seeds tell. */
export function toyModelFinding(outcome: StudyOutcome): string {
  const gain = concluded(outcome, "toy-model.gainOverInterpolation");
  if (gain?.low === undefined || gain.high === undefined)
    return "The toy model’s forecast of run-time bits on held-out diversities";
  if (gain.low > 0) return "The toy model predicts held-out diversities better than interpolation";
  if (gain.high < 0) return "The toy model predicts held-out diversities worse than interpolation";
  return "The toy model predicts held-out diversities no better than interpolation, as far as these seeds tell";
}

/** Draws the figure. */
export function toyModelFigure(outcome: StudyOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const { cells } = toyModelFindings(outcome)!;
  const budgets = [...new Set(cells.map(({ update }) => update))].sort((a, b) => a - b);
  const highest = Math.max(...cells.flatMap(({ model, measured }) => [model, measured]));
  const lowest = Math.min(0, ...cells.map(({ measured }) => measured));
  const y: AxisY = {
    domain: [lowest < 0 ? lowest - 0.3 : 0, Math.max(1, highest) * 1.06],
    label: "run-time bits per instance",
  };
  return compose(
    {
      id: "toy-model",
      title: toyModelFinding(outcome),
      subtitle: conditions(outcome),
      caption:
        "Measured: means over seeds on new instances, bands 95% intervals, small dots seeds. The model’s cost and " +
        "exchange rate were fitted, seed by seed, to fresh instances and to a learner without feedback, and its " +
        "forecast was written before these diversities were run. Interpolation is linear in log2 N between the " +
        "fewest instances and fresh ones at the same budget.",
      description: describe(outcome, budgets),
      key: [
        { shape: "line", colour: palette.runTime, text: "measured" },
        { shape: "hollow", colour: palette.ink, text: "toy model, forecast" },
        { shape: "dash", colour: palette.chance, text: "log-linear interpolation" },
      ],
      groups: [
        {
          panels: budgets
            .slice(-mostPanels)
            .map((budget) => panel(outcome, { budget, y, palette })),
        },
      ],
      columns: mostPanels,
      height: 190,
      right: 92,
    },
    options,
  );
}

const levels = (outcome: StudyOutcome) =>
  [...new Set(toyModelFindings(outcome)!.cells.map(({ diversity }) => diversity))].sort(
    (a, b) => a - b,
  );

/** Summaries over seeds at each held-out diversity of one budget. */
function at(outcome: StudyOutcome, budget: number, of: "model" | "interpolation" | "measured") {
  const { cells } = toyModelFindings(outcome)!;
  return levels(outcome).flatMap((diversity) => {
    const own = cells.filter((cell) => cell.update === budget && cell.diversity === diversity);
    const summary = summarize(own.map((cell) => ({ seed: cell.seed, value: cell[of] })));
    return summary ? [{ diversity, summary }] : [];
  });
}

function panel(
  outcome: StudyOutcome,
  { budget, y, palette }: { budget: number; y: AxisY; palette: Palette },
): Panel {
  const axis = diversityAxis(levels(outcome));
  const points = (of: "model" | "interpolation" | "measured") =>
    at(outcome, budget, of).map(({ diversity, summary }) => ({
      x: axis.position(diversity),
      summary,
    }));
  const means = (of: "model" | "interpolation") =>
    points(of).map(({ x, summary }) => ({ x, y: summary.mean }));
  const measured = points("measured");
  const model = means("model");
  const end = (height: number | undefined, text: string, colour: string) =>
    height === undefined ? [] : [{ at: height, text, colour }];
  return {
    heading: plural(budget, "update"),
    x: axis,
    y,
    endLabels: [
      ...end(measured.at(-1)?.summary.mean, "measured", palette.runTime),
      ...end(model.at(-1)?.y, "model", palette.ink),
    ],
    marks: () => [
      Plot.lineY(means("interpolation"), {
        x: "x",
        y: "y",
        stroke: palette.chance,
        strokeWidth: 1.2,
        strokeDasharray: "4 3",
      }),
      ...measuredLine([measured.map(within(y.domain))], palette.runTime, {
        dots: true,
        markers: true,
        width: 2,
      }),
      ...predictedLine(model, palette.ink, palette),
    ],
  };
}

function describe(outcome: StudyOutcome, budgets: readonly number[]): string {
  const last = budgets.at(-1)!;
  const measured = new Map(
    at(outcome, last, "measured").map(({ diversity, summary }) => [diversity, summary]),
  );
  const told = at(outcome, last, "model").map(
    ({ diversity, summary }) =>
      `N = ${count(diversity)}: forecast ${fixed(summary.mean, 1)}, measured ${value(measured.get(diversity), 1)}`,
  );
  const error = concluded(outcome, "toy-model.error");
  return (
    `Run-time bits against distinct training instances, one panel for each of the largest budgets. After ${plural(last, "update")}, ` +
    `${told.join("; ")}. Root mean square error of the forecast over all budgets: ${value(error)} bits; of interpolation: ` +
    `${value(concluded(outcome, "toy-model.errorInterpolation"))}; of a constant: ${value(concluded(outcome, "toy-model.errorConstant"))}.`
  );
}
