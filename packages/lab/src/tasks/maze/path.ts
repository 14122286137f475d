/**
 * The path form: mark the way from start to goal in one picture, as in Schwarzschild et al. (2021), arXiv
 * 2108.06011; pure functions that a supervised family wraps.
 */
import type { DiscreteDistribution } from "../../core/index.ts";
import { costOf, largestCost, type Maze, openSides } from "./maze.ts";
import { passable, pixelOfCell, pixelOfWall, pixelSize } from "./pixels.ts";
import { costsFrom, costsTo, directionTo, neighboursOf } from "./solvers/index.ts";

export interface PathExample {
  /** Planes `[channels, height, width]`: walls, start, goal and, where cells have costs, costs / 15. */
  readonly input: Float32Array;
  /** `[height, width]`: 1 on cells and passages of the cheapest way; of every such way, where several tie. */
  readonly target: Uint8Array;
  /** `[height, width]`: 1 where an answer counts, on cells and open passages; walls say nothing. */
  readonly mask: Uint8Array;
}

/** Names of the planes of an input, and their size. */
export function pathPlanes(maze: Pick<Maze, "rows" | "cols">, weighted: boolean) {
  const names = ["walls", "start", "goal", ...(weighted ? ["costs"] : [])];
  return { names, ...pixelSize(maze) };
}

/** The picture of a maze and the way through it. */
export function pathExample(maze: Maze): PathExample {
  const { cols, start, goal, costs } = maze;
  const mask = passable(maze);
  const size = mask.length;
  const input = new Float32Array((costs ? 4 : 3) * size);
  for (let pixel = 0; pixel < size; pixel++) input[pixel] = 1 - mask[pixel]!;
  input[size + pixelOfCell(cols, start)] = 1;
  input[2 * size + pixelOfCell(cols, goal)] = 1;
  costs?.forEach((cost, cell) => {
    input[3 * size + pixelOfCell(cols, cell)] = cost / largestCost;
  });
  const target = new Uint8Array(size);
  target[pixelOfCell(cols, start)] = 1;
  for (const { from, to } of cheapestMoves(maze)) {
    target[pixelOfCell(cols, to)] = 1;
    target[pixelOfWall(cols, from, directionTo(maze, from, to))] = 1;
  }
  return { input, target, mask };
}

/** Moves that lie on a cheapest way, those nearer to the start first. */
function cheapestMoves(maze: Maze): { from: number; to: number }[] {
  const fromStart = costsFrom(maze, maze.start);
  const toGoal = costsTo(maze, maze.goal);
  const least = toGoal[maze.start]!;
  const cells = [...toGoal.keys()]
    .filter((cell) => fromStart[cell]! + toGoal[cell]! === least)
    .sort((a, b) => fromStart[a]! - fromStart[b]!);
  return cells.flatMap((from) =>
    neighboursOf(maze, from)
      .filter((to) => fromStart[from]! + costOf(maze, to) + toGoal[to]! === least)
      .map((to) => ({ from, to })),
  );
}

/** Number of cheapest ways from start to goal; 1 in a perfect maze. */
export function countCheapestPaths(maze: Maze): number {
  return flow(maze, () => 1);
}

/**
 * Whether a maze is solved by chance: 1 with the probability that a walker who marks where it goes follows a
 * cheapest way. It starts with any open side, then takes any but the one it came by, all alike, and stops at
 * the goal or in a dead end. Exactly, by summing over all cheapest ways from the start on. (An answer that
 * marks one of several ways that tie counts as right here, although `target` holds them all.)
 */
export function pathChance(maze: Maze): DiscreteDistribution {
  const right = flow(maze, (cell) => {
    const sides = openSides(maze.open, cell);
    return 1 / (cell === maze.start ? sides : sides - 1);
  });
  if (right === 1) return { values: Float64Array.of(1), probabilities: Float64Array.of(1) };
  return { values: Float64Array.of(0, 1), probabilities: Float64Array.of(1 - right, right) };
}

/** Bits that a solved maze is worth: -log2 of that probability. */
export function pathBits(maze: Maze): number {
  return -Math.log2(pathChance(maze).probabilities.at(-1)!);
}

/** What arrives at the goal of a unit that starts out, each move passing on `share(from)` of what it leaves. */
function flow(maze: Maze, share: (from: number) => number): number {
  const amounts = new Float64Array(maze.open.length);
  amounts[maze.start] = 1;
  for (const { from, to } of cheapestMoves(maze)) amounts[to]! += amounts[from]! * share(from);
  return amounts[maze.goal]!;
}

/**
 * Share of mazes of which every pixel that counts is right.
 * @param marks `[batch, height, width]`, not 0 where an answer marks the way
 */
export function wholeMazeAccuracy(
  marks: ArrayLike<number>,
  examples: readonly Pick<PathExample, "target" | "mask">[],
): number {
  let at = 0;
  let right = 0;
  for (const { target, mask } of examples) {
    let wrong = 0;
    for (let pixel = 0; pixel < target.length; pixel++, at++)
      if (mask[pixel] === 1 && (marks[at] !== 0) !== (target[pixel] === 1)) wrong++;
    if (wrong === 0) right++;
  }
  if (at !== marks.length)
    throw new RangeError(`${marks.length} marks given for examples of ${at} pixels`);
  return right / examples.length;
}
