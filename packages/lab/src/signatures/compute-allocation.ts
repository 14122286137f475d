/**
 * Does the subject think longer about harder mazes? Correlation of the tick from which its marks stay as they end
 * with the cost of the cheapest way. After PonderNet, Banino et al. 2021 (arXiv 2107.05407).
 */
import type { PredictiveSubject, Signature } from "../core/index.ts";
import { mean, rankCorrelation } from "../stats/index.ts";
import {
  level,
  type MazeView,
  markedCells,
  mazeView,
  notApplicable,
  onlyMazes,
  predictionOf,
} from "./maze/index.ts";

/** The first tick from which the marks of each maze stay as they end. */
async function settlingTicks(
  subject: PredictiveSubject,
  view: MazeView,
): Promise<number[] | undefined> {
  const { ticks } = await predictionOf(subject, view);
  if (!ticks || ticks.length < 2) return undefined;
  return view.mazes.map((_, i) => {
    const marks = ticks.map((outputs) => markedCells(view, outputs, i).join());
    return marks.findLastIndex((mark) => mark !== marks.at(-1)) + 2;
  });
}

export const computeAllocation: Signature = {
  id: "compute-allocation",
  question: "Does the subject take longer to settle where the maze is harder, at the same size?",
  source: "Banino et al. 2021, PonderNet (arXiv 2107.05407)",
  unit: "rank correlation of settling tick and cost of the cheapest way",
  async supervised(subject, instances, { task, twin }) {
    const view = mazeView(task, instances.heldOut);
    if (!view) return notApplicable("compute-allocation", onlyMazes);
    const settling = await settlingTicks(subject, view);
    if (!settling) return notApplicable("compute-allocation", "the subject has no two ticks");
    const costs = view.mazes.map(({ start }, i) => view.toGoal[i]![start]!);
    const found = rankCorrelation(settling, costs, level);
    if (Number.isNaN(found.value))
      return notApplicable("compute-allocation", "all mazes settle at the same tick");
    const twinTicks = twin && (await settlingTicks(twin, view));
    const twinFound = twinTicks && rankCorrelation(twinTicks, costs, level).value;
    return {
      signature: "compute-allocation",
      applicable: true,
      ...found,
      unit: "rank correlation",
      n: settling.length,
      baselines: {
        "the same time for all": 0,
        ...(twinFound === undefined || Number.isNaN(twinFound)
          ? {}
          : { "untrained twin": twinFound }),
      },
      parts: { meanTick: { value: mean(settling), unit: "tick" } },
      series: {},
    };
  },
};
