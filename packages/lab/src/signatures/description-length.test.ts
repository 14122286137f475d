import { describe, expect, it } from "vitest";
import { keyOf, type SupervisedTask } from "../core/index.ts";
import { type Maze, makeTask, mazePath } from "../tasks/index.ts";
import { memorySubject, untrainedSubject } from "./controls/index.ts";
import { coded, descriptionLength } from "./description-length.ts";
import { drawMeasured } from "./instances.ts";

const tensor = (values: readonly number[]) => ({
  shape: [values.length],
  data: Float32Array.from(values),
});

describe("a code of parameters", () => {
  it("has the entropy of its steps, and a scale for each tensor", () => {
    // Two signs, evenly: one bit each, four in all; 32 for the scale.
    const { bits, values } = coded({ w: tensor([1, -1, 1, -1]) }, 0, 2);
    expect(bits).toBe(4 + 32);
    expect([...values["w"]!]).toEqual([1, -1, 1, -1]);
    // One of four differs: 4 (0.25 log2 4 + 0.75 log2 4/3) bits.
    expect(coded({ w: tensor([1, 1, 1, -1]) }, 0, 2).bits).toBeCloseTo(
      32 + 2 + 3 * Math.log2(4 / 3),
      10,
    );
  });

  it("drops the smallest over all tensors", () => {
    const { values } = coded({ a: tensor([0.1, 4]), b: tensor([0.2, 3]) }, 0.5, 8);
    expect(values["a"]![0]).toBe(0);
    expect(values["b"]![0]).toBe(0);
    expect(values["a"]![1]).toBe(4);
  });

  it("rounds by at most half a step", () => {
    const data = Array.from({ length: 50 }, (_, i) => Math.sin(i));
    const { values } = coded({ w: tensor(data) }, 0, 5);
    const step = Math.max(...data.map(Math.abs)) / 15;
    data.forEach((value, i) => {
      expect(Math.abs(values["w"]![i]! - value)).toBeLessThanOrEqual(step / 2 + 1e-6);
    });
  });
});

describe("description length", () => {
  const task = makeTask(mazePath, { rows: 3, cols: 3 }, { diversity: 8, seed: 1 });
  const instances = drawMeasured(task, 16, keyOf(1));
  const context = { task: task as SupervisedTask, key: keyOf(2) };

  it("of a network is below that of its numbers as they are", async () => {
    const subject = untrainedSubject(task.rules as never, { width: 16, ticks: 2, key: keyOf(3) });
    const found = await descriptionLength.supervised!(subject, instances, context);
    if (!found.applicable) throw new Error(found.reason);
    expect(found.value).toBeGreaterThan(0);
    // It solves nothing, which the coarsest code does as well: at most two bits for a tenth of the numbers, one for the rest.
    expect(found.value).toBeLessThan(found.baselines["parameters as they are"]! / 16);
  });

  it("does not apply to what has no parameters", async () => {
    const table = memorySubject(task.rules as never, task.training.all as readonly Maze[], "same");
    expect(await descriptionLength.supervised!(table, instances, context)).toMatchObject({
      applicable: false,
    });
  });
});
