import { describe, expect, it } from "vitest";
import { keyOf, parseParameters, Random, split } from "../../../core/index.ts";
import { playEpisodes } from "../../episodes.ts";
import { playOnce } from "../../play.ts";
import { solverPolicy } from "../../subjects.ts";
import { gridOf } from "../grid.ts";
import { type Maze, openWall } from "../maze.ts";
import { sampleMaze } from "../sample.ts";
import { randomCosts, walkChance } from "./chance.ts";
import { bestReward, mazeWalk, type WalkParameters, walkPlanes } from "./index.ts";

const parse = (given: Record<string, unknown>): WalkParameters => parseParameters(mazeWalk, given);

/**
 * Two rows of three cells; the start is top left, the goal bottom left.
 *   S - o - o
 *           |
 *   G - o - o
 */
const hook: Maze = {
  rows: 2,
  cols: 3,
  open: Uint8Array.from([2, 2 | 8, 4 | 8, 2, 2 | 8, 1 | 8]),
  start: 0,
  goal: 3,
};
const small = parse({ rows: 2, cols: 3, steps: 5, price: 0.1 });

describe("rules of the walk", () => {
  const rules = mazeWalk.rules(small);

  it("go through open sides and stay before walls, at a price, and pay 1 at the goal", () => {
    let state = rules.initial(hook);
    const rewards: number[] = [];
    const cells: number[] = [];
    for (const action of [2, 1, 1, 2, 3]) {
      state = rules.transition(hook, state, action, 0);
      rewards.push(rules.reward(state));
      cells.push(state.cell);
    }
    expect(cells).toEqual([0, 1, 2, 5, 4]);
    expect(rewards).toEqual([-0.1, -0.1, -0.1, -0.1, -0.1]);
    expect(rules.terminated(state)).toBe(true);
    const arrived = rules.transition(hook, { ...state, step: 3, cell: 4 }, 3, 0);
    expect(arrived).toEqual({ step: 4, cell: 3, reward: 0.9, arrived: true });
    expect(rules.terminated(arrived)).toBe(true);
  });

  it("charge what the cell costs in which a step ends", () => {
    const maze = { ...hook, costs: Uint8Array.from([3, 7, 1, 1, 1, 2]) };
    const rewardOf = (cell: number, action: number) =>
      rules.transition(maze, { step: 0, cell, reward: 0, arrived: false }, action, 0).reward;
    expect(rewardOf(0, 1)).toBeCloseTo(-0.7, 12);
    expect(rewardOf(0, 0)).toBeCloseTo(-0.3, 12);
    expect(rewardOf(4, 3)).toBeCloseTo(0.9, 12);
  });

  it("show walls, goal and walker on the pixel grid in full view", () => {
    const out = new Float32Array(rules.observationSize);
    rules.observe(hook, { step: 1, cell: 1, reward: 0, arrived: false }, out, 0);
    const { height, width, names } = walkPlanes(small);
    expect([height, width, names]).toEqual([5, 7, ["walls", "goal", "walker"]]);
    const plane = (i: number) =>
      Array.from({ length: height }, (_, y) =>
        [...out.subarray(i * 35 + y * width, i * 35 + (y + 1) * width)].join(""),
      );
    expect(plane(0)).toEqual(["1111111", "1000001", "1111101", "1000001", "1111111"]);
    expect(plane(1)).toEqual(["0000000", "0000000", "0000000", "0100000", "0000000"]);
    expect(plane(2)).toEqual(["0000000", "0001000", "0000000", "0000000", "0000000"]);
  });

  it("show a window around the walker in partial view, beyond the maze as wall", () => {
    const partial = parse({ rows: 2, cols: 3, view: "partial", radius: 1, costs: 9 });
    const { height, width, names } = walkPlanes(partial);
    expect([height, width, names]).toEqual([7, 7, ["walls", "goal", "costs"]]);
    const window = mazeWalk.rules(partial);
    const out = new Float32Array(window.observationSize);
    const maze = { ...hook, costs: Uint8Array.from([3, 3, 3, 3, 9, 3]) };
    window.observe(maze, { step: 1, cell: 4, reward: 0, arrived: false }, out, 0);
    const plane = (i: number) =>
      Array.from({ length: 7 }, (_, y) => [...out.subarray(i * 49 + y * 7, i * 49 + y * 7 + 7)]);
    expect(plane(0).map((row) => row.join(""))).toEqual([
      "1111111",
      "1000001",
      "1111101",
      "1000001",
      "1111111",
      "1111111",
      "1111111",
    ]);
    expect(plane(1)[3]).toEqual([0, 1, 0, 0, 0, 0, 0]);
    expect(plane(2)[3]).toEqual([0, 0.2, 0, 0.6, 0, 0.2, 0].map(Math.fround));
    const own = mazeWalk.rules({ ...partial, radius: 0, costs: 1 });
    const near = new Float32Array(own.observationSize);
    own.observe(hook, { step: 1, cell: 4, reward: 0, arrived: false }, near, 0);
    expect([...near.subarray(0, 9)].join("")).toBe("111000111");
  });
});

