import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../core/index.ts";
import { Choices } from "./choices.ts";
import { type GeneratorName, generateWalls, generatorNames } from "./generators/index.ts";
import { type Grid, gridOf } from "./grid.ts";
import { countPerfectMazes, log2PerfectMazes } from "./kirchhoff.ts";
import { layoutCourses } from "./layouts.ts";
import { checkedMaze } from "./maze.ts";
import { mazeParameters } from "./parameters.ts";
import { sampleMaze } from "./sample.ts";

const perfect: readonly GeneratorName[] = ["depth-first", "wilson", "kruskal"];

function draw(rows: number, cols: number, options: Record<string, unknown>, seed: number) {
  const parameters = mazeParameters.parse({ rows, cols, ...options });
  return sampleMaze(parameters, new Random(split(keyOf(seed), "generators")));
}

const passages = (open: Uint8Array) =>
  open.reduce((sum, sides) => sum + [...sides.toString(2)].filter((b) => b === "1").length, 0) / 2;

describe("generators", () => {
  const size = fc.integer({ min: 2, max: 12 });

  it.each(generatorNames)("%s: walls agree on both sides and every cell can be reached", (name) => {
    fc.assert(
      fc.property(size, size, fc.nat(1e6), (rows, cols, seed) => {
        const maze = draw(rows, cols, { generator: name }, seed);
        checkedMaze(maze);
        const reached = new Set([0]);
        for (const cell of reached)
          for (const [bit, step] of [-cols, 1, cols, -1].entries())
            if ((maze.open[cell]! >> bit) & 1) reached.add(cell + step);
        expect(reached.size).toBe(rows * cols);
        if (perfect.includes(name)) expect(passages(maze.open)).toBe(rows * cols - 1);
      }),
    );
  });

  it("percolation opens its share of walls beyond what joins the clusters", () => {
    const walls = gridOf(12, 12).walls.length;
    expect(passages(draw(12, 12, { generator: "percolation", share: 0 }, 1).open)).toBe(143);
    expect(passages(draw(12, 12, { generator: "percolation", share: 1 }, 1).open)).toBe(walls);
    // At 0.9 nearly all walls that percolation leaves stay: 5 standard deviations of a binomial.
    const open = passages(draw(12, 12, { generator: "percolation", share: 0.9 }, 1).open);
    expect(Math.abs(open - 0.9 * walls)).toBeLessThan(5 * Math.sqrt(walls * 0.09));
  });

  it("rooms of one cell are a perfect maze, and one room as large as the grid has no walls", () => {
    for (let seed = 0; seed < 50; seed++)
      expect(passages(draw(6, 7, { generator: "rooms", room: 1 }, seed).open)).toBe(41);
    expect(draw(4, 6, { generator: "rooms", room: 6 }, 1).open).toEqual(gridOf(4, 6).inside);
  });

  it("places ends as asked", () => {
    for (let seed = 0; seed < 200; seed++) {
      const corners = draw(4, 6, { start: "corner", goal: "corner" }, seed);
      expect([corners.start, corners.goal]).toEqual([18, 5]);
      const dead = draw(5, 5, { start: "dead-ends", goal: "dead-ends" }, seed);
      expect(dead.start).not.toBe(dead.goal);
      for (const cell of [dead.start, dead.goal]) expect([1, 2, 4, 8]).toContain(dead.open[cell]);
    }
  });

  it("places ends evenly: 12 pairs of a 2 x 2 maze", () => {
    const counts = new Map<string, number>();
    const random = new Random(keyOf(4));
    const parameters = mazeParameters.parse({ rows: 2, cols: 2 });
    for (let i = 0; i < 12_000; i++) {
      const { start, goal } = sampleMaze(parameters, random);
      counts.set(`${start} ${goal}`, (counts.get(`${start} ${goal}`) ?? 0) + 1);
    }
    expect(counts.size).toBe(12);
    // 5 standard deviations of a binomial count.
    for (const n of counts.values()) expect(Math.abs(n - 1000)).toBeLessThan(5 * Math.sqrt(917));
  });
});

describe("perfect mazes are the spanning trees of the grid", () => {
  it.each([
    // OEIS A007341 (n x n), A001353 (2 x n), A006238 (3 x n).
    [2, 2, 4n],
    [3, 3, 192n],
    [4, 4, 100352n],
    [5, 5, 557568000n],
    [6, 6, 32565539635200n],
    [8, 8, 126231322912498539682594816n],
    [2, 5, 209n],
    [3, 4, 2415n],
    [3, 5, 30305n],
  ])("%d x %d cells: %d (Kirchhoff)", (rows, cols, count) => {
    expect(countPerfectMazes(rows, cols)).toBe(count);
    expect(countPerfectMazes(cols, rows)).toBe(count);
    expect(log2PerfectMazes(rows, cols)).toBeCloseTo(Math.log2(Number(count)), 9);
  });

  it.each([
    [2, 3],
    [3, 3],
    [3, 4],
    [2, 7],
  ])("all layouts of %d x %d cells are as many as Kirchhoff's theorem says", (rows, cols) => {
    const layouts = layoutCourses(gridOf(rows, cols), { generator: "wilson", share: 0, room: 1 });
    const names = [...layouts].map((open) => open.join());
    expect(new Set(names).size).toBe(names.length);
    expect(BigInt(names.length)).toBe(countPerfectMazes(rows, cols));
  });
});

