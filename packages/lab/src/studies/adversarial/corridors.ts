/** Mazes that need no search: nothing is open but the way from start to goal. */
import type { SupervisedFamily } from "../../core/index.ts";
import {
  countable,
  directionTo,
  enumerateMazes,
  type Maze,
  type MazeParameters,
  mazePath,
  mazeWords,
  shortestPath,
} from "../../tasks/index.ts";

/** The maze with every passage closed that is not on its shortest way. */
export function corridorOf(maze: Maze): Maze {
  const open = new Uint8Array(maze.open.length);
  const way = shortestPath(maze);
  for (const [i, cell] of way.slice(1).entries()) {
    const before = way[i]!;
    open[before]! |= 1 << directionTo(maze, before, cell);
    open[cell]! |= 1 << directionTo(maze, cell, before);
  }
  return { ...maze, open };
}

/** Every corridor of mazes with these parameters, once. */
function* corridors(parameters: MazeParameters): Generator<Maze> {
  const seen = new Set<string>();
  for (const maze of enumerateMazes(parameters)) {
    const corridor = corridorOf(maze);
    const name = mazeWords(corridor).join();
    if (seen.has(name)) continue;
    seen.add(name);
    yield corridor;
  }
}

/**
 * The path form of mazes, of which only the way is left open: what is seen is what is to be marked. Corridors that are
 * new are new by their own identity, and not by that of the mazes that they were cut from.
 */
export const mazeCorridor: SupervisedFamily<MazeParameters, Maze> = {
  ...mazePath,
  sample: (parameters, random) => corridorOf(mazePath.sample(parameters, random)),
  identity: (_, maze) => mazeWords(maze),
  count(parameters) {
    // Where mazes are too many to be walked through, their number is a bound.
    const mazes = mazePath.count(parameters);
    return mazes > countable ? mazes : [...corridors(parameters)].length;
  },
  enumerate: (parameters) => corridors(parameters),
};
