/** A bag of heuristics: local features of a cell, weighted as fits the training mazes, and rounds of pruning; nothing is compared. */
import { type Key, Random } from "../../core/index.ts";
import { type Design, logisticRegression, logOdds } from "../../stats/index.ts";
import { costOf, type Maze, neighboursOf, pathExample, pixelOfCell } from "../../tasks/index.ts";
import type { Program } from "./program-subject.ts";

/** Numbers that can be said of a cell at a glance; `open` is what pruning has left. */
const heuristics: readonly ((maze: Maze, cell: number, open: ArrayLike<number>) => number)[] = [
  (_, cell, open) => open[cell]!,
  (maze, cell) => Number(cell === maze.start || cell === maze.goal),
  (maze, cell) => detour(maze, cell),
  (maze, cell, open) => neighboursOf(maze, cell).filter((next) => open[next]).length,
  (maze, cell) => costOf(maze, cell),
  (maze, cell) => stepsTo(maze, cell, maze.goal),
  (maze, cell) => stepsTo(maze, cell, maze.start),
  (maze, cell) => Math.min(...neighboursOf(maze, cell).map((next) => costOf(maze, next))),
];

function stepsTo({ cols }: Maze, a: number, b: number): number {
  return Math.abs(Math.floor(a / cols) - Math.floor(b / cols)) + Math.abs((a % cols) - (b % cols));
}

/** How much longer the way through a cell would be than the direct one, if there were no walls. */
function detour(maze: Maze, cell: number): number {
  return (
    stepsTo(maze, maze.start, cell) +
    stepsTo(maze, cell, maze.goal) -
    stepsTo(maze, maze.start, maze.goal)
  );
}

/** Cells that are left when dead ends are taken away once more. */
function pruned(maze: Maze, open: Float32Array): Float32Array {
  return open.map((value, cell) => {
    if (cell === maze.start || cell === maze.goal) return 1;
    return value > 0.5 && neighboursOf(maze, cell).filter((next) => open[next]! > 0.5).length > 1
      ? 1
      : 0;
  });
}

function designOf(mazes: readonly Maze[], rounds: number, used: readonly number[]): Design {
  const rows: number[] = [];
  for (const maze of mazes) {
    let open: Float32Array = new Float32Array(maze.open.length).fill(1);
    for (let round = 0; round < rounds; round++) open = pruned(maze, open);
    for (let cell = 0; cell < open.length; cell++)
      for (const h of used) rows.push(heuristics[h]!(maze, cell, open));
  }
  const features = Float64Array.from(rows);
  return { rows: features.length / used.length, columns: used.length, features };
}

/**
 * A mixture of `count` heuristics, the first always that of pruning, the others drawn; its weights are those of a
 * logistic regression on training mazes. A tick is a round of pruning. Hooks: `open.<tick>`, `score.<tick>`.
 */
export function bagOfHeuristics(
  ticks: number,
  count: number,
  training: readonly Maze[],
  key: Key,
): Program {
  const others = new Random(key).shuffle(heuristics.map((_, h) => h).slice(1));
  const used = [0, ...others.slice(0, count - 1)];
  const labels = training.flatMap((maze) => {
    const { target } = pathExample(maze);
    return Array.from(maze.open, (_, cell) => target[pixelOfCell(maze.cols, cell)]!);
  });
  const model = logisticRegression(designOf(training, ticks, used), labels);
  const scores = (maze: Maze, open: Float32Array) => {
    const features = Float64Array.from(
      [...open.keys()].flatMap((cell) => used.map((h) => heuristics[h]!(maze, cell, open))),
    );
    return Float32Array.from(logOdds(model, { rows: open.length, columns: used.length, features }));
  };
  return {
    ticks,
    fixed: [],
    state: ["open", "score"],
    begin({ maze }) {
      const open = new Float32Array(maze.open.length).fill(1);
      return { open, score: scores(maze, open) };
    },
    tick({ maze }, { open }) {
      const left = pruned(maze, open!);
      return { open: left, score: scores(maze, left) };
    },
    marks: ({ maze }, { score }) =>
      score!.map((value, cell) => Number(value > 0 || cell === maze.start || cell === maze.goal)),
  };
}
