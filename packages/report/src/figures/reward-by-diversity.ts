/** Mean total reward on training and on new instances against diversity: one panel for each learner. */
import type { Diversity } from "@mesascope/lab/core";
import type { EpisodicOutcome } from "@mesascope/lab/studies";
import { type DiversityAxis, diversityAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { design, type Summary, summary } from "./data.ts";
import { rewardFinding } from "./findings.ts";
import { diversityPhrase, fixed } from "./format.ts";
import { conditions, learnerName } from "./learners.ts";
import {
  measuredLine,
  missingMarks,
  type Point,
  type ReferenceLine,
  referenceLabels,
  referenceMarks,
} from "./marks.ts";
import type { AxisY, Panel } from "./panel.ts";
import { type Palette, pagePalette } from "./theme.ts";
import { missing, value } from "./words.ts";

const sources = [
  { measure: "novel-success.training", name: "training", role: "tuned", words: "tunedText" },
  { measure: "novel-success.value", name: "new", role: "runTime", words: "runTime" },
] as const;

/** The line below is the wider one, so that both are seen where they meet. */
const widths = [4, 1.8] as const;

interface Place {
  readonly diversity: Diversity;
  readonly summary: Summary | undefined;
}

const rewards = (outcome: EpisodicOutcome, learner: string, measure: string): Place[] =>
  design(outcome).diversities.map((diversity) => ({
    diversity,
    summary: summary(outcome, { measure, learner, diversity }),
  }));

/** Draws the figure. */
export function rewardByDiversity(outcome: EpisodicOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const { learners, diversities } = design(outcome);
  const { reference } = outcome;
  const axis = diversityAxis(diversities);
  const lines: ReferenceLine[] = [
    {
      at: reference.optimum,
      text: `optimum ${fixed(reference.optimum, 1)}`,
      colour: palette.ink,
      dashed: true,
    },
    {
      at: reference.solver.expected,
      text: `solver ${fixed(reference.solver.expected, 1)}`,
      colour: palette.ink,
      dashed: false,
    },
    {
      at: reference.chance,
      text: `chance ${fixed(reference.chance, 1)}`,
      colour: palette.chance,
      textColour: palette.muted,
      dashed: false,
    },
  ];
  const seen = learners.flatMap((learner) =>
    sources.flatMap(({ measure }) =>
      rewards(outcome, learner, measure).flatMap(
        ({ summary }) => summary?.values.map(({ value }) => value) ?? [],
      ),
    ),
  );
  const y: AxisY = {
    domain: [Math.min(0, ...seen), Math.max(reference.optimum, ...seen) * 1.05],
    label: "mean total reward",
  };
  const someAbsent = learners.some(
    (learner) =>
      absentPlaces(sources.map(({ measure }) => rewards(outcome, learner, measure))).length > 0,
  );
  return compose(
    {
      id: "reward-by-diversity",
      title: rewardFinding(outcome),
      subtitle: conditions(outcome),
      caption:
        "Lines are means over seeds, bands 95% intervals, small dots seeds. " +
        `Solver: ${reference.solver.title} on a new instance.${missing(outcome)}`,
      description: describe(outcome),
      key: [
        { shape: "line", colour: palette.tuned, text: "on training instances" },
        { shape: "line", colour: palette.runTime, text: "on new instances" },
        { shape: "dot", colour: palette.muted, text: "one seed" },
        ...(someAbsent
          ? [{ shape: "cross" as const, colour: palette.contradicted, text: "arm without result" }]
          : []),
      ],
      groups: [
        { panels: learners.map((learner) => panel(outcome, { learner, axis, y, lines, palette })) },
      ],
      columns: 4,
      height: 170,
      right: 92,
    },
    options,
  );
}

/** Diversities at which no curve has a value. */
function absentPlaces(curves: readonly (readonly Place[])[]): Place[] {
  return curves[0]!.filter((_, index) =>
    curves.every((curve) => curve[index]!.summary === undefined),
  );
}

interface PanelContext {
  readonly learner: string;
  readonly axis: DiversityAxis;
  readonly y: AxisY;
  readonly lines: readonly ReferenceLine[];
  readonly palette: Palette;
}

function panel(
  outcome: EpisodicOutcome,
  { learner, axis, y, lines, palette }: PanelContext,
): Panel {
  const curves = sources.map(({ measure }) => rewards(outcome, learner, measure));
  const absent = absentPlaces(curves);
  return {
    heading: learnerName(outcome, learner),
    x: axis,
    y,
    endLabels: [
      ...sources.flatMap(({ name, words }, index) => {
        const last = curves[index]!.at(-1)?.summary;
        return last ? [{ at: last.mean, text: name, colour: palette[words] }] : [];
      }),
      ...referenceLabels(lines),
    ],
    ...(absent.length === curves[0]!.length ? { empty: "no result" } : {}),
    marks: () => [
      ...referenceMarks(lines),
      ...curves.flatMap((curve, index) =>
        measuredLine(pieces(curve, axis), palette[sources[index]!.role], {
          dots: true,
          markers: true,
          width: widths[index]!,
        }),
      ),
      missingMarks(
        absent.map(({ diversity }) => axis.position(diversity)),
        0,
        palette,
      ),
    ],
  };
}

/** Pieces of the line: broken where an arm is missing and before `fresh`. */
function pieces(curve: readonly Place[], axis: DiversityAxis): Point[][] {
  const made: Point[][] = [[]];
  for (const { diversity, summary } of curve) {
    if (summary === undefined || diversity === "fresh") made.push([]);
    if (summary !== undefined) made.at(-1)!.push({ x: axis.position(diversity), summary });
  }
  return made.filter((piece) => piece.length > 0);
}

function describe(outcome: EpisodicOutcome): string {
  const { learners } = design(outcome);
  const { chance, solver, optimum } = outcome.reference;
  const told = learners.map((learner) => {
    const [seen, fresh] = sources.map(({ measure }) => rewards(outcome, learner, measure));
    const arms = seen!.map(
      ({ diversity, summary }, index) =>
        `${diversityPhrase(diversity)}: training ${value(summary)}, new ${value(fresh![index]!.summary)}`,
    );
    return `${learnerName(outcome, learner)}. ${arms.join("; ")}.`;
  });
  return (
    "Mean total reward of an episode on training and on new instances against the number of distinct training " +
    `instances N. Chance ${fixed(chance)}, reference solver ${fixed(solver.expected)}, optimum ${fixed(optimum)}. ${told.join(" ")}`
  );
}
