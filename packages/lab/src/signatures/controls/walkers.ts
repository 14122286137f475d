/** Controls that walk by what is around them: wall follower, greedy walker; and plans made without looking. */
import { type Key, Random, split } from "../../core/index.ts";
import { greedyDirection, type Maze, neighboursOf, rightHand } from "../../tasks/index.ts";
import type { Planes, Program } from "./program-subject.ts";
import { only } from "./waves.ts";

/** The next direction of a walker with a heading. */
type Step = (maze: Maze, cell: number, heading: number, noise: () => number) => number;

/** Right hand on the wall, or the left hand. */
export const followWall =
  (hand: "right" | "left"): Step =>
  ({ open }, cell, heading) => {
    if (hand === "right") return rightHand(open[cell]!, heading);
    // Mirrored, east and west change places.
    const mirrored = (open[cell]! & 5) | ((open[cell]! & 2) << 2) | ((open[cell]! & 8) >> 2);
    return mirror(rightHand(mirrored, mirror(heading)));
  };

const mirror = (direction: number): number => (direction & 1 ? 4 - direction : direction);

/** To the open neighbour nearest to the goal as the crow flies. */
export const goGreedily: Step = (maze, cell, _, noise) => greedyDirection(maze, cell, noise());

/**
 * A walk of one step a tick. Hooks: `way.<tick>` (1 at the start growing along the way, its closed rounds cut out),
 * `here.<tick>` (1 + heading where the walker is). Marks the way.
 * @param slips probability of a step in a random open direction
 */
export function walker(ticks: number, step: Step, slips: number, key: Key): Program {
  return {
    ticks,
    fixed: [],
    state: ["way", "here"],
    begin: ({ maze }) => ({ way: only(maze, maze.start), here: only(maze, maze.start) }),
    tick({ maze, index }, { way, here }, tick): Planes {
      const random = new Random(split(key, index, tick));
      const cell = here!.findIndex((value) => value > 0.5);
      if (cell < 0 || cell === maze.goal) return { way: way!, here: here! };
      const slip = random.uniform() < slips;
      const around = neighboursOf(maze, cell);
      const heading = (Math.round(here![cell]!) - 1) & 3;
      const direction = slip ? -1 : step(maze, cell, heading, () => random.uniform());
      const next = slip
        ? around[random.integer(around.length)]!
        : cell + [-maze.cols, 1, maze.cols, -1][direction]!;
      const was = way![next]!;
      const length = way![cell]!;
      const now = way!.map((place) => (was > 0 && place > was ? 0 : place));
      now[next] = was > 0 ? was : length + 1;
      const moved = new Float32Array(now.length);
      moved[next] = 1 + (slip ? heading : direction);
      return { way: now, here: moved };
    },
    marks: (_, { way }) => way!.map((place) => Number(place > 0.5)),
  };
}

/** A plan made at once without regard to walls: along the row and the column of the ends. Hooks: `plan.<tick>`. */
export function blindPlan(first: "rows" | "columns", ticks: number): Program {
  const planOf = ({ cols, open, start, goal }: Maze): Float32Array => {
    const [r0, c0, r1, c1] = [
      Math.floor(start / cols),
      start % cols,
      Math.floor(goal / cols),
      goal % cols,
    ];
    return Float32Array.from(open, (_, cell) => {
      const [r, c] = [Math.floor(cell / cols), cell % cols];
      const inRows = r >= Math.min(r0, r1) && r <= Math.max(r0, r1);
      const inCols = c >= Math.min(c0, c1) && c <= Math.max(c0, c1);
      return first === "rows"
        ? Number((c === c0 && inRows) || (r === r1 && inCols))
        : Number((r === r0 && inCols) || (c === c1 && inRows));
    });
  };
  return {
    ticks,
    fixed: [],
    state: ["plan"],
    begin: ({ maze }) => ({ plan: planOf(maze) }),
    tick: (_, state) => state,
    marks: (_, { plan }) => plan!.map((value) => Number(value > 0.5)),
  };
}
