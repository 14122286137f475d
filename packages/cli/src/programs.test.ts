/** `mesascope programs`: what it prints, what it refuses, and how runaway programs end. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Place } from "./testing/place.ts";

let place: Place;

beforeEach(() => {
  place = new Place();
  write("solver.txt", "loop { mark; choose { step } by marks }\n");
  write("maze.txt", "+-+-+-+\n|>   G|\n+-+-+-+\n");
});
afterEach(() => {
  place.remove();
});

const write = (name: string, text: string) => writeFileSync(join(place.cwd, name), text);
const programs = (...args: string[]) => place.run(["programs", ...args]);

describe("run", () => {
  it("shows bits, the way and the steps", async () => {
    write("walk.txt", "step; step");
    const { code, stdout, stderr } = await programs("run", "walk.txt", "--maze", "maze.txt");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    // Two statements at 1 + 3 bits and the end at 1.
    expect(stdout).toContain("step; step\n9 bits in the language 'search'\n\n+-+-+-+\n|> * G|\n");
    expect(stdout).toMatch(/\n {3}1 {6}2 {6}2 {6}0 {9}0 {5}2 {2}reached the goal\n/);
  });

  it("stops runaways by fuel, and says so", async () => {
    write("runaway.txt", "loop { mark }");
    const { code, stdout } = await programs("run", "runaway.txt", "--maze", "3x3", "--fuel", "50");
    expect(code).toBe(0);
    expect(stdout).toContain("stopped: out of fuel after 50 steps");
    write("circle.txt", "loop { left }");
    const circle = await programs("run", "circle.txt", "--maze", "3x3");
    expect(circle.stdout).toContain("stopped: would run for ever");
  });

  it("prints JSON that is told apart by maze", async () => {
    const { stdout } = await programs("run", "solver.txt", "--maze", "4x4:count=3", "--json");
    const { bits, solved, runs } = JSON.parse(stdout);
    expect({ bits, solved }).toEqual({ bits: 22, solved: 3 });
    expect(runs).toHaveLength(3);
    for (const run of runs) expect(run.path).toHaveLength(run.moves + 1);
  });
});

it("bits shows every language's code, or what it lacks", async () => {
  const { stdout } = await programs("bits", "solver.txt", "--json");
  for (const { bits, code, lacking } of JSON.parse(stdout).languages)
    if (lacking.length === 0) expect(code).toMatch(new RegExp(`^[01]{${bits}}$`));
    else expect({ bits, code }).toEqual({});
  expect((await programs("bits", "solver.txt")).stdout).toMatch(
    /reflex +- {2}has no choose, marks/,
  );
});

describe("search", () => {
  it.each(["enumerate", "levin", "mh", "climb", "genetic"])(
    "by %s finds a solver",
    async (method) => {
      const { code, stdout } = await programs(
        ...["search", "--task", "maze.txt", "--method", method, "--json", "--max-bits", "20"],
        ...["--evaluations", "20000"],
      );
      expect(code).toBe(0);
      const { found, programs: solvers } = JSON.parse(stdout);
      expect(found).toBe(true);
      // `step; step` has 9 bits; below that `step` and `loop { step }` (10) are all there is.
      if (method === "enumerate")
        expect(solvers[0]).toMatchObject({ program: "step; step", bits: 9 });
      write("found.txt", solvers[0].program);
      const run = await programs("run", "found.txt", "--maze", "maze.txt", "--json");
      expect(JSON.parse(run.stdout)).toMatchObject({ solved: 1, bits: solvers[0].bits });
    },
  );

  it("says what is certain when there is none, and exits with 1", async () => {
    const { code, stdout } = await programs(
      "search",
      "--task",
      "maze.txt",
      "--max-bits",
      "8",
      "--quiet",
    );
    expect(code).toBe(1);
    expect(stdout).toBe(
      "No program of 8 bits or fewer solves these mazes within 2,000 steps on each maze: every one was tried.\n",
    );
  });

  it("stops at Ctrl-C", async () => {
    let stop: ((signal: "SIGINT") => void) | undefined;
    const ended = place.run(
      [
        "programs",
        "search",
        "--task",
        "6x6:count=8,foil,loops=0.3",
        "--language",
        "sense",
        "--max-bits",
        "60",
      ],
      {
        onStopSignal: (handler) => {
          stop = handler;
          return () => {};
        },
      },
    );
    await expect.poll(() => stop, { timeout: 20_000 }).toBeDefined();
    stop!("SIGINT");
    expect(await ended).toMatchObject({ code: 130, stdout: "" });
  });
});

describe("what means nothing is refused in one sentence", () => {
  const table: [string[], RegExp][] = [
    [["run", "none.txt", "--maze", "3x3"], /^mesascope: none\.txt: there is no such file$/],
    [
      ["run", "bad.txt", "--maze", "3x3"],
      /^mesascope: bad\.txt:2:3: expected a statement .*; did you mean 'step'\?$/,
    ],
    [
      ["run", "solver.txt", "--maze", "3x3:coun=2"],
      /--maze: unknown setting 'coun'; did you mean 'count'\?/,
    ],
    [
      ["run", "solver.txt", "--maze", "3x3:count=0"],
      /--maze: count is a whole number from 1 to 1000, not '0'$/,
    ],
    [
      ["run", "solver.txt", "--maze", "3x"],
      /--maze: expected a file or WIDTHxHEIGHT, e\.g\. 5x5, not '3x'$/,
    ],
    [
      ["run", "solver.txt", "--maze", "1x1"],
      /--maze: a maze has from 2 to 4096 cells, not 1 by 1$/,
    ],
    [
      ["run", "solver.txt", "--maze", "bad.txt"],
      /bad\.txt:1:1: a drawing has an odd number of lines/,
    ],
    [["run", "solver.txt"], /required option '--maze <maze>' not specified$/],
    [
      ["run", "solver.txt", "--maze", "3x3", "--language", "serch"],
      /--language: unknown language 'serch'; did you mean 'search'\?/,
    ],
    [["search", "--task", "3x3:foil,loops=0"], /only 0 of 1 mazes were found: 3000 draws/],
    [
      ["search", "--task", "3x3", "--method", "levn"],
      /--method: unknown method 'levn'; did you mean 'levin'\?/,
    ],
    [
      ["search", "--task", "3x3", "--max-bits", "many"],
      /--max-bits: must be a number from 1 to 200, not 'many'$/,
    ],
    [["serch"], /unknown command 'serch' \(Did you mean search\?\)$/],
  ];
  it.each(table)("%j", async (args, message) => {
    write("bad.txt", "loop {\n  stpe\n}");
    const { code, stdout, stderr } = await programs(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.trim().split("\n"), stderr).toHaveLength(1);
    expect(stderr.trim()).toMatch(message);
  });
});

it.each([["run"], ["bits"], ["search"], []])("help of %j shows an example", async (...name) => {
  const { code, stdout } = await programs(...name, "--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/Examples:\n {2}\$ mesascope programs /);
});
