import { describe, expect, it } from "vitest";
import { keyOf, type PredictiveSubject } from "../core/index.ts";
import { makeSupervisedTask } from "../tasks/index.ts";
import { drawMeasured } from "./instances.ts";
import { thinkingTime } from "./thinking-time.ts";

const task = makeSupervisedTask("maze-path", { rows: 2, cols: 2 }, { diversity: 4, seed: 1 });
const instances = drawMeasured(task, 64, keyOf(2));

/** Answers after as many ticks as the picture has walls, modulo 3, plus 1. */
const ticksOf = (inputs: Float32Array, batch: number) =>
  Float32Array.from({ length: batch }, (_, i) => {
    const size = inputs.length / batch;
    const walls = inputs.subarray(i * size, i * size + task.rules.outputs);
    return (walls.reduce((a, b) => a + b, 0) % 3) + 1;
  });

const halts: PredictiveSubject = {
  hooks: ["thought"],
  ticks: 3,
  predict: async ({ inputs, batch }) => ({
    outputs: new Float32Array(batch * task.rules.outputs),
    read: { thought: { shape: [1], data: ticksOf(inputs, batch) } },
  }),
};

describe("thinking time", () => {
  it("is the mean of what the subject says, within its interval", async () => {
    const found = await thinkingTime.supervised!(halts, instances, { task, key: keyOf(3) });
    if (!found.applicable) throw new Error(found.reason);
    // Every perfect maze of 2 x 2 cells has 3 passages open: 25 pixels less 4 cells and 3 passages are 18 walls.
    expect(found.value).toBe(1);
    expect(found.interval).toMatchObject({ low: 1, high: 1 });
    expect(found.n).toBe(64);
    expect(found.baselines).toEqual({ most: 3 });
    expect(found.parts["training"]!.value).toBe(1);
  });

  it("does not apply to a subject that does not halt", async () => {
    const { hooks: _, ...rest } = halts;
    const found = await thinkingTime.supervised!({ ...rest, hooks: [] }, instances, {
      task,
      key: keyOf(3),
    });
    expect(found).toMatchObject({ applicable: false });
  });
});
