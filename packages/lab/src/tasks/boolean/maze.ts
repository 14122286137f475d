/** Which way first in a maze of four or six cells: a way is good if the goal can be reached by it. */
import type { BooleanProblem } from "./problem.ts";

/** A passage between two cells that is open or closed, as an input of this name says, or always open. */
interface Passage {
  readonly between: readonly [number, number];
  readonly name?: string;
}

interface Maze {
  readonly goal: number;
  readonly passages: readonly Passage[];
  /** The cells next to the start, cell 0, in the order in which they are tried. */
  readonly first: readonly number[];
}

/** Whether the goal can be reached from the start by going to `first` and not coming back; depth-first search. */
function leadsToGoal(maze: Maze, open: readonly boolean[], first: number): boolean {
  const next = (cell: number): number[] =>
    maze.passages.flatMap(({ between: [a, b] }, i) => {
      if (!open[i]) return [];
      if (a === cell) return [b];
      return b === cell ? [a] : [];
    });
  if (!next(0).includes(first)) return false;
  const seen = new Set([0, first]);
  const stack = [first];
  for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
    if (cell === maze.goal) return true;
    for (const other of next(cell))
      if (!seen.has(other)) {
        seen.add(other);
        stack.push(other);
      }
  }
  return false;
}

function mazeProblem(id: string, title: string, description: string, maze: Maze): BooleanProblem {
  const inputs = maze.passages.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return {
    id,
    title,
    description,
    inputs,
    candidates: ["right", "down"],
    scoreBits: ["leads to the goal"],
    score(bits, candidate) {
      const open = maze.passages.map(
        ({ name }) => name === undefined || bits[inputs.indexOf(name)] === 1,
      );
      return [leadsToGoal(maze, open, maze.first[candidate]!) ? 1 : 0];
    },
  };
}

/** Cells 0 1 / 2 3, from 0 to 3. */
export const maze2x2 = mazeProblem(
  "maze-2x2",
  "first move in a 2 x 2 maze",
  "Four passages are open or closed; the way first from one corner to the other is right, unless only down leads there.",
  {
    goal: 3,
    first: [1, 2],
    passages: [
      { between: [0, 1], name: "start-right" },
      { between: [1, 3], name: "right-goal" },
      { between: [0, 2], name: "start-down" },
      { between: [2, 3], name: "down-goal" },
    ],
  },
);

/** Cells 0 1 2 / 3 4 5, from 0 to 5; the middle passage is open so that six inputs suffice. */
export const maze2x3 = mazeProblem(
  "maze-2x3",
  "first move in a 2 x 3 maze",
  "Six passages are open or closed and the middle one is open; the way first from one corner to the other is right, unless only down leads there.",
  {
    goal: 5,
    first: [1, 3],
    passages: [
      { between: [0, 1], name: "0-1" },
      { between: [1, 2], name: "1-2" },
      { between: [2, 5], name: "2-5" },
      { between: [0, 3], name: "0-3" },
      { between: [3, 4], name: "3-4" },
      { between: [4, 5], name: "4-5" },
      { between: [1, 4] },
    ],
  },
);
