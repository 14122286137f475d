/** Shares over seeds of an experiment against one factor, a line for each level of another. */
import type { ExperimentOutcome, StudyOutcome } from "@mesascope/lab/studies";
import * as Plot from "@observablehq/plot";
import type { AxisX } from "./axis.ts";
import { armValues, type Summary, summarize } from "./data.ts";
import { measuredLine, within } from "./marks.ts";
import type { Panel } from "./panel.ts";
import type { Palette } from "./theme.ts";

/** Which shares are meant. */
export interface ShareDesign {
  readonly measure: string;
  /** Factor of the horizontal axis. */
  readonly across: string;
  /** Factor that tells lines apart. */
  readonly lines: string;
  /** Levels of every other factor. */
  readonly fixed: Readonly<Record<string, string | number>>;
}

/** A level of a factor. */
export type Level = string | number;

/** Levels of a factor in the planned runs: numbers ascending, names in order of declaration. */
export function levelsOf(outcome: StudyOutcome, factor: string): Level[] {
  const levels = new Set(outcome.study.runs.map(({ arm }) => arm[factor]!));
  const found = [...levels] as Level[];
  return found.every((level) => typeof level === "number")
    ? found.sort((a, b) => Number(a) - Number(b))
    : found;
}

/** The share at one level of each factor. */
export function shareAt(
  outcome: ExperimentOutcome,
  { measure, across, lines, fixed }: ShareDesign,
  line: Level,
  at: Level,
): Summary | undefined {
  return summarize(armValues(outcome, { ...fixed, [lines]: line, [across]: at }, measure));
}

const dashes = ["", "7 3", "2 3", "8 3 2 3", "1 2", "10 4"];

/** Colour and dash of a line by its rank, so that colour is not all that tells lines apart. */
export function lineLook(rank: number, palette: Palette) {
  const { runTime, tuned, ink, supported, contradicted, muted } = palette;
  const colours = [runTime, tuned, ink, supported, contradicted, muted];
  return { colour: colours[rank % 6]!, dash: dashes[rank % 6]! };
}

/** The panel: a line a level, with its name at the right end. */
export function sharePanel(
  outcome: ExperimentOutcome,
  design: ShareDesign,
  look: {
    readonly heading: string;
    readonly label: string;
    readonly x: AxisX & { position(level: number): number };
    readonly name: (level: Level) => string;
    readonly palette: Palette;
  },
): Panel {
  const y = { domain: [0, 1.04], label: look.label } as const;
  const lines = levelsOf(outcome, design.lines).map((level, rank) => ({
    ...{ level, ...lineLook(rank, look.palette) },
    points: levelsOf(outcome, design.across).flatMap((at) => {
      const summary = shareAt(outcome, design, level, at);
      return summary ? [within(y.domain)({ x: look.x.position(Number(at)), summary })] : [];
    }),
  }));
  return {
    heading: look.heading,
    x: look.x,
    y,
    endLabels: lines.flatMap(({ level, colour, points }) => {
      const last = points.at(-1);
      return last ? [{ at: last.summary.mean, text: look.name(level), colour }] : [];
    }),
    ...(lines.every(({ points }) => points.length === 0) ? { empty: "no result" } : {}),
    marks: () =>
      lines.flatMap(({ points, colour, dash }) => [
        ...measuredLine([points], colour, { dots: true, markers: true, width: 0 }),
        Plot.lineY(points, {
          x: "x",
          y: (point: (typeof points)[number]) => point.summary.mean,
          ...{ stroke: colour, strokeWidth: 2 },
          ...(dash === "" ? {} : { strokeDasharray: dash }),
        }),
      ]),
  };
}
