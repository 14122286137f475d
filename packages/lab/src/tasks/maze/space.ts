/** The space of mazes with given parameters: their number, and all of them where they are few. */
import { canonicalJson } from "../../core/index.ts";
import { type Grid, gridOf } from "./grid.ts";
import { log2PerfectMazes } from "./kirchhoff.ts";
import { coverage, layoutCourses, log2MostLayouts } from "./layouts.ts";
import type { Maze } from "./maze.ts";
import type { MazeParameters } from "./parameters.ts";
import { allEnds, mostEnds } from "./placement.ts";
import { symmetricWords, symmetryCount } from "./symmetry.ts";
import { mazeWords } from "./words.ts";

/** Most mazes that are counted one by one; and how long it may take, in courses of a generator times cells. */
const mostMazes = 2 ** 20;
const patience = 2 ** 23;

/** What names a maze: its words, or those that all its symmetric images share. */
export function mazeIdentity({ identity }: Pick<MazeParameters, "identity">, maze: Maze): number[] {
  return identity === "symmetry" ? symmetricWords(maze) : mazeWords(maze);
}

const counts = new Map<string, number>();

/**
 * Number of distinct mazes. Exact up to 2^20; beyond that, and where it would take too long to find them, the
 * product of layouts, ends and costs: exact for Wilson's and Kruskal's mazes with ends anywhere or
 * in corners, otherwise a bound, far above what depth-first search can draw (of the 100,352 perfect mazes of
 * 4 x 4 cells it draws 3,820). At most 2^1023.
 */
export function countMazes(parameters: MazeParameters): number {
  const { most, least, exact } = boundsOf(parameters);
  if (exact || least > mostMazes) return Math.min(most, 2 ** 1023);
  const { rows, cols, generator, share, room, start, goal, costs, identity } = parameters;
  const name = canonicalJson({ rows, cols, generator, share, room, start, goal, costs, identity });
  let count = counts.get(name);
  if (count === undefined) {
    // What is at most 2^20 is counted, however long it takes: it may be asked for one by one.
    const courses = most <= mostMazes ? Number.POSITIVE_INFINITY : patience / (rows * cols);
    count = countedOneByOne(parameters, courses) ?? Math.min(most, 2 ** 1023);
    counts.set(name, count);
  }
  return count;
}

function countedOneByOne(parameters: MazeParameters, most: number): number | undefined {
  const courses = { left: most };
  let count = 0;
  let mazes = 0;
  const seen = new Set<string>();
  for (const maze of everyMaze(parameters, courses)) {
    if (++mazes > mostMazes) return undefined;
    if (parameters.identity === "exact") count++;
    else seen.add(symmetricWords(maze).join());
  }
  return courses.left < 0 ? undefined : count + seen.size;
}

/** Every maze that can be drawn, one of each identity. */
export function* enumerateMazes(parameters: MazeParameters): Generator<Maze> {
  const seen = new Set<string>();
  for (const maze of everyMaze(parameters)) {
    if (parameters.identity === "symmetry") {
      const name = symmetricWords(maze).join();
      if (seen.has(name)) continue;
      seen.add(name);
    }
    yield maze;
  }
}

/** Every maze once; stops where `courses` runs below zero. */
function* everyMaze(
  parameters: MazeParameters,
  courses = { left: Number.POSITIVE_INFINITY },
): Generator<Maze> {
  const { rows, cols, costs } = parameters;
  const grid = gridOf(rows, cols);
  const again = coverage(parameters) === "some" ? new Set<string>() : undefined;
  for (const open of layoutCourses(grid, parameters)) {
    if (courses.left-- <= 0) return;
    const name = again ? open.join() : "";
    if (again?.has(name)) continue;
    again?.add(name);
    for (const ends of allEnds(grid, open, parameters))
      if (costs === 1) yield { rows, cols, open, ...ends };
      else
        for (const drawn of allCosts(grid, costs))
          yield { rows, cols, open, ...ends, costs: drawn };
  }
}

function* allCosts({ cells }: Grid, largest: number): Generator<Uint8Array> {
  for (let index = 0; index < largest ** cells; index++)
    yield Uint8Array.from(
      { length: cells },
      (_, cell) => 1 + (Math.floor(index / largest ** cell) % largest),
    );
}

/** Bounds of the number of mazes, and whether the upper one is the number itself. */
function boundsOf(parameters: MazeParameters): { most: number; least: number; exact: boolean } {
  const { rows, cols, start, goal, costs, identity } = parameters;
  const grid = gridOf(rows, cols);
  const kind = coverage(parameters);
  const ends = mostEnds(grid, parameters);
  const drawnCosts = costs ** grid.cells;
  const most = whole(2 ** log2MostLayouts(grid, parameters) * ends * drawnCosts);
  const deadEnds = start === "dead-ends" || goal === "dead-ends";
  const trees = kind === "some" || kind === "open" ? 1 : 2 ** log2PerfectMazes(rows, cols);
  const images = identity === "symmetry" ? symmetryCount(rows, cols) : 1;
  const least = (trees * (deadEnds ? 1 : ends) * drawnCosts) / images;
  return { most, least, exact: kind === "trees" && !deadEnds && images === 1 };
}

/** Rounded where it can be a whole number that is held exactly. */
function whole(value: number): number {
  return value < 2 ** 40 ? Math.round(value) : value;
}
