/** Tuned and run-time bits against the number of distinct instances, for every learner, decomposed both ways. */
import type { Diversity } from "@mesascope/lab/core";
import type { Threshold } from "@mesascope/lab/studies";
import * as Plot from "@observablehq/plot";
import { type DiversityAxis, diversityAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions, type KeyEntry } from "./compose.ts";
import { design, type Summary, summary, type TrainedOutcome } from "./data.ts";
import { bitsFinding } from "./findings.ts";
import { about, count, diversityPhrase, fixed } from "./format.ts";
import { conditions, learnerName } from "./learners.ts";
import { missingMarks, type ReferenceLine, referenceLabels, referenceMarks } from "./marks.ts";
import type { AxisY, Panel } from "./panel.ts";
import { type Palette, pagePalette } from "./theme.ts";
import { missing, value } from "./words.ts";

/** The two ways of telling tuned from run-time bits, with the measures that hold them. */
export const decompositions = [
  {
    id: "subtraction",
    heading:
      "By subtraction: run-time bits are those on new instances; tuned bits are what training instances add",
    runTime: "optimization-power.runTime",
    tuned: "optimization-power.tuned",
  },
  {
    id: "ablation",
    heading:
      "By ablation: tuned bits are those left on training instances without feedback; run-time bits are what feedback adds",
    runTime: "optimization-power.runTimeAblation",
    tuned: "optimization-power.tunedAblation",
  },
] as const;

type Decomposition = (typeof decompositions)[number];

/** Both parts of one arm. */
export interface StackedArm {
  readonly diversity: Diversity;
  readonly runTime: Summary | undefined;
  readonly tuned: Summary | undefined;
}

/** The numbers that the bars of one panel are drawn from. */
export function stackedArms(
  outcome: TrainedOutcome,
  learner: string,
  way: Decomposition,
): StackedArm[] {
  return design(outcome).diversities.map((diversity) => ({
    diversity,
    runTime: summary(outcome, { measure: way.runTime, learner, diversity }),
    tuned: summary(outcome, { measure: way.tuned, learner, diversity }),
  }));
}

/** Draws the figure: one panel for each learner and decomposition. */
export function bitsByDiversity(outcome: TrainedOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const { learners, diversities } = design(outcome);
  const axis = diversityAxis(diversities);
  const lines = bitLines(outcome, palette);
  const arms = decompositions.map((way) =>
    learners.map((learner) => stackedArms(outcome, learner, way)),
  );
  const y = verticalAxis(arms.flat(2), lines);
  const groups = decompositions.map((way, row) => ({
    heading: way.heading,
    panels: learners.map((learner, column) =>
      panel(outcome, { learner, way, arms: arms[row]![column]!, axis, y, lines, palette }),
    ),
  }));
  return compose(
    {
      id: "bits-by-diversity",
      title: bitsFinding(outcome),
      subtitle: conditions(outcome),
      caption: caption(outcome),
      description: describe(outcome),
      key: key(palette, absentArms(arms.flat(2)).length > 0),
      groups,
      columns: 4,
      height: 170,
      right: 92,
    },
    options,
  );
}

/** What bits are compared with: the best on a new instance, and who is told the instance. */
interface BitReferences {
  readonly best: number;
  readonly told?: number;
  /** In words, for a caption. */
  readonly words: string;
}

function bitReferences(outcome: TrainedOutcome): BitReferences {
  if (outcome.kind === "episodic") {
    const { solver, bits } = outcome.reference;
    return {
      best: bits.solver,
      told: bits.optimum,
      words:
        `Solver: ${solver.title} on a new instance${solver.exact ? "" : " (estimated)"}. ` +
        "Optimum: a policy that is told the answer.",
    };
  }
  const { predictors, best } = outcome.reference;
  const solver = predictors.find(({ id }) => id === best);
  const told = predictors.find((predictor) => predictor.told && predictor.id !== best);
  return {
    best: solver?.bits ?? 0,
    ...(told ? { told: told.bits } : {}),
    words: `Solver: ${solver?.title ?? best} on a new instance.${told ? " Optimum: a predictor that is told the instance." : ""}`,
  };
}

