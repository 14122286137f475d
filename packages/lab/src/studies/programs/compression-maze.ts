/**
 * The experiment `compression-maze`: one maze of growing path length, written down step by step or solved by a short
 * program. The paper, section 2.1 (compression of complex policies): one long maze is cheaper to solve than to write
 * down; for random labels there is nothing to solve.
 */
import {
  bitsOf,
  cheapestPath,
  enumerableGrids,
  type Grid,
  type GridLanguage,
  headingOf,
  placeOf,
  printProgram,
} from "../../architectures/index.ts";
import { groupBy, keyOf, type Program, Random, split, WorkError } from "../../core/index.ts";
import { enumeratePrograms } from "../../optimizers/index.ts";
import { drawExamples, shortestTreeBits } from "./labels.ts";
import { type MazeParameters, sampleMaze, sampleMazes } from "./mazes.ts";

export interface CompressionMazeOptions {
  readonly language: GridLanguage;
  /** Size of the one maze, and of those that a general solver must solve. */
  readonly mazes: MazeParameters;
  /** Path lengths in steps; those longer than the maze has are left out. */
  readonly lengths: readonly number[];
  /** Mazes that the general solver must solve. */
  readonly count: number;
  readonly seeds: readonly number[];
  readonly fuel: number;
  /** Length up to which every program is tried. */
  readonly maxBits: number;
  /** Numbers of examples to classify. */
  readonly examples: readonly number[];
  /** Features of an example, a power of 2. */
  readonly features: number;
  readonly onRow?: (row: CompressionRow) => void;
  readonly signal?: AbortSignal;
}

/** A task of one size: bits to write its answer down, and bits of the shortest program that gives it. */
export interface CompressionRow {
  readonly task: "maze" | "random-labels" | "rule-labels";
  readonly seed: number;
  /** Steps of the shortest way, or examples. */
  readonly size: number;
  /** Bits of the literal answer: the program of moves alone; one bit a label. */
  readonly literalBits: number;
  /** Bits of the shortest program for this one maze or set; exact. */
  readonly shortestBits: number;
  /** A shortest program, for mazes. */
  readonly shortest: string | undefined;
  /** Bits of the shortest program that solves many mazes; exact for these mazes. None for random labels. */
  readonly generalBits: number | undefined;
  readonly general: string | undefined;
}

/** Where the literal answer comes to cost more than a program, for one task and seed. */
export interface Crossing {
  readonly task: CompressionRow["task"];
  readonly seed: number;
  /** Least size from which on the literal answer costs more than the shortest program; undefined if it never does. */
  readonly shortest: number | undefined;
  /** The same for the general solver. */
  readonly general: number | undefined;
}

/**
 * One row for each task, seed and size.
 * @throws WorkError if no general solver is found up to `maxBits`, the signal's reason when aborted.
 */
export async function compressionMaze(options: CompressionMazeOptions): Promise<{
  readonly rows: CompressionRow[];
  readonly crossings: Crossing[];
}> {
  const rows: CompressionRow[] = [];
  const add = (row: CompressionRow) => {
    rows.push(row);
    options.onRow?.(row);
  };
  for (const seed of options.seeds) {
    await mazeRows(options, seed, add);
    labelRows(options, seed, add);
  }
  return { rows, crossings: crossingsOf(rows) };
}

