import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError, keyOf, parseParameters, Random, split } from "../../core/index.ts";
import { Choices } from "./choices.ts";
import { generateWalls, generatorNames } from "./generators/index.ts";
import { gridOf } from "./grid.ts";
import { checkedMaze, type Maze } from "./maze.ts";
import { mazeParameters } from "./parameters.ts";
import { sampleMaze } from "./sample.ts";
import { costsFrom, shortestPath } from "./solvers/index.ts";
import { countMazes, enumerateMazes, mazeIdentity } from "./space.ts";
import { symmetryCount, transformedMaze } from "./symmetry.ts";
import { mazeWalk } from "./walk/index.ts";
import { mazeFromWords, mazeWords } from "./words.ts";

const mazes = fc
  .record({
    rows: fc.integer({ min: 2, max: 9 }),
    cols: fc.integer({ min: 2, max: 9 }),
    generator: fc.constantFrom(...generatorNames),
    costs: fc.constantFrom(1, 15),
    seed: fc.nat(1e6),
  })
  .map(({ seed, ...given }) =>
    sampleMaze(mazeParameters.parse(given), new Random(split(keyOf(seed), "instances"))),
  );

const square: Maze = { rows: 2, cols: 2, open: Uint8Array.from([6, 12, 3, 9]), start: 0, goal: 3 };

describe("words of a maze", () => {
  it("give the maze back", () => {
    fc.assert(
      fc.property(mazes, (maze) => {
        expect(mazeFromWords(mazeWords(maze))).toEqual(maze);
        expect(mazeFromWords(mazeWords(maze).map((word) => word >>> 0))).toEqual(maze);
      }),
    );
  });

  it("are laid out as they say", () => {
    // Cells 0 and 1 open south, 0 and 2 east: bits 0, 1, 3, 4.
    expect(mazeWords(square)).toEqual([0x202, 3 << 16, 0b011011]);
    expect(mazeWords({ ...square, costs: Uint8Array.from([1, 2, 3, 15]) })).toEqual([
      0x10202,
      3 << 16,
      0b011011,
      0xf321,
    ]);
  });

  it("differ wherever mazes do: a wall, an end, a cost", () => {
    const names = new Set<string>();
    let count = 0;
    for (const maze of enumerateMazes(
      mazeParameters.parse({ rows: 2, cols: 2, generator: "percolation", costs: 3 }),
    )) {
      names.add(mazeWords(maze).join());
      count++;
    }
    // 5 connected layouts of a square, 12 pairs of ends, 3^4 costs.
    expect([count, names.size]).toEqual([5 * 12 * 81, 5 * 12 * 81]);
  });
});

describe("symmetries", () => {
  it("keep a maze a maze with ways as long and as costly", () => {
    fc.assert(
      fc.property(mazes, (maze) => {
        for (let symmetry = 0; symmetry < symmetryCount(maze.rows, maze.cols); symmetry++) {
          const image = checkedMaze(transformedMaze(maze, symmetry));
          expect(shortestPath(image).length).toBe(shortestPath(maze).length);
          expect(costsFrom(image, image.start)[image.goal]).toBe(
            costsFrom(maze, maze.start)[maze.goal],
          );
        }
        expect(transformedMaze(maze, 0)).toEqual(maze);
      }),
    );
  });

  it("give one identity to a maze and its images, and are told apart otherwise", () => {
    fc.assert(
      fc.property(mazes, (maze) => {
        const images = Array.from({ length: symmetryCount(maze.rows, maze.cols) }, (_, i) =>
          transformedMaze(maze, i),
        );
        const distinct = (identity: "exact" | "symmetry") =>
          new Set(images.map((image) => mazeIdentity({ identity }, image).join())).size;
        expect(distinct("symmetry")).toBe(1);
        expect(images.length % distinct("exact")).toBe(0);
      }),
    );
  });

  it("leave as many mazes as Burnside's lemma says", () => {
    // A square's symmetries act on 4 trees x 12 pairs of ends. Beside the identity only the two mirrors on
    // diagonals keep two cells in place, and they keep no tree: the side that it lacks moves. So 48 / 8.
    const count = (rows: number, cols: number) =>
      countMazes(mazeParameters.parse({ rows, cols, generator: "wilson", identity: "symmetry" }));
    expect(count(2, 2)).toBe(6);
    // 15 trees x 30 pairs on 2 x 3 cells. The mirror of left and right keeps the two cells of the middle column,
    // so 2 pairs; a tree that it keeps has the middle passage and two of three mirrored pairs: (450 + 3 x 2) / 4.
    expect(count(2, 3)).toBe(114);
  });
});

describe("the number of mazes", () => {
  it("is exact where they can be counted, and a bound beyond", () => {
    const count = (given: Record<string, unknown>) => countMazes(mazeParameters.parse(given));
    // Kirchhoff: 192 trees of 3 x 3 cells, 557,568,000 of 5 x 5.
    expect(count({ rows: 3, cols: 3, generator: "wilson" })).toBe(192 * 72);
    expect(count({ rows: 3, cols: 3, generator: "wilson", start: "corner", goal: "corner" })).toBe(
      192,
    );
    expect(count({ generator: "wilson", start: "corner" }) / (557568000 * 24)).toBeCloseTo(1, 9);
    expect(count({ rows: 64, cols: 64 })).toBe(2 ** 1023);
    expect(count({ rows: 4, cols: 4, generator: "wilson", start: "corner", goal: "corner" })).toBe(
      100352,
    );
    expect(count({ rows: 3, cols: 3, generator: "percolation", share: 1 })).toBe(72);
    expect(count({ rows: 3, cols: 3, generator: "depth-first" })).toBeLessThan(192 * 72);
  });
});

