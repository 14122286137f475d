/** Where learners stand between memory and generalization against the number of instances: distances, and alpha. */
import type { SupervisedOutcome } from "@mesascope/lab/studies";
import * as Plot from "@observablehq/plot";
import { type DiversityAxis, diversityAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { design, summary } from "./data.ts";
import { diversityPhrase } from "./format.ts";
import { conditions, learnerName } from "./learners.ts";
import { measuredLine, type Point, referenceMarks, within } from "./marks.ts";
import type { AxisY, Panel } from "./panel.ts";
import { type Palette, pagePalette } from "./theme.ts";
import {
  lastThreshold,
  strategyWords,
  type TransitionThreshold,
  transitionFinding,
  transitionNote,
} from "./transition.ts";
import { missing, value } from "./words.ts";

const distances = [
  {
    measure: "predictor-distance.toMemorizer",
    text: "to memorizer",
    colour: "tuned",
    words: "tunedText",
  },
  {
    measure: "predictor-distance.toGeneralizer",
    text: "to generalizer",
    colour: "runTime",
    words: "runTime",
  },
  { measure: "predictor-distance.residual", text: "residual", colour: "chance", words: "muted" },
] as const;

const alpha = "predictor-distance.alpha";

/** Values of a measure at the end of training, in runs of neighbours: `fresh` stands apart. */
function pieces(
  outcome: SupervisedOutcome,
  axis: DiversityAxis,
  learner: string,
  measure: string,
): Point[][] {
  const finite: Point[] = [];
  const fresh: Point[] = [];
  for (const diversity of design(outcome).diversities) {
    const found = summary(outcome, { measure, learner, diversity });
    if (!found) continue;
    (diversity === "fresh" ? fresh : finite).push({ x: axis.position(diversity), summary: found });
  }
  return [finite, fresh].filter((piece) => piece.length > 0);
}

/** From the least to the greatest mean and seed; bands are cut there. */
function domainOf(points: readonly Point[], at: readonly number[]): readonly [number, number] {
  const reach = points.flatMap(({ summary: { mean, values } }) => [
    mean,
    ...values.map((one) => one.value),
  ]);
  const [low, high] = [Math.min(...at, ...reach), Math.max(...at, ...reach)];
  const room = 0.05 * (high - low);
  return [low < 0 ? low - room : low, high + room];
}

/** Draws the figure: distances above, alpha below, a panel for each learner. */
export function strategyByDiversity(outcome: SupervisedOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const { learners, diversities } = design(outcome);
  const axis = diversityAxis(diversities);
  const of = (measure: string) =>
    learners.flatMap((learner) => pieces(outcome, axis, learner, measure).flat());
  const context = { outcome, axis, palette };
  const distance: AxisY = {
    domain: domainOf(
      distances.flatMap(({ measure }) => of(measure)),
      [0],
    ),
    label: outcome.rows.find(({ measure }) => measure === distances[1].measure)?.unit ?? "distance",
  };
  const share: AxisY = { domain: domainOf(of(alpha), [0, 1]), label: "alpha" };
  return compose(
    {
      id: "strategy-by-diversity",
      title: transitionFinding(outcome),
      subtitle: conditions(outcome),
      caption:
        `At the end of training, on new instances; lines are means over seeds, bands 95% intervals, dots seeds. ${strategyWords}. ` +
        "With fresh instances there is no memorizer apart from the generalizer. The dashed vertical line is where alpha " +
        `passes one half, its band the interval over resampled seeds.${missing(outcome)}`,
      description: describe(outcome),
      key: [
        { shape: "line", colour: palette.tuned, text: "distance to the memorizer" },
        { shape: "line", colour: palette.runTime, text: "distance to the generalizer" },
        { shape: "line", colour: palette.chance, text: "residual: off the way between them" },
        { shape: "line", colour: palette.ink, text: "alpha" },
        { shape: "dot", colour: palette.muted, text: "one seed" },
      ],
      groups: [
        {
          heading: "Squared distance of predictions on new instances",
          panels: learners.map((learner) => distancePanel(context, learner, distance)),
        },
        {
          heading: "Alpha: 1 at the memorizer, 0 at the generalizer",
          panels: learners.map((learner) => alphaPanel(context, learner, share)),
        },
      ],
      columns: 4,
      height: 150,
      right: 92,
    },
    options,
  );
}

interface Context {
  readonly outcome: SupervisedOutcome;
  readonly axis: DiversityAxis;
  readonly palette: Palette;
}

function distancePanel({ outcome, axis, palette }: Context, learner: string, y: AxisY): Panel {
  const lines = distances.map(({ measure, ...look }) => ({
    ...look,
    points: pieces(outcome, axis, learner, measure),
  }));
  return {
    heading: learnerName(outcome, learner),
    x: axis,
    y,
    endLabels: lines.flatMap(({ points, text, words }) => {
      const last = points.flat().at(-1);
      return last ? [{ at: last.summary.mean, text, colour: palette[words] }] : [];
    }),
    ...(lines.every(({ points }) => points.length === 0) ? { empty: "no result" } : {}),
    marks: () =>
      [...lines].reverse().flatMap(({ points, colour }) =>
        measuredLine(
          points.map((piece) => piece.map(within(y.domain))),
          palette[colour],
          { dots: true, markers: true, width: colour === "chance" ? 1.2 : 2 },
        ),
      ),
  };
}

function alphaPanel({ outcome, axis, palette }: Context, learner: string, y: AxisY): Panel {
  const points = pieces(outcome, axis, learner, alpha);
  const threshold = lastThreshold(outcome, learner);
  const ends = [
    {
      at: 1,
      text: "memorizer 1",
      colour: palette.tuned,
      textColour: palette.tunedText,
      dashed: false,
    },
    { at: 0, text: "generalizer 0", colour: palette.runTime, dashed: false },
  ];
  return {
    heading: learnerName(outcome, learner),
    subheading: transitionNote(threshold),
    x: axis,
    y,
    endLabels: ends.map(({ at, text, colour, textColour }) => ({
      at,
      text,
      colour: textColour ?? colour,
    })),
    ...(points.length === 0 ? { empty: "no result" } : {}),
    marks: () => [
      ...crossingMarks(threshold, axis, y, palette),
      ...referenceMarks(ends),
      ...measuredLine(
        points.map((piece) => piece.map(within(y.domain))),
        palette.ink,
        { dots: true, markers: true, width: 2 },
      ),
    ],
  };
}

function crossingMarks(
  threshold: TransitionThreshold | undefined,
  axis: DiversityAxis,
  y: AxisY,
  palette: Palette,
): Plot.Markish[] {
  if (threshold?.diversity === undefined) return [];
  const { diversity, interval } = threshold;
  return [
    interval
      ? Plot.rect([interval], {
          x1: axis.between(interval.low),
          x2: axis.between(interval.high),
          y1: y.domain[0],
          y2: y.domain[1],
          fill: palette.ink,
          fillOpacity: 0.07,
        })
      : null,
    Plot.ruleX([axis.between(diversity)], {
      stroke: palette.ink,
      strokeWidth: 1.1,
      strokeDasharray: "4 3",
    }),
  ];
}

function describe(outcome: SupervisedOutcome): string {
  const { learners, diversities } = design(outcome);
  const told = learners.map((learner) => {
    const arms = diversities.map((diversity) => {
      const at = (measure: string) => value(summary(outcome, { measure, learner, diversity }));
      return (
        `${diversityPhrase(diversity)}: to the memorizer ${at(distances[0].measure)}, to the generalizer ` +
        `${at(distances[1].measure)}, residual ${at(distances[2].measure)}, alpha ${at(alpha)}`
      );
    });
    const note = transitionNote(lastThreshold(outcome, learner));
    return `${learnerName(outcome, learner)}: ${arms.join("; ")}.${note ? ` It is ${note}.` : ""}`;
  });
  return (
    "Lines of squared distance to the memorizing and to the generalizing predictor, of the residual, and of alpha " +
    "against the number of distinct training instances N; means over seeds with the 95% interval in parentheses. " +
    told.join(" ")
  );
}
