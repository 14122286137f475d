import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assemble,
  cheapestPath,
  type Grid,
  gradedGrids,
  gridLanguage,
  languageNamed,
  parseProgram,
  printProgram,
  runOnGrids,
} from "../../architectures/index.ts";
import { keyOf } from "../../core/index.ts";
import { compressionMaze, literalPath } from "./compression-maze.ts";
import { searchEvidence } from "./evidence.ts";
import { type Example, shortestTreeBits } from "./labels.ts";
import { sampleMaze, sampleMazes } from "./mazes.ts";
import { neededFraction, partialPrograms } from "./partial.ts";
import { pathMonotonicity, reachability } from "./reachability.ts";
import { foilsWallFollowing, shortestProgram } from "./shortest-program.ts";

const search = languageNamed("search");

describe("mazes", () => {
  it("are connected, keep the distance and the limit, and come again from the same key", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, loops) => {
          const parameters = { width: 5, height: 4, loops, weights: 3, slack: 1.5, distance: 3 };
          const maze = sampleMaze(parameters, keyOf(seed));
          expect(sampleMaze(parameters, keyOf(seed))).toEqual(maze);
          const even = { ...maze, weights: Array.from(maze.weights, () => 1) };
          for (let goal = 0; goal < 20; goal++)
            if (goal !== maze.start) expect(cheapestPath({ ...even, goal }).cost).toBeLessThan(20);
          expect(cheapestPath(even).cost).toBeGreaterThanOrEqual(3);
          expect(maze.limit).toBe(Math.floor(1.5 * cheapestPath(maze).cost));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("without loops are solved by following a wall; with `foil` never", () => {
    for (let seed = 0; seed < 30; seed++)
      expect(
        foilsWallFollowing(sampleMaze({ width: 5, height: 5, loops: 0, weights: 1 }, keyOf(seed))),
      ).toBe(false);
  });
});

describe("the criterion of search", () => {
  const mazes = sampleMazes(
    { width: 5, height: 5, loops: 0.3, weights: 3, distance: 4 },
    6,
    keyOf(2),
    foilsWallFollowing,
  );
  const judge = (text: string) => searchEvidence(parseProgram(text), mazes, 3000);

  // Answers known by construction.
  const searching = [
    "loop { mark; choose { step } by marks }",
    "loop { choose { step } by scent }",
    "loop { mark; if try { step } marks < try { left; step } marks {} else { left }; step }",
    "loop { mark; if toleft marks < ahead marks { left }; step }",
    "loop { if toright scent < ahead scent { right } else { left }; step }",
  ];
  const others: [string, string][] = [
    ["a wall follower", "loop { left; while not clear { right }; step }"],
    ["a walk that avoids marks by reflex", "loop { mark; if marked { right }; step }"],
    ["a literal path", "step; step; left; step"],
    [
      "a comparison that changes nothing",
      "loop { if toleft marks < ahead marks {}; left; while not clear { right }; step }",
    ],
    ["a comparison of what is here", "loop { if marks < scent { step } else { left }; right }"],
    [
      "a choice among candidates that are all here",
      "loop { choose { mark } by scent; step; left }",
    ],
    [
      "a test that never evaluates elsewhere",
      "loop { while scent < weight { left }; step; right }",
    ],
  ];
  it.each(searching)("is met by %s", (text) => {
    expect(judge(text)).toMatchObject({ searches: true });
  });
  it.each(others)("is not met by %s: %s", (_, text) => {
    expect(judge(text)).toMatchObject({ searches: false });
  });
});

describe("shortest decision trees", () => {
  const examples = fc.uniqueArray(
    fc.record({ features: fc.integer({ min: 0, max: 15 }), label: fc.integer({ min: 0, max: 1 }) }),
    { minLength: 1, maxLength: 8, selector: ({ features }) => features },
  );

  it("are those of brute force over all trees", () => {
    /** Every function of 4 features that trees of exactly these bits compute, as tables of 16 labels. */
    const computed = new Map<number, Set<number>>();
    const tables = (bits: number): Set<number> => {
      const known = computed.get(bits);
      if (known) return known;
      const set = new Set<number>(bits === 2 ? [0, 0xffff] : []);
      for (let one = 2; one <= bits - 5; one++)
        for (const a of tables(one))
          for (const b of tables(bits - 3 - one))
            for (let f = 0; f < 4; f++) {
              let table = 0;
              for (let x = 0; x < 16; x++) table |= ((x >> f) & 1 ? a : b) & (1 << x);
              set.add(table);
            }
      computed.set(bits, set);
      return set;
    };
    fc.assert(
      fc.property(examples, (given: Example[]) => {
        const bits = shortestTreeBits(given, 4);
        const fits = (table: number) =>
          given.every(({ features, label }) => ((table >> features) & 1) === label);
        fc.pre(bits <= 17);
        for (let shorter = 2; shorter < bits; shorter++)
          expect([...tables(shorter)].some(fits)).toBe(false);
        expect([...tables(bits)].some(fits)).toBe(true);
      }),
    );
  });

  it("of one branch has 1 + log2(features) + 2 * 2 bits", () => {
    expect(
      shortestTreeBits(
        [
          { features: 0, label: 0 },
          { features: 4, label: 1 },
        ],
        8,
      ),
    ).toBe(4 + 4);
    expect(() =>
      shortestTreeBits(
        [
          { features: 1, label: 0 },
          { features: 1, label: 1 },
        ],
        4,
      ),
    ).toThrow(/different labels/);
    expect(() => shortestTreeBits([], 5)).toThrow(/power of 2/);
  });
});

describe("compression of one maze", () => {
  it("writes the literal path as steps and turns that lead to the goal by a shortest way", () => {
    for (let seed = 0; seed < 40; seed++) {
      const maze = sampleMaze({ width: 5, height: 5, loops: 0.2, weights: 3 }, keyOf(seed));
      const program = literalPath(maze);
      const [run] = runOnGrids(assemble(program), [maze], { fuel: 1000 });
      expect(run!.solved).toBe(true);
      expect(run!.moves).toBe(
        cheapestPath({ ...maze, weights: Array.from(maze.weights, () => 1) }).cost,
      );
      expect(new Set(printProgram(program).split("; "))).not.toContain("loop");
    }
  });

  it("crosses for a maze and for labels that follow a rule, and not for random labels", async () => {
    const { rows, crossings } = await compressionMaze({
      language: search,
      mazes: { width: 5, height: 5, loops: 0, weights: 1, distance: 3 },
      lengths: [1, 2, 4, 6, 8, 10],
      count: 3,
      seeds: [1],
      fuel: 2000,
      maxBits: 23,
      examples: [2, 4, 8, 16, 24, 32],
      features: 8,
    });
    for (const row of rows.filter(({ task }) => task === "maze")) {
      expect(row.shortestBits).toBeLessThanOrEqual(row.literalBits);
      const byHand = 4 * row.size + 1;
      expect(row.literalBits).toBeGreaterThanOrEqual(byHand);
    }
    const of = (task: string) => crossings.find((crossing) => crossing.task === task)!;
    expect(of("maze").general).toBeGreaterThan(1);
    // The rule's own tree has 14 bits: no later than at 15 examples it is shorter than 1 bit for each.
    expect(of("rule-labels")).toMatchObject({ shortest: 16, general: 16 });
    expect(of("random-labels")).toMatchObject({ shortest: undefined, general: undefined });
  });
});

describe("parts of an algorithm", () => {
  const corridor: Grid = {
    ...{ width: 5, height: 1, walls: [0, 0, 0, 0, 0], weights: [1, 1, 1, 1, 1] },
    ...{ start: 0, heading: 1, goal: 4 },
  };

  it("are all that taking out and unwrapping leaves", () => {
    const parts = partialPrograms(
      gradedGrids(search, [corridor], 100, 0),
      parseProgram("loop { mark; step }"),
    );
    // By hand: what is left of the body, four forms, with the loop and without.
    expect(parts.map(printProgram).sort()).toEqual(
      [
        "",
        "loop { mark }",
        "loop { mark; step }",
        "loop { step }",
        "loop {}",
        "mark",
        "mark; step",
        "step",
      ].sort(),
    );
  });

  it("must be present to a share that grows with the threshold of credit", () => {
    const solver = parseProgram("loop { step }");
    const needed = (threshold: number) =>
      neededFraction(gradedGrids(search, [corridor], 100, threshold), solver);
    // `step` alone has 5 of 10 bits and gets a quarter of the way.
    expect(needed(0)).toBeCloseTo(5 / 10, 12);
    expect(needed(0.25)).toBeCloseTo(5 / 10, 12);
    expect(needed(0.3)).toBe(1);
    expect(needed(1)).toBe(1);
  });
});

it("tells how monotone a path is", () => {
  expect(pathMonotonicity([0, 0.5, 0.25, 0.25, 1])).toEqual({ share: 3 / 4, dip: 0.25 });
  expect(pathMonotonicity([1])).toEqual({ share: 1, dip: 0 });
});

const small = gridLanguage("small", "", {
  ...{ end: 1, more: 1, step: 2, mark: 2, loop: 2, choose: 2, marks: 1, scent: 1 },
});

it("local search reaches the shortest solver in some runs, and the rows say so", async () => {
  const mazes = sampleMazes(
    { width: 3, height: 3, loops: 0.3, weights: 1, distance: 3 },
    3,
    keyOf(4),
  );
  const options = {
    ...{ language: small, mazes, fuel: 300, maxBits: 18, thresholds: [0, 1] },
    ...{
      temperatures: [0, 0.1],
      populations: [50],
      evaluations: 3000,
      patience: 500,
      bitPrice: 0.002,
    },
    seeds: [1, 2, 3, 4],
  };
  const result = await reachability(options);
  expect(result.rows).toHaveLength(6);
  for (const row of result.rows) {
    expect(row.probability).toBe(row.reached / 4);
    expect(row.low).toBeLessThanOrEqual(row.probability);
    expect(row.high).toBeGreaterThanOrEqual(row.probability);
    expect(row.solved).toBeGreaterThanOrEqual(row.reached);
  }
  const reached = result.rows.reduce((sum, row) => sum + row.reached, 0);
  expect(reached).toBeGreaterThan(0);
  expect(await reachability(options)).toEqual(result);
});

it("reports shortest programs with evidence, a frontier that only gets faster, and what is best at each price of time", async () => {
  const rows = await shortestProgram({
    ...{ languages: [small], mazes: { width: 4, height: 4, loops: 0.4, weights: 3, distance: 3 } },
    ...{
      counts: [1, 3],
      seeds: [1, 2],
      fuel: 1000,
      maxBits: 18,
      frontierBits: 3,
      timePrices: [0, 1, 4],
      heldOut: 10,
    },
  });
  expect(rows.map(({ count, seed }) => [count, seed])).toEqual([
    [1, 1],
    [3, 1],
    [1, 2],
    [3, 2],
  ]);
  for (const row of rows) {
    expect(row.bits).toBe(row.certifiedBelow);
    for (const program of row.shortest) expect(program.bits).toBe(row.bits);
    row.frontier.slice(1).forEach((point, i) => {
      expect(point.steps).toBeLessThan(row.frontier[i]!.steps);
      expect(point.bits).toBeGreaterThan(row.frontier[i]!.bits);
    });
    for (const { timePrice, cost, bits, steps } of row.priced) {
      expect(cost).toBeCloseTo(bits + timePrice * Math.log2(steps), 10);
      for (const point of row.frontier)
        expect(cost).toBeLessThanOrEqual(point.bits + timePrice * Math.log2(point.steps));
    }
    expect(row.priced[0]).toMatchObject({ bits: row.bits, certified: true });
  }
  // More mazes never make the shortest program shorter: the sets are nested.
  expect(rows[1]!.bits).toBeGreaterThanOrEqual(rows[0]!.bits!);
});