describe("chance of the walk", () => {
  it.each([
    [hook, 5],
    [{ ...hook, start: 4 }, 4],
    [{ ...hook, costs: Uint8Array.from([3, 1, 2, 1, 4, 1]) }, 5],
    [{ ...hook, start: 5, costs: Uint8Array.from([1, 1, 2, 3, 4, 1]) }, 4],
  ])("agrees with the enumeration of all courses: %#", (maze, steps) => {
    const parameters = { ...small, steps };
    const rules = mazeWalk.rules(parameters);
    const expected = new Map<string, number>();
    const walk = (state: ReturnType<typeof rules.initial>, total: number, p: number): void => {
      if (rules.terminated(state)) {
        const name = (Math.round(total * 1e6) / 1e6 + 0).toFixed(6);
        expected.set(name, (expected.get(name) ?? 0) + p);
        return;
      }
      for (let action = 0; action < 4; action++) {
        const next = rules.transition(maze, state, action, 0);
        walk(next, total + rules.reward(next), p / 4);
      }
    };
    walk(rules.initial(maze), 0, 1);
    const { values, probabilities } = walkChance(parameters, maze);
    expect([...values].map((value) => value.toFixed(6))).toEqual(
      [...expected.keys()].sort((a, b) => Number(a) - Number(b)),
    );
    values.forEach((value, i) => {
      expect(probabilities[i]).toBeCloseTo(expected.get(value.toFixed(6))!, 12);
    });
  });

  it("is a success or none where steps are free", () => {
    const { values, probabilities } = walkChance({ ...small, price: 0 }, { ...hook, start: 4 });
    expect([...values]).toEqual([0, 1]);
    // First passage within five steps from cell 4; by hand: arrival at 1 with 1/4, and so on.
    const { arrivals } = randomCosts({ ...hook, start: 4 }, 5);
    expect(arrivals[1]).toBe(1 / 4);
    expect(arrivals[2]).toBe(2 / 16);
    expect(probabilities[1]).toBeCloseTo(
      arrivals.reduce((a, b) => a + b),
      12,
    );
  });
});

describe("what can be earned", () => {
  /** The best of all action sequences. */
  function bestOfAll(parameters: WalkParameters, maze: Maze): number {
    const rules = mazeWalk.rules(parameters);
    const best = (state: ReturnType<typeof rules.initial>): number =>
      rules.terminated(state)
        ? 0
        : Math.max(
            ...[0, 1, 2, 3].map((action) => {
              const next = rules.transition(maze, state, action, 0);
              return rules.reward(next) + best(next);
            }),
          );
    return best(rules.initial(maze));
  }

  it.each([5, 4, 3, 2])("is the best of all courses of %d steps", (steps) => {
    const random = new Random(split(keyOf(1), "best"));
    const parameters = parse({ rows: 2, cols: 3, costs: 4, generator: "percolation", steps });
    for (let i = 0; i < 40; i++) {
      const maze = sampleMaze(parameters, random);
      expect(bestReward(parameters, maze)).toBeCloseTo(bestOfAll(parameters, maze), 9);
    }
    expect(bestReward({ ...parameters, price: 0.9 }, hook)).toBeCloseTo(
      bestOfAll({ ...parameters, price: 0.9 }, hook),
      9,
    );
  });

  it.each(["walk", "weighted"] as const)("is earned by A* on every maze (%s)", (form) => {
    const parameters = parse(mazeWalk.forms[form]!);
    const rules = mazeWalk.rules(parameters);
    const solvers = mazeWalk.solvers(parameters);
    const random = new Random(split(keyOf(2), "earned"));
    for (let i = 0; i < 100; i++) {
      const maze = sampleMaze(parameters, random);
      for (const id of ["a-star", "value-iteration"])
        expect(playOnce(rules, solvers.find((s) => s.id === id)!, maze, random)).toBeCloseTo(
          bestReward(parameters, maze),
          9,
        );
    }
  });

  it("falls short by rules where there are loops and costs, and not by search", () => {
    const parameters = parse(mazeWalk.forms["weighted"]!);
    const rules = mazeWalk.rules(parameters);
    const optimum = mazeWalk.optimum(parameters);
    const meanOf = (id: string) => {
      const random = new Random(split(keyOf(3), "rules"));
      const solver = mazeWalk.solvers(parameters).find((s) => s.id === id)!;
      let total = 0;
      for (let i = 0; i < 500; i++)
        total += playOnce(rules, solver, sampleMaze(parameters, random), random);
      return total / 500;
    };
    for (const id of ["wall-follower", "dead-end-filling", "greedy", "breadth-first"])
      expect(meanOf(id)).toBeLessThan(meanOf("a-star") - 0.01);
    expect(Math.abs(meanOf("a-star") - optimum)).toBeLessThan(0.02);
  });
});

