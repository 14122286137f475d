import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../core/index.ts";
import { drawMaze } from "./draw.ts";
import { generatorNames } from "./generators/index.ts";
import type { Maze } from "./maze.ts";
import { mazeParameters } from "./parameters.ts";
import {
  countCheapestPaths,
  pathBits,
  pathChance,
  pathExample,
  pathPlanes,
  wholeMazeAccuracy,
} from "./path.ts";
import { sampleMaze } from "./sample.ts";
import { costsTo, mazeSolvers, neighboursOf, pathCost, shortestPath } from "./solvers/index.ts";

/**
 *   S - o - o     start top left, goal bottom right
 *   |       |
 *   o - o   G
 */
const fork: Maze = {
  rows: 2,
  cols: 3,
  open: Uint8Array.from([2 | 4, 2 | 8, 4 | 8, 1 | 2, 8, 1]),
  start: 0,
  goal: 5,
};
/** Two ways around a square. */
const square: Maze = { rows: 2, cols: 2, open: Uint8Array.from([6, 12, 3, 9]), start: 0, goal: 3 };

const small = fc
  .record({
    rows: fc.integer({ min: 2, max: 4 }),
    cols: fc.integer({ min: 2, max: 4 }),
    generator: fc.constantFrom(...generatorNames),
    costs: fc.constantFrom(1, 3),
    seed: fc.nat(1e6),
  })
  .map(({ seed, ...given }) =>
    sampleMaze(mazeParameters.parse(given), new Random(split(keyOf(seed), "path"))),
  );

/** All walks without a repeated cell from start to goal. */
function simplePaths(maze: Maze, path: readonly number[] = [maze.start]): number[][] {
  if (path.at(-1) === maze.goal) return [[...path]];
  return neighboursOf(maze, path.at(-1)!)
    .filter((cell) => !path.includes(cell))
    .flatMap((cell) => simplePaths(maze, [...path, cell]));
}

const rowsOf = (plane: ArrayLike<number>, width: number) =>
  Array.from({ length: plane.length / width }, (_, y) =>
    Array.from({ length: width }, (_, x) => plane[y * width + x]).join(""),
  );

describe("pathExample", () => {
  it("draws walls, start, goal, and the way as a target", () => {
    const { input, target, mask } = pathExample(fork);
    const { names, height, width } = pathPlanes(fork, false);
    expect([names, height, width]).toEqual([["walls", "start", "goal"], 5, 7]);
    expect(rowsOf(input, 7)).toEqual([
      ...["1111111", "1000001", "1011101", "1000101", "1111111"],
      ...["0000000", "0100000", "0000000", "0000000", "0000000"],
      ...["0000000", "0000000", "0000000", "0000010", "0000000"],
    ]);
    expect(rowsOf(target, 7)).toEqual(["0000000", "0111110", "0000010", "0000010", "0000000"]);
    expect(rowsOf(mask, 7)).toEqual(["0000000", "0111110", "0100010", "0111010", "0000000"]);
  });

  it("marks the union of all cheapest ways", () => {
    fc.assert(
      fc.property(small, (maze) => {
        const paths = simplePaths(maze).map((path) => ({ path, cost: pathCost(maze, path) }));
        const least = Math.min(...paths.map(({ cost }) => cost));
        const best = paths.filter(({ cost }) => cost === least).map(({ path }) => path);
        const cells = new Set(best.flat());
        const moves = new Set(
          best.flatMap((path) => path.slice(1).map((to, i) => [path[i]!, to].sort().join())),
        );
        const { target } = pathExample(maze);
        expect(target.reduce((a, b) => a + b, 0)).toBe(cells.size + moves.size);
        for (const cell of cells) {
          const row = Math.floor(cell / maze.cols);
          const col = cell % maze.cols;
          expect(target[(2 * row + 1) * (2 * maze.cols + 1) + 2 * col + 1]).toBe(1);
        }
        expect(countCheapestPaths(maze)).toBe(best.length);
        expect(costsTo(maze, maze.goal)[maze.start]).toBe(least);
      }),
    );
  });

  it("shows costs where cells have them", () => {
    const { input } = pathExample({ ...square, costs: Uint8Array.from([15, 3, 1, 6]) });
    const costs = input.subarray(75);
    // The pixels of the four cells in a picture of 5 x 5.
    expect([6, 8, 16, 18].map((pixel) => costs[pixel])).toEqual(
      [1, 3 / 15, 1 / 15, 6 / 15].map(Math.fround),
    );
    expect(costs.filter((cost) => cost !== 0).length).toBe(4);
  });
});

