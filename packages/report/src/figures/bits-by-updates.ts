/** Tuned and run-time bits in the course of training: one panel for each diversity, for one learner. */
import type { Diversity } from "@mesascope/lab/core";
import { updateAxis } from "./axis.ts";
import { bitLines } from "./bits-by-diversity.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { checkpoints, design, summary, type TrainedOutcome } from "./data.ts";
import { course, updatesFinding } from "./findings.ts";
import { count, diversityPhrase } from "./format.ts";
import { conditions } from "./learners.ts";
import {
  measuredLine,
  type Point,
  type ReferenceLine,
  referenceLabels,
  referenceMarks,
  within,
} from "./marks.ts";
import type { AxisY, Panel } from "./panel.ts";
import { type Palette, pagePalette } from "./theme.ts";
import { missing, value } from "./words.ts";

const parts = [
  { measure: "optimization-power.tuned", name: "tuned", role: "tuned", words: "tunedText" },
  { measure: "optimization-power.runTime", name: "run-time", role: "runTime", words: "runTime" },
] as const;

/** Bits at each checkpoint that has a value; `x` is the position on the axis of updates. */
export function bitsCurve(
  outcome: TrainedOutcome,
  pick: { readonly measure: string; readonly learner: string; readonly diversity: Diversity },
): Point[] {
  const updates = checkpoints(outcome, pick.learner);
  const { position } = updateAxis(updates);
  return updates.flatMap((update) => {
    const found = summary(outcome, { ...pick, update });
    return found === undefined ? [] : [{ x: position(update), summary: found }];
  });
}

/** Draws the figure for `learner`, by default that of the main prediction. */
export function bitsByUpdates(
  outcome: TrainedOutcome,
  options: FigureOptions & { readonly learner?: string },
): Figure {
  const palette = options.palette ?? pagePalette;
  const { main, diversities } = design(outcome);
  const learner = options.learner ?? main;
  const lines = bitLines(outcome, palette);
  const all = diversities.map((diversity) =>
    parts.map(({ measure }) => bitsCurve(outcome, { measure, learner, diversity })),
  );
  const y = verticalAxis(all.flat(2), lines);
  const panels = diversities.map((diversity, index) =>
    panel(outcome, { learner, diversity, curves: all[index]!, y, lines, palette }),
  );
  return compose(
    {
      id: `bits-by-updates-${learner}`,
      title: updatesFinding(outcome, learner),
      subtitle: conditions(outcome, learner),
      caption:
        "By subtraction. Lines are means over seeds at each checkpoint, bands 95% intervals, dots seeds. " +
        `Updates are on a logarithmic scale.${missing(outcome, [learner])}`,
      description: describe(outcome, learner),
      key: [
        { shape: "line", colour: palette.tuned, text: "tuned bits" },
        { shape: "line", colour: palette.runTime, text: "run-time bits" },
        { shape: "dot", colour: palette.muted, text: "one seed" },
      ],
      groups: [{ panels }],
      columns: 5,
      height: 120,
      right: 92,
    },
    options,
  );
}

function verticalAxis(points: readonly Point[], lines: readonly ReferenceLine[]): AxisY {
  const values = points.flatMap(({ summary }) => summary.values.map(({ value }) => value));
  const low = Math.min(0, ...values);
  const high = Math.max(...lines.map(({ at }) => at), ...values);
  return { domain: [low < 0 ? low - 0.4 : 0, high * 1.06], label: "bits per instance" };
}

interface PanelContext {
  readonly learner: string;
  readonly diversity: Diversity;
  readonly curves: readonly (readonly Point[])[];
  readonly y: AxisY;
  readonly lines: readonly ReferenceLine[];
  readonly palette: Palette;
}

function panel(outcome: TrainedOutcome, context: PanelContext): Panel {
  const { learner, diversity, curves, y, lines, palette } = context;
  const ends = parts.flatMap(({ name, words }, index) => {
    const last = curves[index]!.at(-1);
    return last ? [{ at: last.summary.mean, text: name, colour: palette[words] }] : [];
  });
  return {
    heading: diversity === "fresh" ? "fresh" : diversityPhrase(diversity),
    x: updateAxis(checkpoints(outcome, learner)),
    y,
    endLabels: [...ends, ...referenceLabels(lines.filter(({ at }) => at !== 0))],
    ...(curves.every((curve) => curve.length === 0) ? { empty: "no result" } : {}),
    marks: () => [
      ...referenceMarks(lines),
      ...curves.flatMap((curve, index) =>
        measuredLine([curve.map(within(y.domain))], palette[parts[index]!.role], {
          dots: true,
          markers: false,
          width: 2,
        }),
      ),
    ],
  };
}

function describe(outcome: TrainedOutcome, learner: string): string {
  const { diversities } = design(outcome);
  const told = diversities.map((diversity) => {
    const [tuned, runTime] = parts.map(({ measure }) =>
      bitsCurve(outcome, { measure, learner, diversity }),
    );
    const best = Math.max(...runTime!.map(({ summary }) => summary.mean));
    const peak = runTime!.find(({ summary }) => summary.mean === best)?.summary;
    return (
      `${diversityPhrase(diversity)}: run-time bits at best ${value(peak, 1)}, at the end ` +
      `${value(runTime!.at(-1)?.summary, 1)} (${course(outcome, learner, diversity)}); tuned bits at the end ${value(tuned!.at(-1)?.summary, 1)}.`
    );
  });
  return (
    `Tuned and run-time bits against updates up to ${count(outcome.study.updates)}, one panel for each number of ` +
    `training instances. ${told.join(" ")}`
  );
}
