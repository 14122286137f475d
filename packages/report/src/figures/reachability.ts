/** Share of local searches that meet a solver, against the threshold of credit: one line a temperature. */
import type { ExperimentOutcome } from "@mesascope/lab/studies";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { conditions } from "./learners.ts";
import { levelsOf, type ShareDesign, shareAt, sharePanel } from "./shares.ts";
import { pagePalette } from "./theme.ts";
import { value } from "./words.ts";

const designOf = (method: string | number): ShareDesign => ({
  measure: "reachability.solved",
  across: "threshold",
  lines: "level",
  fixed: { method },
});

const levelName = (method: string | number) => (level: string | number) =>
  method === "chain" ? (Number(level) === 0 ? "climbing" : `T = ${level}`) : `population ${level}`;

/** Title: what happens to most temperatures from graded credit to none. */
export function reachabilityFinding(outcome: ExperimentOutcome): string {
  const thresholds = levelsOf(outcome, "threshold");
  const design = designOf(levelsOf(outcome, "method")[0]!);
  const changes = levelsOf(outcome, "level").flatMap((level) => {
    const graded = shareAt(outcome, design, level, thresholds[0]!);
    const ungraded = shareAt(outcome, design, level, thresholds.at(-1)!);
    return graded && ungraded ? [ungraded.mean - graded.mean] : [];
  });
  if (thresholds.length < 2 || changes.length === 0)
    return "How often local search meets a solver, by the threshold of credit";
  const ends = `at threshold ${thresholds.at(-1)} than at ${thresholds[0]}`;
  if (changes.every((change) => change < 0))
    return `In the mean, local search meets a solver less often ${ends}, at every temperature`;
  if (changes.every((change) => change > 0))
    return `In the mean, local search meets a solver more often ${ends}, at every temperature`;
  const fewer = changes.filter((change) => change < 0).length;
  return `In the mean, local search meets a solver less often ${ends} at ${fewer} of ${changes.length} temperatures`;
}

/** Draws the figure. */
export function reachabilityFigure(outcome: ExperimentOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const thresholds = levelsOf(outcome, "threshold").map(Number);
  const x = {
    domain: [-0.04, 1.04] as const,
    ticks: thresholds.map((at) => ({ at, label: String(at) })),
    label: "mean progress below which a program scores nothing",
    position: (at: number) => at,
  };
  return compose(
    {
      id: "reachability",
      title: reachabilityFinding(outcome),
      subtitle: conditions(outcome),
      caption:
        "Means over seeds, bands 95% intervals, small dots seeds, each a share of several searches. At 0 every approach to a goal earns something; " +
        "at 1 nothing but a full solution does. Temperature 0 climbs.",
      description: describe(outcome),
      key: [],
      groups: [
        {
          panels: levelsOf(outcome, "method").map((method) =>
            sharePanel(outcome, designOf(method), {
              heading: method === "chain" ? "Metropolis-Hastings" : "Breeding",
              label: "share of searches that meet a solver",
              x,
              name: levelName(method),
              palette,
            }),
          ),
        },
      ],
      columns: 2,
      height: 220,
      right: 110,
    },
    options,
  );
}

function describe(outcome: ExperimentOutcome): string {
  const told = levelsOf(outcome, "method").flatMap((method) =>
    levelsOf(outcome, "level").map((level) => {
      const cells = levelsOf(outcome, "threshold").map(
        (at) => `threshold ${at}: ${value(shareAt(outcome, designOf(method), level, at))}`,
      );
      return `${levelName(method)(level)}: ${cells.join("; ")}.`;
    }),
  );
  return `Share of searches that meet a solver against the threshold of credit, one line a temperature. ${told.join(" ")}`;
}
