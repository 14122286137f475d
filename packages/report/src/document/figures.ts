/** The figures of a study: which there are, and their files. */
import type { StudyOutcome } from "@mesascope/lab/studies";
import {
  bitsByDiversity,
  bitsByUpdates,
  type Figure,
  type FigureOptions,
  lightPalette,
  rewardByDiversity,
  rewardByStep,
  variesDiversityAndLearner,
  verdictPlot,
} from "../figures/index.ts";
import { newDocument, svgText } from "./drawing.ts";
import { renderPng } from "./png.ts";

/** A figure by name; `draw` makes it with any options. */
export interface NamedFigure {
  readonly name: string;
  draw(options: FigureOptions): Figure;
}

/** The figures that the study's design and measures allow, the main one first. */
export function figuresOf(outcome: StudyOutcome): NamedFigure[] {
  const measures = new Set(outcome.rows.map(({ measure }) => measure));
  const all: (NamedFigure & { readonly needs: string })[] = [
    {
      name: "bits-by-diversity",
      needs: "optimization-power.runTime",
      draw: (options) => bitsByDiversity(outcome, options),
    },
    {
      name: "reward-by-step",
      needs: "adaptation.novel",
      draw: (options) => rewardByStep(outcome, options),
    },
    {
      name: "bits-by-updates",
      needs: "optimization-power.runTime",
      draw: (options) => bitsByUpdates(outcome, options),
    },
    {
      name: "reward-by-diversity",
      needs: "novel-success.value",
      draw: (options) => rewardByDiversity(outcome, options),
    },
  ];
  const drawable = variesDiversityAndLearner(outcome)
    ? all.filter(({ needs }) => measures.has(needs))
    : [];
  const judged = outcome.verdicts.length > 0;
  return [
    ...drawable.map(({ name, draw }) => ({ name, draw })),
    ...(judged
      ? [{ name: "verdicts", draw: (options: FigureOptions) => verdictPlot(outcome, options) }]
      : []),
  ];
}

/** A figure as files. */
export interface FigureFile {
  /** File name without its ending. */
  readonly name: string;
  readonly svg: string;
  readonly png: Uint8Array;
}

/** Every figure of the study as SVG text and as PNG at twice its size, with titles and light colours. */
export function writeFigures(outcome: StudyOutcome): FigureFile[] {
  return figuresOf(outcome).map(({ name, draw }) => {
    const { svg } = draw({
      document: newDocument(),
      palette: lightPalette,
      titled: true,
      width: name === "verdicts" ? 760 : 1040,
    });
    const text = svgText(svg);
    return { name, svg: text, png: renderPng(text) };
  });
}