describe("solvers of the walk", () => {
  it("that see a part of the maze play alike wherever what they have seen is alike", () => {
    const parameters = parse({ rows: 5, cols: 5, generator: "wilson", view: "partial", radius: 1 });
    const rules = mazeWalk.rules(parameters);
    const random = new Random(split(keyOf(4), "fair"));
    const fair = mazeWalk.solvers(parameters).filter(({ knows }) => knows === "observations");
    expect(fair.map(({ id }) => id).sort()).toEqual(["explorer", "random", "wall-follower"]);
    let compared = 0;
    for (let trial = 0; trial < 2000; trial++) {
      // Two mazes that differ in a wall and in the goal, walked as long as both windows show the same.
      const one = sampleMaze(parameters, random);
      const open = one.open.slice();
      openWall(open, 5, gridOf(5, 5).walls[random.integer(40)]!);
      const other = { ...one, open, goal: (one.start + 1 + random.integer(24)) % 25 };
      for (const solver of fair) {
        const [a, b] = [solver.begin(one), solver.begin(other)];
        let state = rules.initial(one);
        for (let step = 0; step < 20 && !rules.terminated(state); step++) {
          const seen = [one, other].map((maze) => {
            const out = new Float32Array(rules.observationSize);
            rules.observe(maze, state, out, 0);
            return out.join();
          });
          if (seen[0] !== seen[1]) break;
          const noise = random.uniform();
          const action = a(state, noise);
          expect(b(state, noise)).toBe(action);
          compared++;
          state = rules.transition(one, state, action, 0);
        }
      }
    }
    expect(compared).toBeGreaterThan(1000);
  });

  it("arrive in every perfect maze by exploring a window, and by the hand on the wall", () => {
    const parameters = parse({ rows: 6, cols: 6, generator: "kruskal", view: "partial", price: 0 });
    const rules = mazeWalk.rules({ ...parameters, steps: 400 });
    const random = new Random(split(keyOf(5), "arrive"));
    for (const id of ["explorer", "wall-follower"]) {
      const solver = mazeWalk.solvers(parameters).find((s) => s.id === id)!;
      for (let i = 0; i < 100; i++)
        expect(playOnce(rules, solver, sampleMaze(parameters, random), random)).toBe(1);
    }
  });

  it("go on from where they find themselves, and when they are shown another maze's walk", async () => {
    const parameters = parse({ rows: 4, cols: 4, generator: "percolation" });
    const random = new Random(split(keyOf(6), "swapped"));
    const mazes = Array.from({ length: 40 }, () => sampleMaze(parameters, random));
    const answers = [...mazes.slice(1), mazes[0]!];
    const rules = mazeWalk.rules(parameters);
    for (const solver of mazeWalk.solvers(parameters)) {
      const { actions } = await playEpisodes(rules, mazes, solverPolicy(solver), {
        key: keyOf(1),
        feedback: { kind: "swapped", answers },
      });
      expect([...actions].every((action) => action >= -1 && action < 4)).toBe(true);
    }
    const plan = mazeWalk
      .solvers(parameters)
      .find(({ id }) => id === "a-star")!
      .begin(hook);
    const at = (cell: number) => plan({ step: 0, cell, reward: 0, arrived: false }, 0);
    expect([at(0), at(4), at(2), at(5), at(0)]).toEqual([1, 3, 2, 3, 1]);
  });
});