/**
 * Whether depth-first search can leave this tree: from some root, the two cells of every closed wall lie on one
 * path from the root (a search leaves no edges between its branches: Tarjan 1972).
 */
function isDepthFirst({ cells, walls, offsets }: Grid, open: Uint8Array): boolean {
  const fits = (root: number) => {
    const above = Array.from({ length: cells }, () => new Set<number>());
    const visit = (cell: number, path: readonly number[]): void => {
      for (const ancestor of path) above[cell]!.add(ancestor);
      offsets.forEach((step, direction) => {
        if ((open[cell]! >> direction) & 1 && path.at(-1) !== cell + step)
          visit(cell + step, [...path, cell]);
      });
    };
    visit(root, []);
    return [...walls].every((wall) => {
      const [a, b] = [wall >> 2, (wall >> 2) + offsets[wall & 3]!];
      return above[a]!.has(b) || above[b]!.has(a);
    });
  };
  return Array.from({ length: cells }, (_, root) => root).some(fits);
}

describe("depth-first search", () => {
  it.each([
    [3, 3],
    [2, 6],
    [3, 4],
  ])("leaves just the trees of %d x %d cells without edges between branches", (rows, cols) => {
    const grid = gridOf(rows, cols);
    const layouts = (generator: GeneratorName) => [
      ...layoutCourses(grid, { generator, share: 0, room: 1 }),
    ];
    const expected = layouts("wilson").filter((open) => isDepthFirst(grid, open));
    expect(new Set(layouts("depth-first").map((open) => open.join()))).toEqual(
      new Set(expected.map((open) => open.join())),
    );
  });
});

describe("layouts that can be enumerated are those that are drawn", () => {
  it.each([
    ["wilson", 3, 3, {}],
    ["kruskal", 3, 3, {}],
    ["depth-first", 3, 3, {}],
    ["depth-first", 2, 5, {}],
    ["percolation", 2, 4, { share: 0.5 }],
    ["percolation", 2, 3, { share: 0 }],
    ["percolation", 3, 3, { share: 1 }],
    ["rooms", 3, 4, { room: 2 }],
    ["rooms", 3, 3, { room: 1 }],
  ] as const)("%s, %d x %d cells, %o", (generator, rows, cols, more) => {
    const options = { generator, share: 0, room: 1, ...more };
    const grid = gridOf(rows, cols);
    const listed = new Set([...layoutCourses(grid, options)].map((open) => open.join()));
    const choices = new Choices(new Random(keyOf(9)));
    const drawn = new Set<string>();
    for (let i = 0; i < 60_000; i++) drawn.add(generateWalls(grid, options, choices).join());
    expect(drawn).toEqual(listed);
  });
});

/** Pearson's statistic of how often each of `trees` is drawn. */
function chiSquare(generator: GeneratorName, rows: number, cols: number, draws: number): number {
  const grid = gridOf(rows, cols);
  const options = { generator, share: 0, room: 1 };
  const counts = new Map<string, number>();
  for (const open of layoutCourses(grid, { ...options, generator: "wilson" }))
    counts.set(open.join(), 0);
  const choices = new Choices(new Random(split(keyOf(2024), "chi-square", generator)));
  for (let i = 0; i < draws; i++) {
    const name = generateWalls(grid, options, choices).join();
    counts.set(name, counts.get(name)! + 1);
  }
  const expected = draws / counts.size;
  return [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

describe("Wilson's algorithm draws every spanning tree equally often", () => {
  // Upper 0.1 % points of chi-square with one degree of freedom less than there are trees: alpha 0.001 a test,
  // stated before the run, with a fixed key. From scipy.stats.chi2.ppf(0.999, degrees).
  const grids = [
    [2, 2, 16.266],
    [2, 3, 36.123],
    [2, 4, 93.168],
    [3, 3, 257.135],
  ] as const;

  it.each(grids)("%d x %d cells: chi-square below %d", (rows, cols, critical) => {
    expect(chiSquare("wilson", rows, cols, 40_000)).toBeLessThan(critical);
  });

  it("and the test notices generators that do not", () => {
    expect(chiSquare("kruskal", 3, 3, 40_000)).toBeGreaterThan(257.135);
    expect(chiSquare("depth-first", 3, 3, 40_000)).toBeGreaterThan(257.135);
  });
});