/** The reference lines of a figure in bits. */
export function bitLines(outcome: TrainedOutcome, palette: Palette): ReferenceLine[] {
  const { best, told } = bitReferences(outcome);
  return [
    ...(told === undefined
      ? []
      : [{ at: told, text: `optimum ${fixed(told, 1)}`, colour: palette.ink, dashed: true }]),
    { at: best, text: `solver ${fixed(best, 1)}`, colour: palette.ink, dashed: false },
    { at: 0, text: "chance 0", colour: palette.chance, textColour: palette.muted, dashed: false },
  ];
}

/** From the least to the greatest bar and seed; an interval beyond that is drawn as far as the panel goes. */
function verticalAxis(arms: readonly StackedArm[], lines: readonly ReferenceLine[]): AxisY {
  let low = 0;
  let high = Math.max(...lines.map(({ at }) => at));
  for (const arm of arms) {
    const { runTime, tuned } = stack(arm);
    for (const { from, to, summary } of [runTime, tuned]) {
      const reach = [to, ...(summary?.values.map(({ value }) => from + value) ?? [])];
      low = Math.min(low, ...reach);
      high = Math.max(high, ...reach);
    }
  }
  return { domain: [low < 0 ? low - 0.4 : 0, high * 1.06], label: "bits per instance" };
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly summary: Summary | undefined;
}

/** Run-time bits stand on the zero line, tuned bits on top of them; what is negative hangs below. */
export function stack(arm: StackedArm): { readonly runTime: Segment; readonly tuned: Segment } {
  const runTime = arm.runTime?.mean ?? 0;
  const tuned = arm.tuned?.mean ?? 0;
  const base = Math.sign(runTime) === Math.sign(tuned) || tuned === 0 ? runTime : 0;
  return {
    runTime: { from: 0, to: runTime, summary: arm.runTime },
    tuned: { from: base, to: base + tuned, summary: arm.tuned },
  };
}

const absentArms = (arms: readonly StackedArm[]) =>
  arms.filter(({ runTime, tuned }) => runTime === undefined && tuned === undefined);

interface PanelContext {
  readonly learner: string;
  readonly way: Decomposition;
  readonly arms: readonly StackedArm[];
  readonly axis: DiversityAxis;
  readonly y: AxisY;
  readonly lines: readonly ReferenceLine[];
  readonly palette: Palette;
}

function panel(outcome: TrainedOutcome, context: PanelContext): Panel {
  const { learner, way, arms, axis, y, lines, palette } = context;
  const threshold = outcome.thresholds.find(
    (one) => one.learner === learner && one.measure === way.runTime,
  );
  const absent = absentArms(arms);
  const subtraction = way.id === "subtraction";
  return {
    heading: learnerName(outcome, learner),
    ...(subtraction && outcome.thresholds.some((one) => one.measure === way.runTime)
      ? { subheading: thresholdNote(threshold) }
      : {}),
    x: axis,
    y,
    endLabels: referenceLabels(lines),
    ...(absent.length === arms.length ? { empty: "no result" } : {}),
    marks: ({ width }) => [
      ...thresholdMarks(threshold, axis, y, palette),
      ...bars(arms, { axis, y, width, palette }),
      ...referenceMarks(lines),
      missingMarks(
        absent.map(({ diversity }) => axis.position(diversity)),
        0,
        palette,
      ),
    ],
  };
}

function bars(
  arms: readonly StackedArm[],
  context: Pick<PanelContext, "axis" | "y" | "palette"> & { readonly width: number },
): Plot.Markish[] {
  const { axis, y, width, palette } = context;
  const within = (value: number) => Math.min(y.domain[1], Math.max(y.domain[0], value));
  const pixel = (axis.domain[1] - axis.domain[0]) / width;
  const half = Math.min(0.42, 11 * pixel);
  const segments = arms.flatMap((arm) => {
    const { runTime, tuned } = stack(arm);
    const at = axis.position(arm.diversity);
    return [
      { ...runTime, at, colour: palette.runTime, side: -half / 2 },
      { ...tuned, at, colour: palette.tuned, side: half / 2 },
    ].filter(({ summary }) => summary !== undefined);
  });
  type Bar = (typeof segments)[number];
  const whiskers = segments.filter(({ summary }) => summary?.low !== undefined);
  const dots = segments.flatMap(({ at, from, side, summary }) =>
    summary!.values.map(({ value }, index) => ({
      x:
        at +
        side +
        (index - (summary!.values.length - 1) / 2) *
          Math.min(1.6 * pixel, half / summary!.values.length),
      y: from + value,
    })),
  );
  return [
    Plot.rect(segments, {
      x1: (bar: Bar) => bar.at - half,
      x2: (bar: Bar) => bar.at + half,
      y1: (bar: Bar) => Math.min(bar.from, bar.to),
      y2: (bar: Bar) => Math.max(bar.from, bar.to),
      fill: (bar: Bar) => bar.colour,
    }),
    Plot.ruleX(whiskers, {
      x: (bar: Bar) => bar.at + bar.side,
      y1: (bar: Bar) => within(bar.from + bar.summary!.low!),
      y2: (bar: Bar) => within(bar.from + bar.summary!.high!),
      stroke: palette.ink,
      strokeWidth: 1.1,
    }),
    Plot.dot(dots, { x: "x", y: "y", r: 1.3, fill: palette.ink, fillOpacity: 0.7 }),
  ];
}

