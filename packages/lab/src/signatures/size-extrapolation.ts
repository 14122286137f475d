/**
 * Whether what was learned on small mazes solves larger ones when it may think longer: Schwarzschild et al. 2021 (arXiv
 * 2106.04537), Bansal et al. 2022 (arXiv 2202.05826). Mazes have 2n - 1 cells to a side where training had n.
 */
import {
  keyOf,
  type PredictiveSubject,
  type Signature,
  type SupervisedTask,
  split,
} from "../core/index.ts";
import { drawExamples, type MazeParameters, makeTask, mazePath } from "../tasks/index.ts";
import { gain, notApplicable, onlyMazes, share } from "./maze/index.ts";

/** Ticks on the larger mazes: as many as in training, and these multiples of it. */
const multiples = [1, 2, 4] as const;

/** The same kind of mazes with 2n - 1 cells to a side. */
function larger(task: SupervisedTask) {
  const { rows, cols, ...others } = task.parameters as MazeParameters;
  const side = (cells: number) => 2 * cells - 1;
  const parameters = { ...others, rows: side(rows), cols: side(cols) };
  return makeTask(mazePath, parameters, { diversity: "fresh", seed: 0 });
}

export const sizeExtrapolation: Signature = {
  id: "size-extrapolation",
  question: "Are larger mazes than those of training solved, given more ticks?",
  source: "Schwarzschild et al. 2021 (arXiv 2106.04537); Bansal et al. 2022 (arXiv 2202.05826)",
  unit: "share of larger mazes solved",
  async supervised(subject, { heldOut }, { task, key }) {
    const id = "size-extrapolation";
    if (task.family !== mazePath.id) return notApplicable(id, onlyMazes);
    if (!subject.anySize) return notApplicable(id, "the subject takes pictures of one size only");
    const big = larger(task);
    const mazes = big.heldOut.draw(split(key, id), heldOut.length);
    const examples = drawExamples(big.rules, mazes, keyOf(0));
    const solved = async (ticks?: number) => {
      const { outputs } = await subject.predict(examples, ticks === undefined ? {} : { ticks });
      return [...big.rules.score(outputs, examples)].map((score) => score === 1);
    };
    const counts = tickCounts(subject);
    const results: boolean[][] = [];
    for (const count of counts) results.push(await solved(count));
    const [same, most] = [results[0]!, results.at(-1)!];
    const { rows, cols } = big.parameters as MazeParameters;
    return {
      signature: id,
      applicable: true,
      ...share(most),
      unit: "share of larger mazes solved",
      n: mazes.length,
      baselines: { "as many ticks as in training": share(same).value },
      parts: {
        ...(counts.length > 1
          ? { moreTicks: { ...gain(same, most), unit: "share of larger mazes" } }
          : {}),
        rows: { value: rows, unit: "cells" },
        cols: { value: cols, unit: "cells" },
      },
      series: {
        ticks: counts.map((count) => count ?? 1),
        solved: results.map((result) => share(result).value),
      },
    };
  },
};

/** One run where the subject has no ticks; as far as it has ticks where there is a limit. */
function tickCounts({ ticks, mostTicks }: PredictiveSubject): (number | undefined)[] {
  if (ticks === undefined) return [undefined];
  return [
    ...new Set(
      multiples.map((multiple) =>
        Math.min(multiple * ticks, mostTicks ?? Number.POSITIVE_INFINITY),
      ),
    ),
  ];
}
