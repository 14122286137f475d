/** The figures of a study: which there are, and their files. */
import type {
  EpisodicOutcome,
  ExperimentOutcome,
  StudyOutcome,
  SupervisedOutcome,
} from "@mesascope/lab/studies";
import {
  bitsByDiversity,
  bitsByUpdates,
  circuitsFigure,
  compressionFigure,
  declaredFigure,
  drawnCircuits,
  type Figure,
  type FigureOptions,
  lightPalette,
  meteredFigure,
  occurrencesFigure,
  reachabilityFigure,
  rewardByDiversity,
  rewardByStep,
  runData,
  shortestProgramFigure,
  strategyByDiversity,
  strategyPath,
  toyModelFigure,
  toyModelFindings,
  transitionFindings,
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

/** A figure that some studies have. */
interface Entry {
  readonly name: string;
  /** The figure's function for this study, where it has the figure. */
  of(outcome: StudyOutcome): ((options: FigureOptions) => Figure) | undefined;
}

/** A figure over diversity and learners that an episodic study with the measure has. */
const byDiversity = (
  name: string,
  needs: string,
  draw: (outcome: EpisodicOutcome, options: FigureOptions) => Figure,
): Entry => ({
  name,
  of: (outcome) =>
    outcome.kind === "episodic" &&
    variesDiversityAndLearner(outcome) &&
    outcome.rows.some(({ measure }) => measure === needs)
      ? (options) => draw(outcome, options)
      : undefined,
});

/** A figure of bits over diversity and learners, of learners that act or predict. */
const ofBits = (
  name: string,
  draw: (outcome: EpisodicOutcome | SupervisedOutcome, options: FigureOptions) => Figure,
): Entry => ({
  name,
  of: (outcome) =>
    outcome.kind !== "experiment" &&
    variesDiversityAndLearner(outcome) &&
    outcome.rows.some(({ measure }) => measure === "optimization-power.runTime")
      ? (options) => draw(outcome, options)
      : undefined,
});

/** A figure of the transition from memory to generalization that a supervised study with that analysis has. */
const ofTransition = (
  name: string,
  draw: (outcome: SupervisedOutcome, options: FigureOptions) => Figure,
): Entry => ({
  name,
  of: (outcome) =>
    outcome.kind === "supervised" &&
    variesDiversityAndLearner(outcome) &&
    transitionFindings(outcome)
      ? (options) => draw(outcome, options)
      : undefined,
});

/** A figure of what the runs of one experiment kept. */
const ofExperiment = (
  experiment: string,
  name: string,
  draw: (outcome: ExperimentOutcome, options: FigureOptions) => Figure,
  has: (outcome: ExperimentOutcome) => boolean = (outcome) => runData(outcome).length > 0,
): Entry => ({
  name,
  of: (outcome) =>
    outcome.kind === "experiment" && outcome.study.file.experiment.id === experiment && has(outcome)
      ? (options) => draw(outcome, options)
      : undefined,
});

/** Every figure that there is, a study's main one before its others. */
const catalogue: readonly Entry[] = [
  {
    name: "toy-model",
    of: (outcome) =>
      toyModelFindings(outcome) ? (options) => toyModelFigure(outcome, options) : undefined,
  },
  {
    name: "metered",
    of: (outcome) =>
      outcome.kind === "experiment" &&
      outcome.study.file.experiment.id === "metered-selection" &&
      outcome.rows.length > 0
        ? (options) => meteredFigure(outcome, options)
        : undefined,
  },
  ofExperiment(
    "minimal-circuits",
    "circuits",
    circuitsFigure,
    (outcome) => drawnCircuits(outcome).length > 0,
  ),
  ofExperiment("compression-maze", "compression", compressionFigure),
  ofExperiment("shortest-program", "shortest-program", shortestProgramFigure),
  ofExperiment("random-functions", "occurrences", occurrencesFigure),
  ofExperiment("reachability-programs", "reachability", reachabilityFigure),
  ofTransition("strategy-by-diversity", strategyByDiversity),
  ofTransition("strategy-path", strategyPath),
  ofBits("bits-by-diversity", bitsByDiversity),
  byDiversity("reward-by-step", "adaptation.novel", rewardByStep),
  ofBits("bits-by-updates", bitsByUpdates),
  byDiversity("reward-by-diversity", "novel-success.value", rewardByDiversity),
  {
    name: "verdicts",
    of: (outcome) =>
      outcome.verdicts.length > 0 ? (options) => verdictPlot(outcome, options) : undefined,
  },
];

/** The figures that the study's design and measures allow, the main one first. */
export function figuresOf(outcome: StudyOutcome): NamedFigure[] {
  const declared = outcome.study.file.figures.map((spec) => ({
    name: spec.id,
    draw: (options: FigureOptions) => declaredFigure(outcome, spec, options),
  }));
  const drawn = catalogue.flatMap(({ name, of }) => {
    const draw = of(outcome);
    return draw ? [{ name, draw }] : [];
  });
  return [...declared, ...drawn];
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
