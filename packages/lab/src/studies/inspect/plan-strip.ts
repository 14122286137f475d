/** A plan as it forms, tick by tick, beside a wavefront and the filling of dead ends: plain values that figures draw. */
import type { Prediction } from "../../core/index.ts";
import { keyOf, Random } from "../../core/index.ts";
import {
  type Maze,
  type MazeSolver,
  mazeSolvers,
  passable,
  pathExample,
  pixelOfCell,
  pixelOfWall,
  pixelSize,
} from "../../tasks/index.ts";

/** What is drawn of one method. */
export interface PlanRow {
  readonly title: string;
  /** What became of it, e.g. "arrives at tick 9". */
  readonly note: string;
  /** `[height x width]` from 0 to 1, one for each column; undefined where the method has nothing to show. */
  readonly planes: readonly (readonly number[] | undefined)[];
}

export interface PlanStrip {
  readonly height: number;
  readonly width: number;
  /** `[height x width]`: 1 where a wall is. */
  readonly walls: readonly number[];
  /** Pixels. */
  readonly start: number;
  readonly goal: number;
  /** Ticks after which the columns show things. */
  readonly ticks: readonly number[];
  /** The subject first. */
  readonly rows: readonly PlanRow[];
  /** Ticks that the subject has; undefined for one that answers at once. */
  readonly most: number | undefined;
  /** The first tick from which on the subject's answer is right; undefined where its last is wrong. */
  readonly solvedAt: number | undefined;
}

/** Answers to one maze: logits `[height x width]` after each tick, or one answer. */
export interface PlanAnswers {
  readonly ticks: readonly ArrayLike<number>[] | undefined;
  readonly last: ArrayLike<number>;
}

/** The answers to example `index` of a batch. */
export function answersTo(
  { outputs, ticks }: Prediction,
  maze: Pick<Maze, "rows" | "cols">,
  index: number,
): PlanAnswers {
  const { height, width } = pixelSize(maze);
  const of = (all: Float32Array) => all.slice(index * height * width, (index + 1) * height * width);
  return { ticks: ticks?.map(of), last: of(outputs) };
}

/** 1, 2, 4, ... below the most, and the most itself; at most six, the earlier ones left out first. */
export function usualTicks(most: number): number[] {
  const ticks: number[] = [];
  for (let tick = 1; tick < most; tick *= 2) ticks.push(tick);
  return [...ticks, most].slice(-6);
}

/** Number of ticks that the methods beside the subject take at most. */
function solverTicks(maze: Maze): number {
  const lengths = [breadthFirst, deadEndFilling].map(
    ({ solve }) => solve(maze, unused).ticks.length,
  );
  return Math.max(1, ...lengths.map((length) => length - 1));
}

const breadthFirst = mazeSolvers.get("breadth-first");
const deadEndFilling = mazeSolvers.get("dead-end-filling");
/** Neither of them draws anything. */
const unused = new Random(keyOf(0));

/**
 * The strip of one maze.
 * @param title of the subject
 * @param ticks columns, ascending; the usual ones where left out
 */
export function planStrip(
  maze: Maze,
  title: string,
  answers: PlanAnswers,
  ticks?: readonly number[],
): PlanStrip {
  const most = answers.ticks?.length;
  const columns = ticks ?? usualTicks(most ?? solverTicks(maze));
  const { height, width } = pixelSize(maze);
  const free = passable(maze);
  const { target } = pathExample(maze);
  const right = (logits: ArrayLike<number>) =>
    target.every((marked, pixel) => free[pixel] === 0 || logits[pixel]! > 0 === (marked === 1));
  const all = answers.ticks ?? [answers.last];
  let solvedAt: number | undefined;
  for (let tick = all.length; tick >= 1 && right(all[tick - 1]!); tick--) solvedAt = tick;
  const heat = (logits: ArrayLike<number>) =>
    Array.from(free, (open, pixel) => (open ? 1 / (1 + Math.exp(-logits[pixel]!)) : 0));
  const subject = columns.map((tick, i) =>
    answers.ticks
      ? heat(answers.ticks[Math.min(tick, answers.ticks.length) - 1]!)
      : i === columns.length - 1
        ? heat(answers.last)
        : undefined,
  );
  return {
    ...{ height, width },
    walls: Array.from(free, (open) => 1 - open),
    start: pixelOfCell(maze.cols, maze.start),
    goal: pixelOfCell(maze.cols, maze.goal),
    ticks: columns,
    rows: [
      { title, note: subjectNote(most, solvedAt), planes: subject },
      solverRow(maze, breadthFirst, columns, (last) => `at the goal after ${last}`),
      solverRow(maze, deadEndFilling, columns, (last) => `nothing left to fill after ${last}`),
    ],
    ...{ most, solvedAt },
  };
}

function subjectNote(most: number | undefined, solvedAt: number | undefined): string {
  if (most === undefined) return solvedAt === undefined ? "at once, wrong" : "at once, right";
  return solvedAt === undefined ? `wrong after ${most}` : `right from tick ${solvedAt} on`;
}

/** How strongly what was touched in an earlier tick shows. */
const earlier = 0.4;

function solverRow(
  maze: Maze,
  { title, solve }: MazeSolver,
  columns: readonly number[],
  note: (last: number) => string,
): PlanRow {
  const { ticks } = solve(maze, unused);
  const last = ticks.length - 1;
  const planes = columns.map((tick) => touched(maze, ticks[Math.min(tick, last)]!.marks));
  return { title, note: note(last), planes };
}

/** Cells touched, and the passages between two of them as early as the one touched first. */
function touched(maze: Maze, marks: ArrayLike<number>): number[] {
  const { open, cols } = maze;
  const { height, width } = pixelSize(maze);
  const plane = new Array<number>(height * width).fill(0);
  const strength = (mark: number) => (mark === 0 ? 0 : mark === 1 ? earlier : 1);
  for (let cell = 0; cell < open.length; cell++) {
    plane[pixelOfCell(cols, cell)] = strength(marks[cell]!);
    for (const [direction, step] of [
      [1, 1],
      [2, cols],
    ] as const)
      if ((open[cell]! >> direction) & 1)
        plane[pixelOfWall(cols, cell, direction)] = strength(
          Math.min(marks[cell]!, marks[cell + step]!),
        );
  }
  return plane;
}