/** The threshold in words for a panel. */
export function thresholdNote(threshold: Threshold | undefined): string {
  if (threshold === undefined || threshold.points.length === 0) return "";
  if (threshold.censored === "above") return "threshold not reached";
  if (threshold.censored === "below") return "past the threshold throughout";
  const at = `threshold N = ${about(threshold.diversity!, 3)}`;
  const { interval } = threshold;
  return interval === undefined
    ? at
    : `${at} (${about(interval.low, 3)} to ${about(interval.high, 3)})`;
}

function thresholdMarks(
  threshold: Threshold | undefined,
  axis: DiversityAxis,
  y: AxisY,
  palette: Palette,
): Plot.Markish[] {
  if (threshold?.diversity === undefined) return [];
  const [left, right] = axis.domain;
  const x = (n: number) => Math.min(right, Math.max(left, axis.between(n)));
  const { interval, diversity } = threshold;
  return [
    interval
      ? Plot.rect([interval], {
          x1: x(interval.low),
          x2: x(interval.high),
          y1: y.domain[0],
          y2: y.domain[1],
          fill: palette.ink,
          fillOpacity: 0.07,
        })
      : null,
    Plot.ruleX([x(diversity)], { stroke: palette.ink, strokeWidth: 1.1, strokeDasharray: "4 3" }),
  ];
}

function key(palette: Palette, absent: boolean): KeyEntry[] {
  return [
    { shape: "bar", colour: palette.runTime, text: "run-time bits" },
    { shape: "bar", colour: palette.tuned, text: "tuned bits, on top" },
    { shape: "whisker", colour: palette.ink, text: "95% interval over seeds" },
    { shape: "dot", colour: palette.ink, text: "one seed" },
    ...(absent
      ? [{ shape: "cross" as const, colour: palette.contradicted, text: "arm without result" }]
      : []),
  ];
}

function caption(outcome: TrainedOutcome): string {
  return (
    "Each whisker is the 95% interval over seeds of the part whose bar it ends, each dot a seed; parts below " +
    `zero hang below the line. ${bitReferences(outcome).words} The dashed vertical line is ` +
    `the threshold, its band the interval.${missing(outcome)}`
  );
}

function describe(outcome: TrainedOutcome): string {
  const { learners } = design(outcome);
  const { best, told } = bitReferences(outcome);
  const parts = decompositions.flatMap((way) =>
    learners.map((learner) => {
      const arms = stackedArms(outcome, learner, way).map(
        ({ diversity, runTime, tuned }) =>
          `${diversityPhrase(diversity)}: run-time ${value(runTime, 1)}, tuned ${value(tuned, 1)}`,
      );
      return `${learnerName(outcome, learner)}, by ${way.id}. ${arms.join("; ")}.`;
    }),
  );
  return (
    "Stacked bars of run-time and tuned bits per instance against the number of distinct training instances N, " +
    "mean over seeds with the 95% interval in parentheses. " +
    `Reference solver ${fixed(best, 1)} bits, ${told === undefined ? "" : `optimum ${fixed(told, 1)} bits, `}chance 0. ${parts.join(" ")}` +
    outcome.thresholds
      .filter(({ diversity }) => diversity !== undefined)
      .map(
        ({ learner, diversity }) =>
          ` Threshold of ${learnerName(outcome, learner)}: ${count(diversity!)} instances.`,
      )
      .join("")
  );
}