describe("bad input gets one sentence", () => {
  const parse = (given: Record<string, unknown>) => () => parseParameters(mazeWalk, given);
  const place = "parameters of maze-walk: ";

  it.each([
    [{ rows: 0 }, `${place}rows: Too small: expected number to be >=2`],
    [{ cols: 65 }, `${place}cols: Too big: expected number to be <=64`],
    [{ rows: 2.5 }, `${place}rows: Invalid input: expected int, received number`],
    [{ share: 1.5 }, `${place}share: Too big: expected number to be <=1`],
    [{ share: -0.1 }, `${place}share: Too small: expected number to be >=0`],
    [{ costs: 16 }, `${place}costs: Too big: expected number to be <=15`],
    [{ row: 3 }, `${place}unknown parameter 'row'; did you mean 'rows'?`],
    [
      { rows: 60, cols: 60, costs: 9 },
      `${place}costs: chance cannot be computed for so many steps, cells and costs; make one of them smaller`,
    ],
  ])("parameters %o", (given, message) => {
    expect(parse(given)).toThrow(InputError);
    expect(parse(given)).toThrow(message);
  });

  it("a generator that does not exist is answered with those that do", () => {
    expect(parse({ generator: "depthfirst" })).toThrow(/generator: .*"depth-first"/);
  });

  it("grids, shares and rooms given to functions", () => {
    const choices = new Choices(new Random(keyOf(0)));
    const walls = (more: object) => () =>
      generateWalls(
        gridOf(3, 3),
        { generator: "percolation", share: 0.5, room: 2, ...more },
        choices,
      );
    expect(() => gridOf(0, 5)).toThrow("rows must be a whole number of cells from 2 to 64, not 0");
    expect(() => gridOf(5, 65)).toThrow(
      "cols must be a whole number of cells from 2 to 64, not 65",
    );
    expect(() => gridOf(Number.NaN, 5)).toThrow("not NaN");
    expect(walls({ share: 1.01 })).toThrow("share must be a probability from 0 to 1, not 1.01");
    expect(walls({ share: Number.NaN })).toThrow("not NaN");
    expect(walls({ generator: "rooms", room: 0 })).toThrow(
      "room must be a whole number of at least 1, not 0",
    );
  });

  it.each<[string, Partial<Maze>, string]>([
    ["start equal goal", { goal: 0 }, "start and goal are the same cell 0; they must differ"],
    ["a start outside", { start: 4 }, "the start must be a cell from 0 to 3, not 4"],
    ["a goal outside", { goal: -1 }, "the goal must be a cell from 0 to 3, not -1"],
    ["too few cells", { open: Uint8Array.of(6, 12) }, "2 cells given where 4 are needed"],
    [
      "a side open to the outside",
      { open: Uint8Array.of(7, 12, 3, 9) },
      "the cell in row 0, column 0 is open to the outside",
    ],
    [
      "a side open one way only",
      { open: Uint8Array.of(6, 4, 3, 9) },
      "the cell in row 0, column 0 is open to a neighbour that is closed to it",
    ],
    [
      "a goal that cannot be reached",
      { open: Uint8Array.of(2, 8, 0, 0) },
      "the goal cannot be reached from the start",
    ],
    [
      "a cost of 0",
      { costs: Uint8Array.of(1, 0, 1, 1) },
      "a cell's cost must be from 1 to 15, not 0",
    ],
    ["costs too few", { costs: Uint8Array.of(1) }, "1 costs given for 4 cells"],
  ])("a maze with %s", (_, change, message) => {
    const check = () => checkedMaze({ ...square, ...change }, "maze.json");
    expect(check).toThrow(InputError);
    expect(check).toThrow(`maze.json: ${message}`);
  });

  it.each([
    [[], "maze words: 0 words given where at least 3 are needed"],
    [[0x202, 3 << 16], "maze words: 2 words given where a maze of 2 x 2 cells has 3"],
    [[0x202, 3 << 16, 27, 0], "maze words: 4 words given where a maze of 2 x 2 cells has 3"],
    [[0x202, 3 << 16, 0.5], "maze words: word 2 is 0.5, which is no whole 32-bit number"],
    [[0x200, 3 << 16, 27], "rows must be a whole number of cells from 2 to 64, not 0"],
    [[0x40000202, 3 << 16, 27], "maze words: the first word has bits that mean nothing"],
    [[0x202, 0, 27], "maze words: start and goal are the same cell 0; they must differ"],
    [[0x202, 3 << 16, 27 | (1 << 20)], "maze words: there are bits set beyond the last cell"],
    [[0x202, 3 << 16, 0xff], "maze words: the cell in row 0, column 1 is open to the outside"],
  ])("words %j", (words, message) => {
    expect(() => mazeFromWords(words)).toThrow(InputError);
    expect(() => mazeFromWords(words)).toThrow(message);
  });
});
