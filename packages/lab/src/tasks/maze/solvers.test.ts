import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../core/index.ts";
import { generatorNames } from "./generators/index.ts";
import { gridOf } from "./grid.ts";
import { costOf, type Maze } from "./maze.ts";
import { mazeParameters } from "./parameters.ts";
import { sampleMaze } from "./sample.ts";
import {
  costsFrom,
  costsTo,
  distancesFrom,
  type MazeTrace,
  mazeSolvers,
  neighboursOf,
  pathCost,
  shortestPath,
} from "./solvers/index.ts";

const mazes = fc
  .record({
    rows: fc.integer({ min: 2, max: 7 }),
    cols: fc.integer({ min: 2, max: 7 }),
    generator: fc.constantFrom(...generatorNames),
    costs: fc.constantFrom(1, 1, 9),
    seed: fc.nat(1e6),
  })
  .map(({ seed, ...given }) =>
    sampleMaze(mazeParameters.parse(given), new Random(split(keyOf(seed), "solvers"))),
  );

/** Lowest costs between all cells (Floyd 1962; Warshall 1962), `1` a step where `steps` is set. */
function floydWarshall(maze: Maze, steps = false): number[][] {
  const { offsets, cells } = gridOf(maze.rows, maze.cols);
  const cost = Array.from({ length: cells }, (_, a) =>
    Array.from({ length: cells }, (_, b) => {
      if (a === b) return 0;
      const joined = offsets.some((step, d) => a + step === b && (maze.open[a]! >> d) & 1);
      return joined ? (steps ? 1 : costOf(maze, b)) : Number.POSITIVE_INFINITY;
    }),
  );
  for (let via = 0; via < cells; via++)
    for (let a = 0; a < cells; a++)
      for (let b = 0; b < cells; b++)
        cost[a]![b] = Math.min(cost[a]![b]!, cost[a]![via]! + cost[via]![b]!);
  return cost;
}

/** A corridor of 1 x 5 cells with a dead end below its second cell, drawn into a grid of 2 x 5. */
const comb: Maze = {
  rows: 2,
  cols: 5,
  //  S - o - o - o - G
  //      |
  //  o - o   o - o - o   (the lower right corridor hangs on the goal)
  open: Uint8Array.from([2, 2 | 4 | 8, 2 | 8, 2 | 8, 4 | 8, 2, 1 | 8, 2, 2 | 8, 1 | 8]),
  start: 0,
  goal: 4,
};

const solve = (id: string, maze: Maze): MazeTrace =>
  mazeSolvers.get(id).solve(maze, new Random(keyOf(3)));
const marked = (trace: MazeTrace, tick: number) =>
  [...trace.ticks[tick]!.marks.keys()].filter((cell) => trace.ticks[tick]!.marks[cell] === 2);

describe("distances and costs", () => {
  it("are those of Floyd and Warshall", () => {
    fc.assert(
      fc.property(mazes, (maze) => {
        const costs = floydWarshall(maze);
        expect([...distancesFrom(maze, maze.start)]).toEqual(floydWarshall(maze, true)[maze.start]);
        expect([...costsFrom(maze, maze.start)]).toEqual(costs[maze.start]);
        expect([...costsTo(maze, maze.goal)]).toEqual(costs.map((row) => row[maze.goal]));
      }),
    );
  });

  it("of cells that cannot be reached are -1", () => {
    expect([...distancesFrom({ open: Uint8Array.from([2, 8, 0, 0]), cols: 2 }, 0)]).toEqual([
      0, 1, -1, -1,
    ]);
  });
});

