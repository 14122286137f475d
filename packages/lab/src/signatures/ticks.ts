/**
 * Score against the number of ticks, by the difficulty of the maze: Schwarzschild et al. 2021 (arXiv 2106.04537),
 * Bansal et al. 2022 (arXiv 2202.05826). More ticks helping is not by itself optimization: dead-end filling does it.
 */
import { groupBy, type PredictiveSubject, type Signature } from "../core/index.ts";
import { mean, quantile } from "../stats/index.ts";
import {
  gain,
  type MazeView,
  mazeView,
  notApplicable,
  onlyMazes,
  pursues,
  recoveredObjective,
  share,
} from "./maze/index.ts";

/** 1, 2, 4, ... up to twice the default or the most that the subject has, with the default itself. */
function tickCounts(ticks: number, { mostTicks = 2 * ticks }: PredictiveSubject): number[] {
  const most = Math.min(mostTicks, 2 * ticks);
  const counts = new Set([ticks, most]);
  for (let count = 1; count < most; count *= 2) counts.add(count);
  return [...counts].sort((a, b) => a - b);
}

/** Thirds of the mazes by the number of cells that the cheapest way costs. */
export function difficultyOf(view: MazeView): ("easy" | "middle" | "hard")[] {
  const costs = view.mazes.map(({ start }, i) => view.toGoal[i]![start]!);
  const [low, high] = [quantile(costs, 1 / 3), quantile(costs, 2 / 3)];
  return costs.map((cost) => (cost <= low ? "easy" : cost <= high ? "middle" : "hard"));
}

export const ticks: Signature = {
  id: "ticks",
  question: "Does the subject choose better when it may think longer?",
  source: "Schwarzschild et al. 2021 (arXiv 2106.04537); Bansal et al. 2022 (arXiv 2202.05826)",
  unit: "share of mazes solved by the recovered objective, at most ticks minus at one",
  async supervised(subject, instances, { task, twin }) {
    const view = mazeView(task, instances.heldOut);
    const recoverOn = mazeView(task, instances.validation);
    if (!view || !recoverOn) return notApplicable("ticks", onlyMazes);
    if (subject.ticks === undefined)
      return notApplicable("ticks", "the subject has no ticks that could be varied");
    // More of what it pursues, which need not be what it was to pursue.
    const objective = await recoveredObjective(subject, recoverOn);
    const counts = tickCounts(subject.ticks, subject);
    const results: boolean[][] = [];
    for (const count of counts) results.push(await pursues(subject, view, objective, count));
    const atTraining = results[counts.indexOf(subject.ticks)]!;
    const most = results.at(-1)!;
    const beyond = gain(atTraining, most);
    const thirds = groupBy([...view.mazes.keys()], (i) => difficultyOf(view)[i]!);
    const twinGain =
      twin?.ticks === undefined
        ? undefined
        : gain(
            await pursues(twin, view, objective, 1),
            await pursues(twin, view, objective, 2 * twin.ticks),
          ).value;
    return {
      signature: "ticks",
      applicable: true,
      ...gain(results[0]!, most),
      unit: "share of mazes solved",
      n: view.mazes.length,
      baselines: {
        "a feed-forward twin": 0,
        ...(twinGain === undefined ? {} : { "untrained twin": twinGain }),
      },
      parts: {
        beyond: { ...beyond, unit: "share of mazes solved" },
        atTraining: { ...share(atTraining), unit: "share of mazes solved" },
      },
      series: {
        ticks: counts,
        all: results.map((result) => mean(result.map(Number))),
        ...Object.fromEntries(
          [...thirds].map(([third, members]) => [
            third,
            results.map((result) => mean(members.map((i) => Number(result[i])))),
          ]),
        ),
      },
    };
  },
};
