/**
 * How often the subject does as a method that evaluates nothing does, on mazes on which that method errs: Knutson
 * et al. 2024 (arXiv 2410.03020). Held-out mazes, and the same with walls taken away so that there are loops.
 */
import { type ExampleBatch, Random, type Signature, split } from "../core/index.ts";
import { drawExamples, fillDeadEnds, type Maze, mazeSolvers } from "../tasks/index.ts";
import {
  type MazeView,
  markedCells,
  marksCheapestWay,
  mazeView,
  notApplicable,
  onlyMazes,
  share,
} from "./maze/index.ts";
import { withLoops } from "./maze/loops.ts";

interface Candidate {
  readonly id: string;
  marks(maze: Maze, random: Random): boolean[];
}

const visited = (id: string): Candidate => ({
  id,
  marks(maze, random) {
    const { path } = mazeSolvers.get(id).solve(maze, random);
    return marksOf(maze, path);
  },
});

/** A walker's way without the parts that it walked in vain. */
const straightened = (id: string): Candidate => ({
  id: `${id}, straightened`,
  marks(maze, random) {
    const { path } = mazeSolvers.get(id).solve(maze, random);
    return marksOf(maze, withoutLoops(path));
  },
});

function marksOf({ open }: Maze, path: readonly number[]): boolean[] {
  const on = new Set(path);
  return Array.from(open, (_, cell) => on.has(cell));
}

/** A walk with its closed rounds cut out, as they are closed (Lawler 1980, loop erasure). */
export function withoutLoops(path: readonly number[]): number[] {
  const out: number[] = [];
  for (const cell of path) {
    const at = out.indexOf(cell);
    if (at >= 0) out.length = at;
    out.push(cell);
  }
  return out;
}

const candidates: readonly Candidate[] = [
  {
    id: "dead-end-filling",
    marks: (maze) => Array.from(fillDeadEnds(maze), (filled) => filled === 0),
  },
  visited("wall-follower"),
  straightened("wall-follower"),
  visited("greedy"),
  straightened("greedy"),
];

const fewest = 10;

export const emulation: Signature = {
  id: "emulation",
  question: "Does the subject do as a method that evaluates nothing does, where that method errs?",
  source: "Knutson et al. 2024 (arXiv 2410.03020)",
  unit: "share of mazes on which the method errs",
  async supervised(subject, instances, { task, key }) {
    const view = mazeView(task, instances.heldOut);
    if (!view) return notApplicable("emulation", onlyMazes);
    const random = new Random(split(key, "emulation"));
    const mazes = [...view.mazes, ...view.mazes.map((maze) => withLoops(maze, random))];
    const examples: ExampleBatch = drawExamples(task.rules, mazes, key);
    const { outputs } = await subject.predict(examples);
    const all: MazeView = { ...view, mazes, examples };
    const agreements = candidates.map(({ id, marks }) => ({
      id,
      agrees: mazes.flatMap((maze, i) => {
        const theirs = marks(maze, random);
        if (marksCheapestWay(theirs, maze)) return [];
        const ours = markedCells(all, outputs, i);
        return [theirs.every((mark, cell) => mark === ours[cell])];
      }),
    }));
    const usable = agreements.filter(({ agrees }) => agrees.length >= fewest);
    if (usable.length === 0)
      return notApplicable("emulation", `no method errs on ${fewest} of the mazes or more`);
    const rates = usable.map(({ id, agrees }) => ({ id, n: agrees.length, ...share(agrees) }));
    const best = rates.reduce((a, b) => (b.value > a.value ? b : a));
    return {
      signature: "emulation",
      applicable: true,
      value: best.value,
      interval: best.interval,
      unit: "share of mazes",
      n: best.n,
      baselines: { "a solver that is always right": 0 },
      parts: Object.fromEntries(
        rates.map(({ id, value, interval }) => [id, { value, interval, unit: "share of mazes" }]),
      ),
      series: {},
    };
  },
};
