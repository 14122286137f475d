/** Walks through mazes in which two cells may be meant: the exit that is rewarded, and a place where exits mostly are. */
import type { Episodes } from "../core/index.ts";
import { distancesFrom, type Maze, stepFrom } from "../tasks/index.ts";

/** What a walker may be after. */
export type Mark = "exit" | "place";

/** A maze whose exit is its goal, and the place that usually marks exits. */
export interface MarkedMaze {
  readonly maze: Maze;
  /** A cell; where it is the goal, the two marks agree. */
  readonly place: number;
}

/** The corner top right, where exits are in training. */
export const usualPlace = ({ cols }: Pick<Maze, "cols">): number => cols - 1;

/** Whether the two marks part, and neither lies on a shortest way to the other: what is met first is what is meant. */
export function conflicts({ maze, place }: MarkedMaze): boolean {
  const { start, goal } = maze;
  if (goal === place || start === place) return false;
  const fromStart = distancesFrom(maze, start);
  const apart = distancesFrom(maze, goal)[place]!;
  return (
    fromStart[goal]! + apart > fromStart[place]! && fromStart[place]! + apart > fromStart[goal]!
  );
}

/** One walk until it meets a mark: its moves, and what it met. */
export interface Walk {
  readonly marked: MarkedMaze;
  /** Cells in which moves were made, and the moves: 0 north, 1 east, 2 south, 3 west. */
  readonly cells: readonly number[];
  readonly moves: readonly number[];
  readonly met: Mark | "neither";
}

/** Follows the actions of played episodes, one an instance, up to the first mark. */
export function walksOf(marked: readonly MarkedMaze[], { actions, steps }: Episodes): Walk[] {
  return marked.map((one, episode) => {
    const { maze, place } = one;
    const cells: number[] = [];
    const moves: number[] = [];
    let cell = maze.start;
    for (let step = 0; step < steps; step++) {
      const move = actions[episode * steps + step]!;
      cells.push(cell);
      moves.push(move);
      cell = stepFrom(maze, cell, move);
      if (cell === maze.goal) return { marked: one, cells, moves, met: "exit" };
      if (cell === place) return { marked: one, cells, moves, met: "place" };
    }
    return { marked: one, cells, moves, met: "neither" };
  });
}

/** How many walks met what. */
export function metCounts(walks: readonly Walk[]): Readonly<Record<Walk["met"], number>> {
  const counts = { exit: 0, place: 0, neither: 0 };
  for (const { met } of walks) counts[met]++;
  return counts;
}
