/** What a solver did, tick by tick: pictures and probes look at it. */
import type { Random } from "../../../core/index.ts";
import { costOf, type Maze } from "../maze.ts";

/** Marks of a cell that was touched in an earlier tick, and in this one. */
const before = 1;
const now = 2;

/** The state after one inner iteration. */
export interface Tick {
  /** `[cells]`: 0 untouched, 1 touched in an earlier tick, 2 touched in this one. */
  readonly marks: Uint8Array;
  /** `[cells]`, where the solver holds a number for each cell: the cost from there to the goal. */
  readonly values?: Float64Array;
}

export interface MazeTrace {
  /** From the state before the first iteration to the last. */
  readonly ticks: readonly Tick[];
  /** Cells from start to goal as the solver goes; up to where it gave up when it did not arrive. */
  readonly path: readonly number[];
  /** Whether the path ends at the goal. */
  readonly arrived: boolean;
}

/** A method of finding a way through a maze; pure, but for what it draws from the stream. */
export interface MazeSolver {
  readonly id: string;
  readonly title: string;
  /** One sentence: what a tick is, and where the method fails. */
  readonly description: string;
  solve(maze: Maze, random: Random): MazeTrace;
}

/** Cost of a path: of every cell that it enters after the first. */
export function pathCost(maze: Maze, path: readonly number[]): number {
  let cost = 0;
  for (let i = 1; i < path.length; i++) cost += costOf(maze, path[i]!);
  return cost;
}

/** Collects marks: each tick's cells become earlier ones with the next. */
export class Marker {
  readonly ticks: Tick[] = [];
  readonly #marks: Uint8Array;

  constructor(cells: number) {
    this.#marks = new Uint8Array(cells);
  }

  /** Ends a tick in which these cells were touched. */
  tick(touched: Iterable<number>, values?: Float64Array): void {
    const marks = this.#marks;
    for (let cell = 0; cell < marks.length; cell++) if (marks[cell] === now) marks[cell] = before;
    for (const cell of touched) marks[cell] = now;
    this.ticks.push(
      values ? { marks: marks.slice(), values: values.slice() } : { marks: marks.slice() },
    );
  }
}

/** Cells that a cell is open to, in the order north, east, south, west. */
export function neighboursOf({ open, cols }: Maze, cell: number): number[] {
  const sides = open[cell]!;
  const cells: number[] = [];
  if (sides & 1) cells.push(cell - cols);
  if (sides & 2) cells.push(cell + 1);
  if (sides & 4) cells.push(cell + cols);
  if (sides & 8) cells.push(cell - 1);
  return cells;
}
