import { describe, expect, it } from "vitest";
import {
  type ExampleBatch,
  keyOf,
  type PredictiveSubject,
  parseParameters,
  Random,
} from "../../core/index.ts";
import { drawMeasured, heldWay } from "../../signatures/index.ts";
import {
  enumerateMazes,
  type Maze,
  makeTask,
  mazeFromPicture,
  mazeParameters,
  mazePath,
  pathExample,
} from "../../tasks/index.ts";
import { experiments } from "../experiments/index.ts";
import { oneOff, wayElsewhere } from "./answers.ts";
import { corridorOf, mazeCorridor } from "./corridors.ts";
import { toldApart } from "./judge.ts";

// Sides that are open, by bit: 1 north, 2 east, 4 south, 8 west.
//   S . .      start 0, goal 8; the way is 0 1 4 5 8
//     |        3 hangs on 4, 2 on 1, 7 on 8, 6 on 3
const maze: Maze = {
  ...{ rows: 3, cols: 3, start: 0, goal: 8 },
  open: Uint8Array.of(2, 2 | 4 | 8, 8, 2 | 4, 1 | 2 | 8, 4 | 8, 1, 2, 1 | 8),
};

const drawn = (answer: ArrayLike<number>) =>
  Array.from({ length: 7 }, (_, row) =>
    Array.from({ length: 7 }, (_, col) => (answer[row * 7 + col] ? "#" : ".")).join(""),
  );

const truth = [".......", ".###...", "...#...", "...###.", ".....#.", ".....#.", "......."];

describe("answers to a maze", () => {
  it("are true by hand", () => {
    expect(drawn(pathExample(maze).target)).toEqual(truth);
  });

  it("lead from the start to any other cell than the goal", () => {
    const ways = new Set<string>();
    for (let seed = 0; seed < 60; seed++)
      ways.add(drawn(wayElsewhere(maze, new Random(keyOf(seed)))).join("\n"));
    // Seven other cells, each with a way of its own, all of which leave the start.
    expect(ways.size).toBe(7);
    expect(ways.has([".......", ".#####.", ...Array(5).fill(".......")].join("\n"))).toBe(true);
    expect(ways.has(truth.join("\n"))).toBe(false);
  });

  it("may be wrong in one cell or passage, and in no wall", () => {
    const { target, mask } = pathExample(maze);
    for (let seed = 0; seed < 40; seed++) {
      const answer = oneOff(maze, new Random(keyOf(seed)));
      const wrong = [...answer.keys()].filter((pixel) => answer[pixel] !== target[pixel]);
      expect(wrong).toHaveLength(1);
      expect(mask[wrong[0]!]).toBe(1);
    }
  });
});

describe("a corridor", () => {
  it("has nothing open but the way, and the same answer", () => {
    const corridor = corridorOf(maze);
    expect([...corridor.open]).toEqual([2, 4 | 8, 0, 0, 1 | 2, 4 | 8, 0, 0, 1]);
    expect(drawn(pathExample(corridor).target)).toEqual(truth);
  });

  it("is counted once, whatever maze it was cut from", () => {
    // All mazes of 2 x 2 cells, told apart by ends and way.
    const parameters = mazeParameters.parse({ rows: 2, cols: 2 });
    const names = new Set<string>();
    for (const one of enumerateMazes(parameters))
      names.add([one.start, one.goal, ...pathExample(one).target].join());
    expect(mazeCorridor.count(parameters)).toBe(names.size);
    expect([...mazeCorridor.enumerate(parameters, keyOf(0))]).toHaveLength(names.size);
  });

  it("is new where it is held out", () => {
    const task = makeTask(mazeCorridor, { rows: 3, cols: 3 }, { diversity: 64, seed: 1 });
    const known = new Set(task.training.all!.map((one) => JSON.stringify(one)));
    for (const one of task.heldOut.draw(keyOf(2), 100))
      expect(known.has(JSON.stringify(one))).toBe(false);
  });
});