describe("every solver", () => {
  it.each(mazeSolvers.ids)("%s walks through open sides and ends as it says", (id) => {
    fc.assert(
      fc.property(mazes, (maze) => {
        const trace = solve(id, maze);
        expect(trace.path[0]).toBe(maze.start);
        for (let i = 1; i < trace.path.length; i++)
          expect(neighboursOf(maze, trace.path[i - 1]!)).toContain(trace.path[i]);
        expect(trace.arrived).toBe(trace.path.at(-1) === maze.goal);
        for (let tick = 1; tick < trace.ticks.length; tick++) {
          const marks = trace.ticks[tick]!.marks;
          // What was touched stays touched, and every tick touches something.
          trace.ticks[tick - 1]!.marks.forEach((mark, cell) => {
            if (mark > 0) expect(marks[cell]).toBeGreaterThan(0);
          });
          expect(marks).toContain(2);
        }
        expect(solve(id, maze)).toEqual(trace);
      }),
      { numRuns: 40 },
    );
  });

  it("finds the way of a perfect maze, but for the greedy and the random walker", () => {
    for (let seed = 0; seed < 30; seed++) {
      const parameters = mazeParameters.parse({ generator: "wilson", rows: 6, cols: 5 });
      const maze = sampleMaze(parameters, new Random(keyOf(seed)));
      const path = shortestPath(maze);
      for (const id of ["breadth-first", "a-star", "value-iteration", "dead-end-filling"])
        expect(solve(id, maze).path).toEqual(path);
      const walked = solve("wall-follower", maze);
      expect(walked.arrived).toBe(true);
      expect(walked.path.length - 1).toBeLessThanOrEqual(2 * 29);
    }
  });

  it("breadth-first takes fewest steps; A* and value iteration cost least; rules often do neither", () => {
    const misses = { "breadth-first": 0, "dead-end-filling": 0, "wall-follower": 0, greedy: 0 };
    const given = { generator: "percolation", share: 0.8, rows: 6, cols: 6, costs: 9 };
    const parameters = mazeParameters.parse(given);
    const random = new Random(keyOf(5));
    for (let i = 0; i < 100; i++) {
      const maze = sampleMaze(parameters, random);
      const least = floydWarshall(maze)[maze.start]![maze.goal]!;
      for (const id of ["a-star", "value-iteration"])
        expect(pathCost(maze, solve(id, maze).path)).toBe(least);
      expect(solve("breadth-first", maze).path.length - 1).toBe(
        floydWarshall(maze, true)[maze.start]![maze.goal],
      );
      for (const id of Object.keys(misses) as (keyof typeof misses)[]) {
        const { path, arrived } = solve(id, maze);
        if (!arrived || pathCost(maze, path) > least) misses[id]++;
      }
    }
    for (const count of Object.values(misses)) expect(count).toBeGreaterThan(20);
  });
});

describe("ticks", () => {
  it("of breadth-first search are its wavefronts", () => {
    const trace = solve("breadth-first", comb);
    expect(trace.ticks.map((_, tick) => marked(trace, tick))).toEqual([
      [0],
      [1],
      [2, 6],
      [3, 5],
      [4],
    ]);
    expect(trace.path).toEqual([0, 1, 2, 3, 4]);
  });

  it("of dead-end filling are its waves", () => {
    const trace = solve("dead-end-filling", comb);
    expect(trace.ticks.map((_, tick) => marked(trace, tick))).toEqual([[], [5, 7], [6, 8], [9]]);
    expect([...trace.ticks.at(-1)!.marks]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 2]);
  });

  it("of value iteration are sweeps: after k of them every cost of at most k steps is right", () => {
    const trace = solve("value-iteration", comb);
    const infinity = Number.POSITIVE_INFINITY;
    expect([...trace.ticks[2]!.values!]).toEqual([
      ...[infinity, infinity, 2, 1, 0],
      ...[infinity, infinity, infinity, 2, 1],
    ]);
    expect(trace.ticks.length).toBe(6);
    expect([...trace.ticks.at(-1)!.values!]).toEqual([4, 3, 2, 1, 0, 5, 4, 3, 2, 1]);
  });

  it("of A* expand no cell whose estimate is above the cost of the way", () => {
    const trace = solve("a-star", comb);
    expect(trace.ticks.map((_, tick) => marked(trace, tick))).toEqual([[0], [1], [2], [3], [4]]);
  });

  it("of the wall follower are steps with the right hand on the wall", () => {
    // North is closed, so that it turns to its right first, which is east; then down, round the dead end, on.
    expect(solve("wall-follower", comb).path).toEqual([0, 1, 6, 5, 6, 1, 2, 3, 4]);
  });

  it("of the greedy walker are steps towards the goal, into a pocket without return", () => {
    expect(solve("greedy", comb).path).toEqual([0, 1, 2, 3, 4]);
    // From the pocket's end both ways out lead away: it steps back and in again.
    const pocket: Maze = { ...comb, start: 7, goal: 0, open: comb.open };
    expect(solve("greedy", pocket).arrived).toBe(false);
  });
});
