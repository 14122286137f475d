/** What signatures know of mazes in the path form: the picture shown, the costs behind it, and what was marked. */
import {
  type ExampleBatch,
  entryOf,
  keyOf,
  type Prediction,
  type PredictiveSubject,
  type SupervisedTask,
} from "../../core/index.ts";
import {
  costsFrom,
  costsTo,
  drawExamples,
  type Maze,
  neighboursOf,
  pixelOfCell,
} from "../../tasks/index.ts";

/** Some mazes as examples, with what their cells are worth. */
export interface MazeView {
  readonly mazes: readonly Maze[];
  readonly examples: ExampleBatch;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Pixel of each cell. */
  readonly pixels: Int32Array;
  /** Cost of the cheapest way from each cell to the goal, by maze. */
  readonly toGoal: readonly Float64Array[];
  /** Cost of the cheapest way from the start to each cell, by maze. */
  readonly fromStart: readonly Float64Array[];
}

/** Why most signatures of this folder do not apply to other tasks. */
export const onlyMazes = "it is measured on mazes in the path form only";

const views = new WeakMap<readonly unknown[], MazeView>();

/** The view of some instances, made once; undefined for tasks other than maze paths. */
export function mazeView(
  task: SupervisedTask,
  instances: readonly unknown[],
): MazeView | undefined {
  const { grid } = task.rules;
  if (task.family !== "maze-path" || !grid) return undefined;
  return entryOf(views, instances, () => {
    const mazes = instances as readonly Maze[];
    const { cols, open } = mazes[0]!;
    return {
      mazes,
      ...grid,
      // Nothing of a maze's picture is drawn: any key will do.
      examples: drawExamples(task.rules, instances, keyOf(0)),
      pixels: Int32Array.from(open, (_, cell) => pixelOfCell(cols, cell)),
      toGoal: mazes.map((maze) => costsTo(maze, maze.goal)),
      fromStart: mazes.map((maze) => costsFrom(maze, maze.start)),
    };
  });
}

const predictions = new WeakMap<PredictiveSubject, Map<string, Promise<Prediction>>>();
const viewNumbers = new WeakMap<MazeView, number>();
let viewCount = 0;

/** What a subject puts out for a view, computed once for each number of ticks. */
export function predictionOf(
  subject: PredictiveSubject,
  view: MazeView,
  ticks?: number,
): Promise<Prediction> {
  const number = entryOf(viewNumbers, view, () => viewCount++);
  const bySet = entryOf(predictions, subject, () => new Map());
  return entryOf(bySet, `${number} ${ticks ?? ""}`, () =>
    subject.predict(view.examples, ticks === undefined ? {} : { ticks }),
  );
}

/** Which cells are marked in the outputs of one maze. */
export function markedCells(view: MazeView, outputs: Float32Array, index: number): boolean[] {
  const from = index * view.height * view.width;
  return Array.from(view.pixels, (pixel) => outputs[from + pixel]! > 0);
}

/**
 * Whether marks show a way of lowest cost: start and goal joined by marked cells, and no cell marked that is on
 * no such way. (One of several ways that tie is as good as all of them.)
 */
export function marksCheapestWay(marked: readonly boolean[], maze: Maze): boolean {
  if (!marked[maze.start] || !marked[maze.goal]) return false;
  const toGoal = costsTo(maze, maze.goal);
  const fromStart = costsFrom(maze, maze.start);
  const least = toGoal[maze.start]!;
  for (let cell = 0; cell < marked.length; cell++)
    if (marked[cell] && fromStart[cell]! + toGoal[cell]! > least) return false;
  return joinsEnds(marked, maze);
}

/** Between which ends a cost is asked for: to the goal, or from the start. */
export type End = "goal" | "start";

/**
 * Cells that can be reached without passing an end (itself left out). What lies behind the goal or the start is on no
 * way from one to the other: to choose among ways nobody needs to value it.
 */
export function before(end: End, maze: Maze): ReadonlySet<number> {
  const { start, goal } = maze;
  const [from, to] = end === "goal" ? [start, goal] : [goal, start];
  const seen = new Set([from]);
  for (const cell of seen)
    for (const next of neighboursOf(maze, cell)) if (next !== to) seen.add(next);
  return seen;
}

/** Unmarked cells beside the marked way, before an end: the options that were not taken. */
export function optionsNotTaken(marked: readonly boolean[], maze: Maze, end: End): number[] {
  const candidates = before(end, maze);
  return [...marked.keys()].filter(
    (cell) =>
      !marked[cell] &&
      cell !== maze.start &&
      cell !== maze.goal &&
      candidates.has(cell) &&
      neighboursOf(maze, cell).some((next) => marked[next]),
  );
}

/** Whether marked cells join start and goal. */
export function joinsEnds(marked: readonly boolean[], maze: Maze): boolean {
  if (!marked[maze.start] || !marked[maze.goal]) return false;
  const seen = new Set([maze.start]);
  for (const cell of seen)
    for (const next of neighboursOf(maze, cell)) if (marked[next]) seen.add(next);
  return seen.has(maze.goal);
}
