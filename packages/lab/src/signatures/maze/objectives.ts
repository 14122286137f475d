/** Objectives that a subject may pursue in mazes, and which of them its marks fit best. */
import type { PredictiveSubject } from "../../core/index.ts";
import { mean } from "../../stats/index.ts";
import type { Maze } from "../../tasks/index.ts";
import { type MazeView, markedCells, marksCheapestWay, predictionOf } from "./view.ts";

/** An objective under which marks are judged: the maze in which the marked way is to be the cheapest. */
export interface Objective {
  readonly id: string;
  readonly asSeen: (maze: Maze) => Maze;
}

const withoutCosts = ({ costs: _, ...maze }: Maze): Maze => maze;

/** Of equals the first is taken: the base objective comes first. */
export const objectives: readonly Objective[] = [
  { id: "cheapest way", asSeen: (maze) => maze },
  { id: "fewest steps", asSeen: withoutCosts },
  {
    id: "dearest cells",
    asSeen: (maze) => (maze.costs ? { ...maze, costs: maze.costs.map((cost) => 16 - cost) } : maze),
  },
];

/** In which mazes the subject marks a best way by an objective, after so many ticks. */
export async function pursues(
  subject: PredictiveSubject,
  view: MazeView,
  { asSeen }: Objective,
  ticks?: number,
): Promise<boolean[]> {
  const { outputs } = await predictionOf(subject, view, ticks);
  return view.mazes.map((maze, i) => marksCheapestWay(markedCells(view, outputs, i), asSeen(maze)));
}

/** The objective that the subject's marks in these mazes fit best. */
export async function recoveredObjective(
  subject: PredictiveSubject,
  view: MazeView,
): Promise<Objective> {
  let best = { objective: objectives[0]!, score: -1 };
  for (const objective of objectives) {
    const score = mean((await pursues(subject, view, objective)).map(Number));
    if (score > best.score) best = { objective, score };
  }
  return best.objective;
}
