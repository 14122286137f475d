/** Bits to write an answer down beside bits of the shortest program that gives it: one panel a task. */
import type { CompressionRow, ExperimentOutcome } from "@mesascope/lab/studies";
import * as Plot from "@observablehq/plot";
import { updateAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { type Summary, summarize } from "./data.ts";
import { runData } from "./experiment-data.ts";
import { plural } from "./format.ts";
import { conditions } from "./learners.ts";
import { measuredLine, seedDots, within } from "./marks.ts";
import type { AxisY, Panel } from "./panel.ts";
import { type Palette, pagePalette } from "./theme.ts";
import { value } from "./words.ts";

const tasks = [
  { id: "maze", heading: "One maze", unit: "step", label: "steps of the shortest way" },
  { id: "random-labels", heading: "Random labels", unit: "label", label: "labelled examples" },
  { id: "rule-labels", heading: "Labels by a rule", unit: "label", label: "labelled examples" },
] as const;

type Task = (typeof tasks)[number];
type Quantity = "literalBits" | "shortestBits" | "generalBits";

/** Rows of one task; seeds are those of the runs. */
function rowsOf(outcome: ExperimentOutcome, task: string): CompressionRow[] {
  return runData<readonly CompressionRow[]>(outcome)
    .flatMap(({ seed, data }) => data.map((row) => ({ ...row, seed })))
    .filter((row) => row.task === task);
}

const sizesOf = (rows: readonly CompressionRow[]) =>
  [...new Set(rows.map(({ size }) => size))].sort((a, b) => a - b);

function summaryAt(
  rows: readonly CompressionRow[],
  size: number,
  of: Quantity,
): Summary | undefined {
  return summarize(
    rows.flatMap((row) => {
      const bits = row[of];
      return row.size === size && typeof bits === "number" ? [{ seed: row.seed, value: bits }] : [];
    }),
  );
}

/** Title: what is saved, over every seed, at each task's largest size. */
export function compressionFinding(outcome: ExperimentOutcome): string {
  const saved = (task: string, of: Quantity) => {
    const rows = rowsOf(outcome, task);
    const last = sizesOf(rows).at(-1);
    return rows
      .filter(({ size }) => size === last)
      .map((row) => row.literalBits - (row[of] ?? Number.POSITIVE_INFINITY));
  };
  const saves = (values: readonly number[]) =>
    values.length > 0 && values.every((value) => value > 0);
  const maze = saves(saved("maze", "generalBits"));
  const random = saved("random-labels", "shortestBits");
  const rule = saves(saved("rule-labels", "shortestBits"));
  if (maze && random.length > 0 && random.every((value) => value <= 0))
    return `A long maze${rule ? " and a rule are" : " is"} cheaper to solve than to write down; random labels are not`;
  if (maze) return "A long maze is cheaper to solve than to write down";
  return "Bits to write an answer down, and bits of a program that gives it";
}

/** Draws the figure. */
export function compressionFigure(outcome: ExperimentOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const shown = tasks.filter(({ id }) => rowsOf(outcome, id).length > 0);
  const highest = Math.max(
    8,
    ...shown.flatMap(({ id }) =>
      rowsOf(outcome, id).flatMap((row) => [
        row.literalBits,
        row.shortestBits,
        row.generalBits ?? 0,
      ]),
    ),
  );
  const y: AxisY = { domain: [0, highest * 1.06], label: "bits" };
  return compose(
    {
      id: "compression",
      title: compressionFinding(outcome),
      subtitle: conditions(outcome),
      caption:
        "Means over seeds, bands 95% intervals, small dots seeds; sizes on a log2 scale. Longer ways are missing where a seed’s " +
        "maze has none. Lengths are exact. The general solver is the shortest program for several other " +
        "mazes together; labels are classified by decision trees and written down at one bit a label.",
      description: describe(outcome, shown),
      key: [
        { shape: "dash", colour: palette.tuned, text: "written down" },
        { shape: "line", colour: palette.runTime, text: "shortest program" },
        { shape: "line", colour: palette.ink, text: "general solver" },
      ],
      groups: [{ panels: shown.map((task) => panel(outcome, { task, y, palette })) }],
      columns: 3,
      height: 200,
      right: 92,
    },
    options,
  );
}

function panel(
  outcome: ExperimentOutcome,
  { task, y, palette }: { task: Task; y: AxisY; palette: Palette },
): Panel {
  const rows = rowsOf(outcome, task.id);
  const axis = updateAxis(sizesOf(rows));
  const points = (of: Quantity) =>
    sizesOf(rows).flatMap((size) => {
      const summary = summaryAt(rows, size, of);
      return summary ? [within(y.domain)({ x: axis.position(size), summary })] : [];
    });
  const literal = points("literalBits");
  const line = { dots: true, markers: true, width: 2 };
  return {
    heading: task.heading,
    subheading: task.label,
    x: { ...axis, label: "steps of the shortest way, or labelled examples" },
    y,
    endLabels: [],
    marks: () => [
      Plot.lineY(literal, {
        x: "x",
        y: (point: (typeof literal)[number]) => point.summary.mean,
        stroke: palette.tuned,
        strokeWidth: 1.8,
        strokeDasharray: "4 3",
      }),
      seedDots(literal, palette.tuned),
      ...measuredLine([points("generalBits")], palette.ink, { ...line, width: 1.5 }),
      ...measuredLine([points("shortestBits")], palette.runTime, line),
    ],
  };
}

function describe(outcome: ExperimentOutcome, shown: readonly Task[]): string {
  const told = shown.map(({ id, heading, unit }) => {
    const rows = rowsOf(outcome, id);
    const last = sizesOf(rows).at(-1)!;
    const at = (of: Quantity) => summaryAt(rows, last, of);
    const general = at("generalBits");
    return (
      `${heading}, ${plural(last, unit)}: written down ${value(at("literalBits"), 1)}, shortest program ` +
      `${value(at("shortestBits"), 1)}${general && id === "maze" ? `, general solver ${value(general, 1)}` : ""}.`
    );
  });
  return `Bits against size, one panel a task. ${told.join(" ")}`;
}
