/** Walkers that choose each step by what is around them: wall follower, greedy, random. */
import type { Random } from "../../../core/index.ts";
import { gridOf } from "../grid.ts";
import type { Maze } from "../maze.ts";
import { manhattan } from "./a-star.ts";
import { Marker, type MazeSolver, type MazeTrace } from "./trace.ts";

/**
 * The direction that keeps the right hand on the wall: right of the heading, ahead, left, back, the first that
 * is open. Gets through every perfect maze in at most 2 (cells - 1) steps; may circle for ever among loops.
 */
export function rightHand(open: number, heading: number): number {
  for (const turn of [1, 0, 3, 2])
    if ((open >> ((heading + turn) & 3)) & 1) return (heading + turn) & 3;
  return heading;
}

/** The open direction whose cell lies nearest to the goal as if there were no walls; evenly among equals. */
export function greedyDirection(maze: Maze, cell: number, noise: number): number {
  const { offsets } = gridOf(maze.rows, maze.cols);
  let best: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (let direction = 0; direction < 4; direction++) {
    if (!((maze.open[cell]! >> direction) & 1)) continue;
    const distance = manhattan(maze, cell + offsets[direction]!);
    if (distance > least) continue;
    if (distance < least) best = [];
    least = distance;
    best.push(direction);
  }
  return best[Math.floor(noise * best.length)]!;
}

/** Walks until the goal, or 4 x cells steps; a tick is a step. */
function walk(maze: Maze, next: (cell: number) => number): MazeTrace {
  const { offsets, cells } = gridOf(maze.rows, maze.cols);
  const marker = new Marker(cells);
  const path = [maze.start];
  marker.tick([maze.start]);
  for (let cell = maze.start; cell !== maze.goal && path.length <= 4 * cells; path.push(cell)) {
    cell += offsets[next(cell)]!;
    marker.tick([cell]);
  }
  return { ticks: marker.ticks, path, arrived: path.at(-1) === maze.goal };
}

export const wallFollower: MazeSolver = {
  id: "wall-follower",
  title: "Wall follower",
  description:
    "A tick is one step with the right hand on the wall, facing north at first; gets through every perfect " +
    "maze, though not by the shortest way, and may circle among loops.",
  solve(maze) {
    let heading = 0;
    return walk(maze, (cell) => {
      heading = rightHand(maze.open[cell]!, heading);
      return heading;
    });
  },
};

export const greedy: MazeSolver = {
  id: "greedy",
  title: "Greedy",
  description:
    "A tick is one step to the open neighbour nearest to the goal as the crow flies; stuck in any pocket " +
    "that faces the goal.",
  solve: (maze, random) => walk(maze, (cell) => greedyDirection(maze, cell, random.uniform())),
};

export const randomWalk: MazeSolver = {
  id: "random",
  title: "Random walk",
  description: "A tick is one step to an open neighbour, each with the same probability.",
  solve: (maze, random) => walk(maze, (cell) => openDirection(maze.open[cell]!, random)),
};

function openDirection(open: number, random: Random): number {
  for (;;) {
    const direction = random.integer(4);
    if ((open >> direction) & 1) return direction;
  }
}

/** The direction from a cell to its neighbour. */
export function directionTo({ cols }: Pick<Maze, "cols">, cell: number, neighbour: number): number {
  const step = neighbour - cell;
  if (step === -cols) return 0;
  if (step === 1) return 1;
  return step === cols ? 2 : 3;
}
