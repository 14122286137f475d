/** Planners that label cells with costs in waves: breadth-first search and Dijkstra's algorithm, A*, trials with backups. */
import { type Key, Random, split } from "../../core/index.ts";
import { costOf, type Maze, neighboursOf } from "../../tasks/index.ts";
import type { Planes, Program, Shown } from "./program-subject.ts";

/** Share of a label that is left after a cost of 1; labels are 1 at their source and 0 where there is none. */
const discount = 0.93;
const costOfLabel = (label: number): number => Math.log(label) / Math.log(discount);

/** What a planner believes entering a cell to cost. */
export interface Beliefs {
  /** Whether it knows of costs; if not each cell costs 1. */
  readonly seesCosts?: boolean;
  /** Deviation of a fixed error of each cell's cost, in units of that cost. */
  readonly corruption?: number;
  readonly key: Key;
}

/** Share of a label that is left on entering each cell. */
function believedShares(
  maze: Maze,
  { seesCosts = true, corruption = 0, key }: Beliefs,
): Float64Array {
  const random = new Random(key);
  return Float64Array.from(maze.open, (_, cell) => {
    const error = Math.max(0.1, 1 + corruption * random.normal());
    return discount ** ((seesCosts ? costOf(maze, cell) : 1) * error);
  });
}

/** Cells from `from` along ever better labels, until none is better. */
function climb(maze: Maze, labels: ArrayLike<number>, from: number): boolean[] {
  const on = new Array<boolean>(maze.open.length).fill(false);
  on[from] = true;
  for (let cell = from; ; ) {
    let best = cell;
    for (const next of neighboursOf(maze, cell)) if (labels[next]! > labels[best]!) best = next;
    if (best === cell) return on;
    on[best] = true;
    cell = best;
  }
}

const nowhere = ({ maze }: Shown): boolean[] => new Array<boolean>(maze.open.length).fill(false);

/** 1 at a cell, 0 elsewhere. */
export function only(maze: Maze, cell: number): Float32Array {
  const plane = new Float32Array(maze.open.length);
  plane[cell] = 1;
  return plane;
}

const cellOf = (plane: Float32Array): number =>
  plane.reduce((best, value, cell) => (value > plane[best]! ? cell : best), 0);

/**
 * Breadth-first search with costs (Dijkstra 1959; Moore 1959) as a wave from the start. Hooks: `goal`,
 * `distance.<tick>` (the label of each cell) and `frontier.<tick>` (cells whose label has just changed). Once the
 * goal has a label, the way back along ever better labels is marked.
 */
export function wavefront(ticks: number, beliefs: Beliefs): Program {
  return {
    ticks,
    fixed: ["goal"],
    state: ["distance", "frontier"],
    prepare: (maze) => ({ goal: only(maze, maze.goal) }),
    begin: ({ maze }) => ({
      distance: only(maze, maze.start),
      frontier: only(maze, maze.start),
    }),
    tick({ maze }, state) {
      const distance = state["distance"]!;
      const shares = believedShares(maze, beliefs);
      const next = distance.slice();
      distance.forEach((value, from) => {
        if (value <= 0) return;
        for (const cell of neighboursOf(maze, from))
          next[cell] = Math.max(next[cell]!, value * shares[cell]!);
      });
      return {
        distance: next,
        frontier: next.map((value, cell) => Number(value > distance[cell]!)),
      };
    },
    marks(shown, state) {
      const goal = cellOf(shown.fixed["goal"]!);
      return state["distance"]![goal]! > 0
        ? climb(shown.maze, state["distance"]!, goal)
        : nowhere(shown);
    },
  };
}

/**
 * A* (Hart, Nilsson and Raphael 1968): a tick expands the open cell of least cost so far plus `weight` times the
 * steps to the goal as if there were no walls. Hooks: `goal`, `distance.<tick>`, `closed.<tick>`.
 */
