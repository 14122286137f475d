/** Share of the shortest solvers that search, against the number of mazes: one line a language. */
import type { ExperimentOutcome } from "@mesascope/lab/studies";
import { diversityAxis } from "./axis.ts";
import { compose, type Figure, type FigureOptions } from "./compose.ts";
import { count, plural } from "./format.ts";
import { conditions } from "./learners.ts";
import { levelsOf, type ShareDesign, shareAt, sharePanel } from "./shares.ts";
import { pagePalette } from "./theme.ts";
import { value } from "./words.ts";

const design: ShareDesign = {
  measure: "program.searching",
  across: "count",
  lines: "language",
  fixed: {},
};

/** Title: in how many languages more of the shortest solvers search with the most mazes than with the fewest. */
export function shortestProgramFinding(outcome: ExperimentOutcome): string {
  const counts = levelsOf(outcome, "count");
  const ends = levelsOf(outcome, "language").flatMap((language) => {
    const few = shareAt(outcome, design, language, counts[0]!);
    const many = shareAt(outcome, design, language, counts.at(-1)!);
    return few && many ? [{ few, many }] : [];
  });
  const most = count(Number(counts.at(-1)));
  if (counts.length < 2 || ends.length === 0)
    return "How many of the shortest solvers search, by the number of mazes";
  const rising = ends.filter(({ few, many }) => many.mean > few.mean);
  return `From ${plural(Number(counts[0]), "maze")} to ${most}, the mean share of shortest solvers that search rises in ${rising.length} of ${plural(ends.length, "language")}`;
}

/** Draws the figure. */
export function shortestProgramFigure(outcome: ExperimentOutcome, options: FigureOptions): Figure {
  const palette = options.palette ?? pagePalette;
  const x = diversityAxis(levelsOf(outcome, "count").map(Number));
  return compose(
    {
      id: "shortest-program",
      title: shortestProgramFinding(outcome),
      subtitle: conditions(outcome),
      caption:
        "Means over seeds, bands 95% intervals, small dots seeds. The shortest solvers are known by trying every program; a " +
        "seed without a solver of the lengths tried is left out. Languages differ in the prices of their primitives.",
      description: describe(outcome),
      key: [],
      groups: [
        {
          panels: [
            sharePanel(outcome, design, {
              heading: "Shortest solvers that search",
              label: "share of the shortest solvers",
              x: { ...x, label: "mazes that one program solves, N" },
              name: String,
              palette,
            }),
          ],
        },
      ],
      columns: 1,
      height: 220,
      right: 110,
    },
    options,
  );
}

function describe(outcome: ExperimentOutcome): string {
  const told = levelsOf(outcome, "language").map((language) => {
    const cells = levelsOf(outcome, "count").map(
      (at) => `N = ${count(Number(at))}: ${value(shareAt(outcome, design, language, at))}`,
    );
    return `${language}: ${cells.join("; ")}.`;
  });
  return `Share of the shortest solvers that search against the number of mazes, one line a language. ${told.join(" ")}`;
}