describe("chance of the path form", () => {
  it("is the product of one over the choices on the way", () => {
    // Two sides at the start, one way on after that: 1/2, one bit.
    expect([...pathChance(fork).probabilities]).toEqual([0.5, 0.5]);
    expect(pathBits(fork)).toBe(1);
    // Either way around the square is right.
    expect([...pathChance(square).values]).toEqual([1]);
    expect(pathBits(square)).toBeCloseTo(0, 12);
  });

  it("agrees with the enumeration of all walks that never turn back", () => {
    fc.assert(
      fc.property(small, (maze) => {
        const least = costsTo(maze, maze.goal)[maze.start]!;
        // Walks of at most as many steps as there are cells: a cheapest way has no more.
        const follow = (path: readonly number[], p: number): number => {
          const cell = path.at(-1)!;
          if (cell === maze.goal) return pathCost(maze, path) === least ? p : 0;
          if (pathCost(maze, path) >= least) return 0;
          const ways = neighboursOf(maze, cell).filter((way) => way !== path.at(-2));
          return ways.reduce((sum, way) => sum + follow([...path, way], p / ways.length), 0);
        };
        expect(pathChance(maze).probabilities.at(-1)).toBeCloseTo(follow([maze.start], 1), 12);
      }),
    );
  });
});

describe("wholeMazeAccuracy", () => {
  const { target, mask } = pathExample(fork);

  it("counts mazes of which every pixel that counts is right", () => {
    const wrong = target.map((mark, pixel) => (pixel === 8 ? 1 - mark : mark));
    const beside = target.map((mark, pixel) => (mask[pixel] ? mark : 1));
    const examples = [
      { target, mask },
      { target, mask },
      { target, mask },
    ];
    expect(wholeMazeAccuracy([...target, ...wrong, ...beside], examples)).toBeCloseTo(2 / 3, 12);
  });

  it("refuses marks of another size", () => {
    expect(() => wholeMazeAccuracy([1, 0], [{ target, mask }])).toThrow(
      "2 marks given for examples of 35 pixels",
    );
  });
});

describe("drawMaze", () => {
  it("draws walls, ends and the way", () => {
    expect(drawMaze(fork, { path: shortestPath(fork), ascii: true }).split("\n")).toEqual([
      "##############",
      "##S ********##",
      "##  ######**##",
      "##      ##G ##",
      "##############",
    ]);
  });

  it("draws a tick of a solver: what it touched earlier, and its front", () => {
    const trace = mazeSolvers.get("breadth-first").solve(fork, new Random(keyOf(0)));
    expect(drawMaze(fork, { marks: trace.ticks[2]!.marks, ascii: true }).split("\n")).toEqual([
      "##############",
      "##S ......oo##",
      "##..######  ##",
      "##....oo##G ##",
      "##############",
    ]);
    expect(drawMaze(fork, { marks: trace.ticks[2]!.marks })).toContain("██S ░░░░░░▒▒██");
  });

  it("draws costs as digits, and refuses marks of another size", () => {
    const costs = Uint8Array.from([1, 12, 3, 4, 5, 6]);
    expect(drawMaze({ ...fork, costs }, { ascii: true }).split("\n")[1]).toBe("##S   12  3 ##");
    expect(() => drawMaze(fork, { marks: [0, 1] })).toThrow("2 marks given for 6 cells");
  });
});
