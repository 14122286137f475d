/** Expected reward by step of the episode: one panel for each diversity, for one learner. */
import type { Diversity } from "@mesascope/lab/core";
import type { EpisodicOutcome } from "@mesascope/lab/studies";
import * as Plot from "@observablehq/plot";
import { stepAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions, type KeyEntry } from "./compose.ts";
import { design, type Summary, steps, summary } from "./data.ts";
import { stepFinding } from "./findings.ts";
import { diversityPhrase, fixed } from "./format.ts";
import { conditions } from "./learners.ts";
import { measuredLine, type Point } from "./marks.ts";
import type { AxisY, EndLabel, Panel } from "./panel.ts";
import { type Palette, pagePalette } from "./theme.ts";
import { missing, value } from "./words.ts";

const sources = [
  { measure: "adaptation.training", name: "training instances", role: "tuned", words: "tunedText" },
  { measure: "adaptation.novel", name: "new instances", role: "runTime", words: "runTime" },
] as const;

/** The line below is the wider one, so that both are seen where they meet. */
const widths = [4, 1.8] as const;

/** Mean reward at each step, with its interval over seeds; steps without a value are left out. */
export function rewardCurve(
  outcome: EpisodicOutcome,
  pick: { readonly measure: string; readonly learner: string; readonly diversity: Diversity },
): Point[] {
  return Array.from({ length: steps(outcome, pick.measure) }, (_, index) => index + 1).flatMap(
    (step) => {
      const found = summary(outcome, { ...pick, step });
      return found === undefined ? [] : [{ x: step, summary: found }];
    },
  );
}

/** Draws the figure for `learner`, by default that of the main prediction. */
export function rewardByStep(
  outcome: EpisodicOutcome,
  options: FigureOptions & { readonly learner?: string },
): Figure {
  const palette = options.palette ?? pagePalette;
  const { main, diversities } = design(outcome);
  const learner = options.learner ?? main;
  const { reference } = outcome;
  const horizon = Math.max(reference.solverBySteps.length, steps(outcome, "adaptation.novel"));
  const chance = horizon === 0 ? 0 : reference.chance / horizon;
  const panels = diversities.map((diversity) => {
    const curves = sources.map((source) =>
      rewardCurve(outcome, { measure: source.measure, learner, diversity }),
    );
    return panel(outcome, { diversity, curves, chance, horizon, palette });
  });
  return compose(
    {
      id: `reward-by-step-${learner}`,
      title: stepFinding(outcome, learner),
      subtitle: conditions(outcome, learner),
      caption:
        "Bands are 95% intervals over seeds. On training instances a tuned policy is right from the first step; on new " +
        `ones reward can only rise by trying.${missing(outcome, [learner])}`,
      description: describe(outcome, learner),
      key: key(palette, reference.solver.title),
      groups: [{ panels }],
      columns: 5,
      height: 120,
      right: 76,
    },
    options,
  );
}

interface PanelContext {
  readonly diversity: Diversity;
  readonly curves: readonly (readonly Point[])[];
  readonly chance: number;
  readonly horizon: number;
  readonly palette: Palette;
}

function panel(outcome: EpisodicOutcome, context: PanelContext): Panel {
  const { curves, chance, horizon, palette, diversity } = context;
  const solver = outcome.reference.solverBySteps.map((reward, index) => ({
    step: index + 1,
    reward,
  }));
  const y: AxisY = { domain: [0, ceiling(outcome, curves)], label: "expected reward of the step" };
  const ends: EndLabel[] = sources.flatMap((source, index) => {
    const last = curves[index]!.at(-1);
    const text = source.role === "tuned" ? "training" : "new";
    return last ? [{ at: last.summary.mean, text, colour: palette[source.words] }] : [];
  });
  const known = solver.at(-1);
  if (known) ends.push({ at: known.reward, text: "solver", colour: palette.ink });
  return {
    heading: diversity === "fresh" ? "fresh" : diversityPhrase(diversity),
    x: stepAxis(horizon),
    y,
    endLabels: [...ends, { at: chance, text: "chance", colour: palette.muted }],
    ...(curves.every((curve) => curve.length === 0) ? { empty: "no result" } : {}),
    marks: () => [
      Plot.ruleY([chance], { stroke: palette.chance, strokeWidth: 1.2 }),
      ...curves.flatMap((curve, index) =>
        measuredLine([curve], palette[sources[index]!.role], {
          dots: false,
          markers: horizon <= 12,
          width: widths[index]!,
        }),
      ),
      Plot.lineY(solver, {
        x: "step",
        y: "reward",
        stroke: palette.ink,
        strokeWidth: 1.3,
        strokeDasharray: "3 3",
      }),
    ],
  };
}

function ceiling(outcome: EpisodicOutcome, curves: readonly (readonly Point[])[]): number {
  const highs = curves.flat().map(({ summary }) => summary.high ?? summary.mean);
  return (
    Math.max(
      1,
      ...outcome.reference.solverBySteps,
      ...highs.filter(Number.isFinite).map((high) => Math.min(high, 1.05)),
    ) * 1.03
  );
}

function key(palette: Palette, solver: string): KeyEntry[] {
  return [
    { shape: "line", colour: palette.tuned, text: "training instances" },
    { shape: "line", colour: palette.runTime, text: "new instances" },
    { shape: "dash", colour: palette.ink, text: `${solver} on a new instance` },
    { shape: "line", colour: palette.chance, text: "chance" },
  ];
}

function describe(outcome: EpisodicOutcome, learner: string): string {
  const { diversities } = design(outcome);
  const at = (points: readonly Point[], end: number): Summary | undefined =>
    points.at(end)?.summary;
  const parts = diversities.map((diversity) => {
    const told = sources.map(({ measure, name }) => {
      const curve = rewardCurve(outcome, { measure, learner, diversity });
      return `${name} from ${value(at(curve, 0))} at the first step to ${value(at(curve, -1))} at the last`;
    });
    return `${diversityPhrase(diversity)}: ${told.join("; ")}.`;
  });
  const solver = outcome.reference.solverBySteps;
  return (
    "Expected reward against step of the episode, one panel for each number of training instances. " +
    `The reference solver goes from ${fixed(solver[0] ?? Number.NaN)} to ${fixed(solver.at(-1) ?? Number.NaN)}. ${parts.join(" ")}`
  );
}
