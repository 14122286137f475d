/** How a budget divides between tuning and run-time optimization: the toy model's tangent, its total, and x* against N. */
import * as Plot from "@observablehq/plot";
import { type AxisX, diversityAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { type SeedValue, summarize } from "./data.ts";
import { about, count, fixed } from "./format.ts";
import { measuredLine, within } from "./marks.ts";
import { type AxisY, niceTicks, type Panel } from "./panel.ts";
import { predictedLine } from "./predicted.ts";
import { pagePalette } from "./theme.ts";

/** The toy model worked out (the paper, section 2.1), as plain numbers. */
export interface Division {
  /** P in bits. */
  readonly budget: number;
  /** N. */
  readonly diversity: number;
  /** f in bits at ascending x from 0, as far as x can go. */
  readonly cost: readonly { readonly x: number; readonly bits: number }[];
  /** Bits at which the score can rise no further; none where left out. */
  readonly ceiling?: number;
  readonly xStar: number;
  /** Least and largest maximizer, where they are not unique. */
  readonly xRange?: { readonly low: number; readonly high: number };
  readonly tunedBits: number;
  readonly regime: string;
  /** N0, below which x* = 0; may be infinite. */
  readonly threshold: number;
  /** x* by N, ascending. */
  readonly frontier: readonly { readonly diversity: number; readonly x: number }[];
  /** Run-time bits that were measured, by N. */
  readonly measured?: readonly {
    readonly diversity: number;
    readonly values: readonly SeedValue[];
  }[];
}

const bits = (value: number) => `${fixed(value, 1)} bits`;
const instances = ({ diversity }: Division) => about(diversity, 3);

/** A number of bits on the horizontal axis. */
function bitsAxis(most: number): AxisX {
  const ticks = niceTicks(0, most, 6).map((at) => ({ at, label: String(at) }));
  return { domain: [-0.02 * most, most * 1.02], ticks, label: "run-time bits x" };
}

const largest = ({ cost }: Division) => cost.at(-1)!.x;

/** Cost at x*, by straight lines between the points known. */
function costAt({ cost }: Division, x: number): number {
  const above = cost.findIndex((point) => point.x >= x);
  if (above <= 0) return 0;
  const [a, b] = [cost[above - 1]!, cost[above]!];
  return a.bits + ((x - a.x) / (b.x - a.x)) * (b.bits - a.bits);
}

function priceFinding(division: Division): string {
  const { regime, xStar, budget } = division;
  const n = `N = ${instances(division)} bits`;
  switch (regime) {
    case "all tuning":
      return `Run-time bits cost more than ${n} each: none is bought`;
    case "interior":
      return `At x* = ${fixed(xStar, 1)} the next run-time bit costs just ${n}`;
    case "capped by budget":
      return `The budget of ${count(budget)} bits is spent before a run-time bit costs ${n}`;
    case "capped by x_max":
      return `Even the last run-time bit that there is costs less than ${n}`;
    case "indifferent":
      return `Several divisions are as good: between them a run-time bit costs ${n}`;
    default:
      return "There is more power than the score can show";
  }
}

/** What run-time bits cost, with the line of slope N that supports the curve at x*. */
export function costFigure(division: Division, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const { cost, budget, diversity, xStar } = division;
  const top = Math.max(budget * 1.15, 1);
  const at = { x: xStar, bits: costAt(division, xStar) };
  const line = supporting(at, diversity, largest(division), top);
  const y: AxisY = { domain: [0, top], label: "bits of the base optimizer" };
  const title = priceFinding(division);
  return single(
    {
      heading: "What run-time bits cost",
      x: bitsAxis(largest(division)),
      y,
      endLabels: [
        { at: Math.min(top, cost.at(-1)!.bits), text: "f(x)", colour: palette.ink },
        { at: budget, text: `budget P`, colour: palette.muted },
        ...(line.length > 1
          ? [{ at: Math.min(top, line.at(-1)!.bits), text: "slope N", colour: palette.tunedText }]
          : []),
      ],
      marks: () => [
        Plot.ruleY([budget], { stroke: palette.chance, strokeWidth: 1.2 }),
        Plot.line(line, {
          ...bitPoint,
          stroke: palette.tuned,
          strokeWidth: 1.6,
          strokeDasharray: "5 3",
        }),
        Plot.line(
          cost.filter((point) => point.bits <= top),
          { ...bitPoint, stroke: palette.ink, strokeWidth: 2 },
        ),
        Plot.dot([at], { ...bitPoint, r: 4.5, fill: palette.runTime }),
      ],
    },
    {
      id: "toy-cost",
      title,
      caption:
        "A run-time bit is worth having while it costs the base optimizer less than N bits, what tuning all N instances by a bit would cost. The best x* is where the line of slope N touches f from below.",
      description: `Cost f(x) against run-time bits x, up to ${bits(budget)} of budget. ${title}. The line of slope N = ${instances(division)} meets f at x* = ${fixed(xStar, 2)}, where f is ${bits(at.bits)}.`,
    },
    options,
  );
}

const bitPoint = { x: "x", y: "bits" } as const;

/** The line of slope N through a point, within the panel. */
function supporting(at: { x: number; bits: number }, slope: number, most: number, top: number) {
  const xAt = (height: number) => at.x + (height - at.bits) / slope;
  const from = Math.max(0, xAt(0));
  const to = Math.min(most, xAt(top));
  return [from, to].map((x) => ({ x, bits: Math.max(0, at.bits + slope * (x - at.x)) }));
}

/** Bits per instance for every division: tuned bits on top of run-time bits, and the best. */
export function totalFigure(division: Division, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const { cost, budget, diversity, xStar, tunedBits, ceiling } = division;
  const points = cost
    .filter((point) => point.bits <= budget * (1 + 1e-9))
    .map((point) => ({ x: point.x, total: (budget - point.bits) / diversity + point.x }));
  const top = Math.max(...points.map(({ total }) => total), ceiling ?? 0) * 1.12;
  const best = xStar + tunedBits;
  const title =
    xStar === 0
      ? `All ${bits(tunedBits)} an instance are tuned`
      : `${bits(xStar)} at run time and ${bits(tunedBits)} tuned: ${bits(best)} an instance`;
  return single(
    {
      heading: "What an instance gets",
      x: bitsAxis(largest(division)),
      y: { domain: [0, top], label: "bits per instance" },
      endLabels: [
        { at: points.at(-1)!.total, text: "tuned", colour: palette.tunedText },
        { at: points.at(-1)!.x / 2, text: "run time", colour: palette.runTime },
        ...(ceiling === undefined ? [] : [{ at: ceiling, text: "ceiling", colour: palette.muted }]),
      ],
      marks: () => [
        Plot.areaY(points, { x: "x", y1: 0, y2: "x", fill: palette.runTime, fillOpacity: 0.55 }),
        Plot.areaY(points, {
          ...{ x: "x", y1: "x", y2: "total" },
          ...{ fill: palette.tuned, fillOpacity: 0.45 },
        }),
        Plot.line(points, { x: "x", y: "total", stroke: palette.ink, strokeWidth: 2 }),
        ceiling === undefined
          ? null
          : Plot.ruleY([ceiling], { stroke: palette.chance, strokeDasharray: "2 3" }),
        Plot.dot([{ x: xStar, y: best }], { x: "x", y: "y", r: 4.5, fill: palette.ink }),
      ],
    },
    {
      id: "toy-total",
      title,
      caption:
        "For each x, what is left of the budget is tuned, (P − f(x)) / N bits an instance, and x bits are added at run time. The dot is the best.",
      description: `Bits per instance, (P - f(x))/N + x, against run-time bits x. ${title}; the best x is ${fixed(xStar, 2)}.`,
    },
    options,
  );
}

/** x* against N, with the N at hand, and what was measured. */
export function frontierFigure(division: Division, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const { frontier, diversity, xStar, threshold, measured = [] } = division;
  const low = frontier[0]!.diversity;
  const high = frontier.at(-1)!.diversity;
  const powers = Array.from({ length: Math.log2(high / low) + 1 }, (_, i) => low * 2 ** i);
  const axis = diversityAxis(powers);
  const values = measured.flatMap((point) => point.values.map(({ value }) => value));
  const top = Math.max(...frontier.map(({ x }) => x), ...values, 1) * 1.12;
  const bottom = Math.min(0, ...values);
  const domain = [bottom < 0 ? bottom * 1.12 : 0, top] as const;
  const shown = measured.flatMap((point) => {
    const summary = summarize(point.values);
    return summary ? [within(domain)({ x: Math.log2(point.diversity), summary })] : [];
  });
  const at = (n: number) => Math.log2(n);
  const title =
    threshold > high
      ? "At none of these N does it pay to search"
      : threshold <= low
        ? `With N = ${instances(division)}, ${bits(xStar)} are spent at run time`
        : `Below N = ${about(threshold, 2)} nothing is spent at run time; with N = ${instances(division)}, ${bits(xStar)}`;
  return single(
    {
      heading: "What changes when N grows",
      x: axis,
      y: { domain, label: "run-time bits x*" },
      endLabels: [
        { at: frontier.at(-1)!.x, text: "model", colour: palette.ink },
        ...(shown.length > 0
          ? [{ at: shown.at(-1)!.summary.mean, text: "measured", colour: palette.runTime }]
          : []),
      ],
      marks: () => [
        Plot.ruleX([at(diversity)], {
          stroke: palette.tuned,
          strokeDasharray: "5 3",
          strokeWidth: 1.4,
        }),
        Plot.lineY(frontier, {
          ...{ x: (point: { diversity: number }) => at(point.diversity), y: "x" },
          ...{
            stroke: palette.ink,
            strokeWidth: 1.6,
            ...(shown.length > 0 ? { strokeDasharray: "4 3" } : {}),
          },
        }),
        ...measuredLine([shown], palette.runTime, { dots: true, markers: true, width: 2 }),
        ...predictedLine([{ x: at(diversity), y: xStar }], palette.ink, palette),
      ],
    },
    {
      id: "toy-frontier",
      title,
      caption: `The best x* for every N at this budget and cost; the dashed line marks the N chosen.${shown.length > 0 ? " Blue: measured, means over seeds with 95% intervals, small dots seeds." : ""}`,
      description: `Best run-time bits x* against the number of instances N from ${count(low)} to ${count(high)}. ${title}. ${sampled(frontier)}`,
    },
    options,
  );
}

const sampled = (frontier: Division["frontier"]) =>
  frontier
    .filter(({ diversity }) => Number.isInteger(Math.log2(diversity) / 2))
    .map(({ diversity, x }) => `N = ${count(diversity)}: ${fixed(x, 1)}`)
    .join("; ");

function single(
  panel: Panel,
  words: { id: string; title: string; caption: string; description: string },
  options: FigureOptions,
): Figure {
  return compose(
    {
      ...words,
      subtitle: "",
      key: [],
      groups: [{ panels: [panel] }],
      columns: 1,
      height: 210,
      right: 70,
    },
    options,
  );
}
