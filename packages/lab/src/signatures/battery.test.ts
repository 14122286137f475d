import { describe, expect, it } from "vitest";
import {
  keyOf,
  type Measurement,
  type PredictiveSubject,
  type SupervisedTask,
  split,
} from "../core/index.ts";
import { type Maze, makeTask, mazePath } from "../tasks/index.ts";
import { runBattery } from "./calibration/index.ts";
import {
  deadEndFillingSubject,
  followWall,
  memorySubject,
  programSubject,
  untrainedSubject,
  valueIterationSubject,
  walker,
  wavefront,
  withIdleLabels,
} from "./controls/index.ts";
import { drawMeasured } from "./instances.ts";
import { mazeSignatures } from "./registry.ts";

const task = makeTask(
  mazePath,
  { rows: 3, cols: 3, generator: "wilson" },
  { diversity: 20, seed: 2 },
) as SupervisedTask<Maze>;
const rules = task.rules as never;
const instances = drawMeasured(task, 120, split(keyOf(2), "instances"));
const key = keyOf(3);
const ticks = 9;

type Applicable = Extract<Measurement, { applicable: true }>;

async function battery(subject: PredictiveSubject): Promise<Map<string, Measurement>> {
  const found = await runBattery(subject, instances, { task: task as SupervisedTask, key });
  return new Map(found.map((measurement) => [measurement.signature, measurement]));
}

function applicable(found: Map<string, Measurement>, signature: string): Applicable {
  const measurement = found.get(signature)!;
  if (!measurement.applicable) throw new Error(`${signature}: ${measurement.reason}`);
  return measurement;
}

describe("the battery on value iteration", async () => {
  const found = await battery(valueIterationSubject(rules, { ticks, key }));

  it("finds all that was built in", () => {
    expect(applicable(found, "pursuit").value).toBe(1);
    expect(applicable(found, "ticks").interval.low).toBeGreaterThan(0);
    expect(applicable(found, "value-probe").interval.low).toBeGreaterThan(0.1);
    // A value of 1 at another cell makes that cell the goal, and the way to it the best; the probe, made of two planes,
    // sets it to about that.
    expect(applicable(found, "value-patch").parts["patched"]!.value).toBeGreaterThan(0.9);
    expect(applicable(found, "goal-patch").parts["patched"]!.value).toBe(1);
    expect(applicable(found, "emulation").value).toBeLessThan(0.1);
  });

  it("settles later where the way is longer, comes to rest, and forgets where it started", () => {
    expect(applicable(found, "compute-allocation").value).toBeGreaterThan(0.9);
    expect(applicable(found, "dynamics").value).toBe(1);
    // Values of another goal fade by a step each tick, so that nine ticks do not clear them all.
    const { value, baselines } = applicable(found, "path-independence");
    expect(value).toBeGreaterThan(baselines["end states of different mazes"]!);
  });

  it("reports intervals, n and baselines, or why not", () => {
    for (const measurement of found.values()) {
      if (!measurement.applicable) {
        expect(measurement.reason).not.toBe("");
        continue;
      }
      const { value, interval, n, baselines } = measurement;
      expect(interval.low).toBeLessThanOrEqual(value);
      expect(interval.high).toBeGreaterThanOrEqual(value);
      expect(n).toBeGreaterThanOrEqual(10);
      expect(Object.keys(baselines).length).toBeGreaterThan(0);
    }
    expect(new Set(found.keys())).toEqual(
      new Set(["novel-success", ...mazeSignatures.map(({ id }) => id)]),
    );
  });

  it("finds the same twice", async () => {
    const again = await battery(valueIterationSubject(rules, { ticks, key }));
    expect([...again.values()]).toEqual([...found.values()]);
  });
});

describe("the battery on a wave from the start", async () => {
  const found = await battery(programSubject(rules, wavefront(ticks, { key })));
  it("finds the evaluations of a program as it finds those of a graph", () => {
    expect(applicable(found, "value-patch").parts["patched"]!.value).toBeGreaterThan(0.8);
    expect(applicable(found, "goal-patch").parts["patched"]!.value).toBe(1);
  });
});

describe("the battery on dead-end filling", async () => {
  const found = await battery(deadEndFillingSubject(rules, { ticks }));

  it("sees that it is competent, needs its ticks and reads its ends", () => {
    expect(applicable(found, "pursuit").value).toBe(1);
    expect(applicable(found, "ticks").interval.low).toBeGreaterThan(0);
    expect(applicable(found, "goal-patch").interval.low).toBeGreaterThan(0.3);
  });

  it("sees that it evaluates nothing", () => {
    expect(applicable(found, "value-probe").value).toBeLessThan(0.15);
    expect(applicable(found, "emulation").value).toBe(1);
  });
});

describe("replanning", () => {
  it("is at once for what is computed from the goal alone, and too late for what is filled already", async () => {
    const move = (subject: PredictiveSubject) =>
      battery(subject).then((found) => applicable(found, "replan"));
    // A wave from the start does not depend on the goal: every label is right for any other.
    const wave = await move(programSubject(rules, wavefront(2 * ticks, { key })));
    expect(wave.parts["recovered"]!.value).toBe(1);
    // What dead-end filling has filled stays filled, and the new goal lies there more often than not.
    const filling = await move(deadEndFillingSubject(rules, { ticks }));
    expect(filling.parts["recovered"]!.value).toBeLessThan(0.7);
    expect(filling.baselines["a fresh start with the ticks left"]!).toBeGreaterThan(0.7);
  });
});

describe("the battery on others that evaluate nothing", () => {
  it("is not fooled by values that lie idle", async () => {
    const wall = walker(2 * ticks, followWall("right"), 0, key);
    const found = await battery(programSubject(rules, withIdleLabels(wall, { key })));
    expect(applicable(found, "value-probe").interval.low).toBeGreaterThan(0.1);
    expect(applicable(found, "value-patch").value).toBe(0);
  });

  it("calls a memorizer incompetent on new mazes, and asks nothing of an inside that it lacks", async () => {
    const found = await battery(memorySubject(rules, task.training.all!, "same"));
    expect(applicable(found, "pursuit").interval.high).toBeLessThan(0);
    for (const id of ["ticks", "value-probe", "value-patch", "goal-patch"])
      expect(found.get(id)).toMatchObject({ applicable: false });
  });

  it("finds nothing in an untrained network", async () => {
    const found = await battery(untrainedSubject(rules, { width: 16, ticks: 6, key }));
    expect(applicable(found, "pursuit").value).toBeLessThan(0);
    expect(applicable(found, "value-probe").interval.low).toBeLessThan(0.05);
    expect(applicable(found, "goal-patch").value).toBeLessThan(0.1);
  });
});

describe("a subject of another task", () => {
  it("gets reasons, not zeros", async () => {
    const other = { ...task, family: "another" } as unknown as SupervisedTask;
    const subject = memorySubject(rules, task.training.all!, "same");
    const options = { task: other, key, signatures: mazeSignatures };
    for (const measurement of await runBattery(subject, { ...instances }, options))
      expect(measurement).toMatchObject({
        applicable: false,
        reason: expect.stringContaining("mazes"),
      });
  });
});