/** A judge whose state and judgement are what `holds` says of the planes that it sees, `[4, 7, 7]`. */
const judgeThat = (holds: (planes: Float32Array) => ArrayLike<number>): PredictiveSubject => ({
  hooks: ["state.1"],
  ticks: 1,
  async predict({ inputs, batch }: ExampleBatch) {
    const size = inputs.length / batch;
    const data = Float32Array.from(
      Array.from({ length: batch }, (_, i) =>
        Array.from(holds(inputs.subarray(i * size, (i + 1) * size))),
      ).flat(),
    );
    return { outputs: data, read: { "state.1": { shape: [1, 7, 7], data } } };
  },
});

const grid = { channels: 3, height: 7, width: 7 };
const knows = (planes: Float32Array) => pathExample(mazeFromPicture(planes, grid)).target;
const shownPlane = (planes: Float32Array) => planes.subarray(3 * 49);

describe("a judge", () => {
  const task = makeTask(mazePath, { rows: 3, cols: 3 }, { diversity: "fresh", seed: 1 });
  const instances = drawMeasured(task, 64, keyOf(3));
  const mazes = instances.heldOut;
  const wrong = mazes.map((one, i) => wayElsewhere(one, new Random(keyOf(i))));

  it("tells all apart where it agrees with the truth alone, and half where it sees no answer", async () => {
    const agreement = judgeThat((planes) => {
      const answer = shownPlane(planes);
      return Float32Array.from(knows(planes), (value, i) => -Math.abs(value - answer[i]!));
    });
    expect(await toldApart(agreement, mazes, wrong)).toBe(1);
    expect(await toldApart(judgeThat(knows), mazes, wrong)).toBe(0.5);
  });

  it("is found to hold the true way where it does, and not where it holds what it is shown", async () => {
    const options = {
      ...{ task: task as never, key: keyOf(4) },
      shown: (one: Maze, i: number) => wayElsewhere(one, new Random(keyOf(i))),
    };
    const holding = await heldWay(judgeThat(knows), instances, options);
    const copying = await heldWay(judgeThat(shownPlane), instances, options);
    if (!holding.applicable || !copying.applicable) throw new Error("both hold pictures");
    expect(holding.parts["probe"]!.value).toBe(1);
    expect(holding.interval.low).toBeGreaterThan(0.1);
    expect(copying.value).toBeLessThanOrEqual(0);
  });
});

describe("the experiment", () => {
  const experiment = experiments.get("adversarial-maze");
  const run = (given: object, signal = new AbortController().signal) =>
    experiment.run(parseParameters(experiment, given), {
      ...{ key: keyOf(1), signal, report: () => {} },
    });
  const small = { width: 4, ticks: 2, judgeTicks: 1, batch: 4, updates: 2, episodes: 24 };

  it("gives the same numbers for the same seed, of both networks", async () => {
    const given = { ...small, training: "adversarial", instances: "mazes", diversity: 8 };
    const found = await run(given);
    expect(await run(given)).toEqual(found);
    const ids = found!.measurements.map(({ signature }) => signature);
    expect(ids).toEqual(expect.arrayContaining(["novel-success", "thinking", "judge", "held-way"]));
  }, 60_000);

  it("has no discriminator to measure where there was supervision, and stops when told to", async () => {
    const given = {
      ...{ ...small, training: "supervised", instances: "corridors", diversity: "fresh" },
      supervisedUpdates: 2,
    };
    const ids = (await run(given))!.measurements.map(({ signature }) => signature);
    expect(ids).not.toContain("judge");
    const long = { ...given, supervisedUpdates: 100_000 };
    expect(await run(long, AbortSignal.abort())).toBeUndefined();
  }, 60_000);

  it("names what it does not know", () => {
    const given = { training: "adversary", instances: "mazes", diversity: 8 };
    expect(() => parseParameters(experiment, given)).toThrow("training");
  });
});
