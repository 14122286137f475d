/** The path through strategies in the course of training: distances to known predictors, one panel for each diversity. */
import type { Diversity } from "@mesascope/lab/core";
import type { SupervisedOutcome } from "@mesascope/lab/studies";
import { updateAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { checkpoints, design, summary } from "./data.ts";
import { count, diversityPhrase, list } from "./format.ts";
import { conditions, learnerName } from "./learners.ts";
import { measuredLine, type Point, within } from "./marks.ts";
import type { AxisY, Panel } from "./panel.ts";
import { type Palette, pagePalette } from "./theme.ts";
import { distanceText, transitionFindings } from "./transition.ts";
import { missing } from "./words.ts";

const strategies = [
  {
    strategy: "memorizer",
    measure: "predictor-distance.toMemorizer",
    colour: "tuned",
    words: "tunedText",
  },
  {
    strategy: "generalizer",
    measure: "predictor-distance.toGeneralizer",
    colour: "runTime",
    words: "runTime",
  },
  { strategy: "chance", measure: "predictor-distance.toChance", colour: "chance", words: "muted" },
] as const;

/** The nearest predictor at each checkpoint, ascending. */
export function strategiesAlong(
  outcome: SupervisedOutcome,
  learner: string,
  diversity: Diversity,
): { update: number; nearest: string; agreed: number }[] {
  const { path } = transitionFindings(outcome)!;
  return path
    .filter((point) => point.learner === learner && point.diversity === diversity)
    .sort((a, b) => a.update - b.update);
}

/** The strategies passed, each named once in a row: `chance, then generalizer, then memorizer`. */
export function passage(along: readonly { readonly nearest: string }[]): string {
  const names = along.map(({ nearest }) => nearest);
  return names.filter((name, i) => name !== names[i - 1]).join(", then ");
}

/** Title: at how many diversities the learner was nearer to the generalizer before it was nearer to the memorizer. */
export function pathFinding(outcome: SupervisedOutcome, learner: string): string {
  const { diversities } = design(outcome);
  const passing = diversities.filter((diversity) => {
    const names = strategiesAlong(outcome, learner, diversity).map(({ nearest }) => nearest);
    const first = names.indexOf("generalizer");
    return first >= 0 && names.indexOf("memorizer", first) > first;
  });
  return passing.length > 0
    ? `${learnerName(outcome, learner)} passes by generalization on its way to memory with ${list(passing.map(diversityPhrase))}`
    : `${learnerName(outcome, learner)} does not pass from generalization to memory at any checkpoint`;
}

/** Draws the figure for `learner`, by default that of the main prediction. */
export function strategyPath(
  outcome: SupervisedOutcome,
  options: FigureOptions & { readonly learner?: string },
): Figure {
  const palette = options.palette ?? pagePalette;
  const { main, diversities } = design(outcome);
  const learner = options.learner ?? main;
  const all = diversities.flatMap((diversity) =>
    strategies.flatMap(({ measure }) => curve(outcome, learner, diversity, measure)),
  );
  const unit = outcome.rows.find(({ measure }) => measure === strategies[1].measure)?.unit;
  const y: AxisY = {
    domain: [0, 1.06 * Math.max(1e-6, ...all.map((point) => point.summary.mean))],
    label: unit ?? "distance",
  };
  return compose(
    {
      id: `strategy-path-${learner}`,
      title: pathFinding(outcome, learner),
      subtitle: conditions(outcome, learner),
      caption:
        "Distances of predictions on new instances at each checkpoint; lines are means over seeds, bands 95% intervals. " +
        `Chance: the best blind predictor. Updates are on a logarithmic scale.${missing(outcome, [learner])}`,
      description: describe(outcome, learner),
      key: [
        { shape: "line", colour: palette.tuned, text: "distance to the memorizer" },
        { shape: "line", colour: palette.runTime, text: "distance to the generalizer" },
        { shape: "line", colour: palette.chance, text: "distance to chance" },
      ],
      groups: [
        {
          panels: diversities.map((diversity) =>
            panel(outcome, { learner, diversity, y, palette }),
          ),
        },
      ],
      columns: 5,
      height: 120,
      right: 92,
    },
    options,
  );
}

function curve(
  outcome: SupervisedOutcome,
  learner: string,
  diversity: Diversity,
  measure: string,
): Point[] {
  const updates = checkpoints(outcome, learner);
  const { position } = updateAxis(updates);
  return updates.flatMap((update) => {
    const found = summary(outcome, { measure, learner, diversity, update });
    return found ? [{ x: position(update), summary: found }] : [];
  });
}

function panel(
  outcome: SupervisedOutcome,
  context: {
    readonly learner: string;
    readonly diversity: Diversity;
    readonly y: AxisY;
    readonly palette: Palette;
  },
): Panel {
  const { learner, diversity, y, palette } = context;
  const lines = strategies.map(({ strategy, measure, colour, words }) => ({
    strategy,
    colour,
    words,
    points: curve(outcome, learner, diversity, measure),
  }));
  return {
    heading: diversityPhrase(diversity),
    x: updateAxis(checkpoints(outcome, learner)),
    y,
    endLabels: lines.flatMap(({ points, strategy, words }) => {
      const last = points.at(-1);
      return last ? [{ at: last.summary.mean, text: strategy, colour: palette[words] }] : [];
    }),
    ...(lines.every(({ points }) => points.length === 0) ? { empty: "no result" } : {}),
    marks: () =>
      [...lines].reverse().flatMap(({ points, colour }) =>
        measuredLine([points.map(within(y.domain))], palette[colour], {
          dots: false,
          markers: true,
          width: colour === "chance" ? 1.2 : 2,
        }),
      ),
  };
}

function describe(outcome: SupervisedOutcome, learner: string): string {
  const { diversities } = design(outcome);
  const { path } = transitionFindings(outcome)!;
  const told = diversities.map((diversity) => {
    const along = strategiesAlong(outcome, learner, diversity);
    const last = path.find(
      (point) =>
        point.learner === learner &&
        point.diversity === diversity &&
        point.update === along.at(-1)?.update,
    );
    if (!last) return `${diversityPhrase(diversity)}: no result`;
    const { chance, memorizer, generalizer } = last.distances;
    return (
      `${diversityPhrase(diversity)}: nearest ${passage(along)}; after ${count(last.update)} updates ` +
      `${distanceText(memorizer)} to the memorizer, ${distanceText(generalizer)} to the generalizer, ${distanceText(chance)} to chance`
    );
  });
  return (
    `Squared distance of the predictions of ${learnerName(outcome, learner)} on new instances to three known predictors ` +
    `against updates, one panel for each number of training instances. ${told.join(". ")}.`
  );
}