async function mazeRows(
  { language, mazes, lengths, count, fuel, maxBits, signal }: CompressionMazeOptions,
  seed: number,
  add: (row: CompressionRow) => void,
): Promise<void> {
  const key = split(keyOf(seed), "compression-maze");
  const stop = signal ? { signal } : {};
  const shortestFor = async (grids: readonly Grid[]) => {
    const task = enumerableGrids(language, grids, fuel);
    const found = await enumeratePrograms(task, { maxBits, maxSolvers: 1, ...stop });
    return found.solvers[0];
  };
  const general = await shortestFor(sampleMazes(mazes, count, split(key, "general")));
  if (!general)
    throw new WorkError(`no program of ${maxBits} bits solves ${count} mazes in '${language.id}'`);
  const maze = sampleMaze(mazes, split(key, "maze"));
  for (const size of lengths) {
    const goal = goalAt(maze, size);
    if (goal === undefined) continue;
    const grid = { ...maze, goal };
    const shortest = await shortestFor([grid]);
    if (!shortest)
      throw new WorkError(`no program of ${maxBits} bits solves the maze of ${size} steps`);
    add({
      task: "maze",
      seed,
      size,
      literalBits: bitsOf(language, literalPath(grid)),
      shortestBits: bitsOf(language, shortest),
      shortest: printProgram(shortest),
      generalBits: bitsOf(language, general),
      general: printProgram(general),
    });
  }
}

/** A cell so many steps from the start; the first of them in the order of cells. */
function goalAt(maze: Grid, size: number): number | undefined {
  const unweighted = { ...maze, weights: Array.from(maze.weights, () => 1) };
  for (let goal = 0; goal < maze.width * maze.height; goal++)
    if (goal !== maze.start && cheapestPath({ ...unweighted, goal }).path.length === size + 1)
      return goal;
  return undefined;
}

/** The program of steps and turns alone that goes a shortest way, turning as little as that way allows. */
export function literalPath(maze: Grid): Program {
  const { path } = cheapestPath({ ...maze, weights: Array.from(maze.weights, () => 1) });
  const places: number[] = [];
  const put = (place: number) => places.push(placeOf.more, place);
  let { heading } = maze;
  for (const [i, cell] of path.slice(1).entries()) {
    const wanted = headingOf(cell - path[i]!, maze);
    const turn = (wanted - heading + 4) % 4;
    if (turn === 3) put(placeOf.left);
    else for (let t = 0; t < turn; t++) put(placeOf.right);
    put(placeOf.step);
    heading = wanted;
  }
  return Uint8Array.from([...places, placeOf.end]);
}

function labelRows(
  { examples, features }: CompressionMazeOptions,
  seed: number,
  add: (row: CompressionRow) => void,
): void {
  const key = split(keyOf(seed), "labels");
  const random = new Random(split(key, "random"));
  const most = Math.max(...examples, 1);
  const rule = (value: number) => value & 1 & ((value >> 1) & 1);
  const sets = {
    "random-labels": drawExamples(most, features, random, () => random.integer(2)),
    "rule-labels": drawExamples(most, features, new Random(split(key, "rule")), rule),
  } as const;
  // Branch on one feature, on the other where it is set, three leaves.
  const ruleBits = 2 * (1 + Math.log2(features)) + 3 * 2;
  for (const task of ["random-labels", "rule-labels"] as const)
    for (const size of examples)
      add({
        task,
        seed,
        size,
        literalBits: size,
        shortestBits: shortestTreeBits(sets[task].slice(0, size), features),
        shortest: undefined,
        generalBits: task === "rule-labels" ? ruleBits : undefined,
        general: task === "rule-labels" ? "feature 1 and feature 2" : undefined,
      });
}

function crossingsOf(rows: readonly CompressionRow[]): Crossing[] {
  const groups = groupBy(rows, ({ task, seed }) => `${task} ${seed}`);
  return [...groups.values()].map((group) => {
    const { task, seed } = group[0]!;
    const bySize = [...group].sort((a, b) => a.size - b.size);
    const from = (bits: (row: CompressionRow) => number | undefined) => {
      let crossing: number | undefined;
      for (const row of bySize) {
        const program = bits(row);
        if (program === undefined || row.literalBits <= program) crossing = undefined;
        else crossing ??= row.size;
      }
      return crossing;
    };
    return {
      task,
      seed,
      shortest: from(({ shortestBits }) => shortestBits),
      general: from(({ generalBits }) => generalBits),
    };
  });
}