export function aStar(ticks: number, weight: number, beliefs: Beliefs): Program {
  return {
    ticks,
    fixed: ["goal"],
    state: ["distance", "closed"],
    prepare: (maze) => ({ goal: only(maze, maze.goal) }),
    begin: ({ maze }) => ({
      distance: only(maze, maze.start),
      closed: new Float32Array(maze.open.length),
    }),
    tick({ maze, fixed }, state) {
      const goal = cellOf(fixed["goal"]!);
      const distance = state["distance"]!.slice();
      const closed = state["closed"]!.slice();
      const shares = believedShares(maze, beliefs);
      let best = -1;
      let least = Number.POSITIVE_INFINITY;
      distance.forEach((value, cell) => {
        if (value <= 0 || closed[cell]! > 0.5) return;
        const estimate = costOfLabel(value) + weight * stepsBetween(maze, cell, goal);
        if (estimate < least) [best, least] = [cell, estimate];
      });
      if (best < 0 || closed[goal]! > 0.5) return { distance, closed };
      closed[best] = 1;
      for (const cell of neighboursOf(maze, best)) {
        const value = distance[best]! * shares[cell]!;
        if (value <= distance[cell]!) continue;
        distance[cell] = value;
        closed[cell] = 0;
      }
      return { distance, closed };
    },
    marks(shown, state) {
      const goal = cellOf(shown.fixed["goal"]!);
      return state["closed"]![goal]! > 0.5
        ? climb(shown.maze, state["distance"]!, goal)
        : nowhere(shown);
    },
  };
}

function stepsBetween({ cols }: Maze, a: number, b: number): number {
  const rows = Math.abs(Math.floor(a / cols) - Math.floor(b / cols));
  return rows + Math.abs((a % cols) - (b % cols));
}

/** Random walks that are backed up together in one tick of `trials`. */
const walksPerTick = 4;

/**
 * Trials: random walks from the start, after which the cells that were walked on are backed up at once from the
 * values before the tick (asynchronous dynamic programming: Barto, Bradtke and Singh 1995). Four walks a tick.
 * Hooks: `goal`, `value.<tick>`.
 */
export function trials(ticks: number, length: number, beliefs: Beliefs): Program {
  return {
    ticks,
    fixed: ["goal"],
    state: ["value"],
    prepare: (maze) => ({ goal: only(maze, maze.goal) }),
    begin: ({ fixed }) => ({ value: fixed["goal"]!.slice() }),
    tick({ maze, fixed, index }, state, tick) {
      const goal = cellOf(fixed["goal"]!);
      const random = new Random(split(beliefs.key, index, tick));
      const shares = believedShares(maze, beliefs);
      const before = state["value"]!;
      const walked = new Set<number>();
      for (let walk = 0; walk < walksPerTick; walk++)
        for (let cell = maze.start, steps = 0; steps < length && cell !== goal; steps++) {
          walked.add(cell);
          const around = neighboursOf(maze, cell);
          cell = around[random.integer(around.length)]!;
        }
      const value = before.slice();
      for (const cell of walked) {
        value[cell] = 0;
        for (const next of neighboursOf(maze, cell))
          value[cell] = Math.max(value[cell]!, before[next]! * shares[next]!);
      }
      return { value };
    },
    marks(shown, state) {
      const value = state["value"]!;
      return value[shown.maze.start]! > 0
        ? climb(shown.maze, value, shown.maze.start)
        : nowhere(shown);
    },
  };
}

/** Any program with a planner's labels computed beside it, which nothing uses. */
export function withIdleLabels(program: Program, beliefs: Beliefs): Program {
  const wave = wavefront(program.ticks ?? 1, beliefs);
  const part = (state: Planes, names: readonly string[]): Planes =>
    Object.fromEntries(names.map((name) => [name, state[name]!]));
  return {
    ticks: program.ticks,
    fixed: program.fixed,
    state: [...program.state, ...wave.state],
    ...(program.prepare ? { prepare: program.prepare } : {}),
    begin: (shown) => ({ ...program.begin(shown), ...wave.begin(shown) }),
    tick: (shown, state, tick) => ({
      ...program.tick(shown, part(state, program.state), tick),
      ...wave.tick(shown, part(state, wave.state), tick),
    }),
    marks: (shown, state) => program.marks(shown, part(state, program.state)),
  };
}
