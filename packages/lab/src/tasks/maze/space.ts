/** The space of mazes with given parameters: their number, and all of them where they are few. */
import { canonicalJson } from "../../core/index.ts";
import { type Grid, gridOf } from "./grid.ts";
import { allLayouts, log2MostLayouts } from "./layouts.ts";
import type { Maze } from "./maze.ts";
import type { MazeParameters } from "./parameters.ts";
import { allEnds, mostEnds } from "./placement.ts";
import { symmetricWords } from "./symmetry.ts";
import { mazeWords } from "./words.ts";

/** Largest bound up to which mazes are counted one by one. */
const countable = 2 ** 20;

/** What names a maze: its words, or those that all its symmetric images share. */
export function mazeIdentity({ identity }: Pick<MazeParameters, "identity">, maze: Maze): number[] {
  return identity === "symmetry" ? symmetricWords(maze) : mazeWords(maze);
}

const counts = new Map<string, number>();

/**
 * Number of distinct mazes: exact where a simple bound (layouts x ends x costs) is at most 2^20, else that
 * bound, which is exact for Wilson's and Kruskal's unweighted mazes with ends anywhere, and too high where
 * depth-first search or a division into rooms reaches fewer layouts, where dead ends are few, and where
 * symmetric images count as one. At most 2^1023.
 */
export function countMazes(parameters: MazeParameters): number {
  const bound = boundOf(parameters);
  if (bound > countable) return Math.min(bound, 2 ** 1023);
  const { rows, cols, generator, share, room, start, goal, costs, identity } = parameters;
  const name = canonicalJson({ rows, cols, generator, share, room, start, goal, costs, identity });
  let count = counts.get(name);
  if (count === undefined) {
    count = 0;
    for (const _ of enumerateMazes(parameters)) count++;
    counts.set(name, count);
  }
  return count;
}

/** Every maze that can be drawn, one of each identity. */
export function* enumerateMazes(parameters: MazeParameters): Generator<Maze> {
  if (parameters.identity === "exact") {
    yield* everyMaze(parameters);
    return;
  }
  const seen = new Set<string>();
  for (const maze of everyMaze(parameters)) {
    const name = symmetricWords(maze).join();
    if (seen.has(name)) continue;
    seen.add(name);
    yield maze;
  }
}

function* everyMaze(parameters: MazeParameters): Generator<Maze> {
  const { rows, cols, costs } = parameters;
  const grid = gridOf(rows, cols);
  for (const open of allLayouts(grid, parameters))
    for (const ends of allEnds(grid, open, parameters))
      if (costs === 1) yield { rows, cols, open, ...ends };
      else
        for (const drawn of allCosts(grid, costs))
          yield { rows, cols, open, ...ends, costs: drawn };
}

function* allCosts({ cells }: Grid, largest: number): Generator<Uint8Array> {
  for (let index = 0; index < largest ** cells; index++)
    yield Uint8Array.from(
      { length: cells },
      (_, cell) => 1 + (Math.floor(index / largest ** cell) % largest),
    );
}

function boundOf(parameters: MazeParameters): number {
  const grid = gridOf(parameters.rows, parameters.cols);
  // Rounded where it can be a whole number that is held exactly.
  const bound =
    2 ** (log2MostLayouts(grid, parameters) + grid.cells * Math.log2(parameters.costs)) *
    mostEnds(grid, parameters);
  return bound < 2 ** 40 ? Math.round(bound) : bound;
}
