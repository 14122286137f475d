import { describe, expect, it } from "vitest";
import { keyOf, type PredictiveSubject } from "../core/index.ts";
import { costsTo, makeSupervisedTask, mazeFromPicture, pathExample } from "../tasks/index.ts";
import { drawMeasured } from "./instances.ts";
import { sizeExtrapolation } from "./size-extrapolation.ts";

const task = makeSupervisedTask("maze-path", { rows: 3, cols: 3 }, { diversity: 4, seed: 1 });
const instances = drawMeasured(task, 40, keyOf(2));

/** Marks the way, of mazes of every size, where it is no longer than the ticks; and notes how long each was. */
function reaching(byDefault: number, steps: number[] = []): PredictiveSubject {
  return {
    hooks: [],
    ticks: byDefault,
    anySize: true,
    async predict({ inputs, batch, grid }, { ticks = byDefault } = {}) {
      const { channels, height, width } = grid!;
      const area = height * width;
      const outputs = new Float32Array(batch * area).fill(-1);
      steps.length = 0;
      for (let i = 0; i < batch; i++) {
        const picture = inputs.subarray(i * channels * area, (i + 1) * channels * area);
        const maze = mazeFromPicture(picture, grid!);
        const length = costsTo(maze, maze.goal)[maze.start]!;
        steps.push(length);
        if (length > ticks) continue;
        pathExample(maze).target.forEach((marked, pixel) => {
          if (marked) outputs[i * area + pixel] = 1;
        });
      }
      return { outputs, read: {} };
    },
  };
}

const measure = async (subject: PredictiveSubject) =>
  sizeExtrapolation.supervised!(subject, instances, { task, key: keyOf(3) });

describe("size extrapolation", () => {
  it("is the share of mazes of 5 x 5 cells that four times the ticks solve, beside that of the same ticks", async () => {
    const steps: number[] = [];
    const found = await measure(reaching(3, steps));
    if (!found.applicable) throw new Error(found.reason);
    const share = (ticks: number) => steps.filter((length) => length <= ticks).length / 40;
    expect(found.series).toEqual({ ticks: [3, 6, 12], solved: [3, 6, 12].map(share) });
    expect(found.value).toBe(share(12));
    expect(found.baselines).toEqual({ "as many ticks as in training": share(3) });
    expect(found.parts["moreTicks"]!.value).toBeCloseTo(share(12) - share(3), 12);
    expect(found.parts).toMatchObject({ rows: { value: 5 }, cols: { value: 5 } });
    expect(share(12)).toBeGreaterThan(share(3));
  });

  it("asks a subject without ticks once, and one with few ticks no more than it has", async () => {
    const { ticks: _, ...rest } = reaching(3);
    const flat = await measure({ ...rest, ticks: undefined });
    expect(flat).toMatchObject({ applicable: true, series: { ticks: [1] } });
    const bound = await measure({ ...reaching(3), mostTicks: 5 });
    expect(bound).toMatchObject({ series: { ticks: [3, 5] } });
  });

  it("does not apply to what takes one size only", async () => {
    expect(await measure({ ...reaching(3), anySize: false })).toEqual({
      signature: "size-extrapolation",
      applicable: false,
      reason: "the subject takes pictures of one size only",
    });
  });
});
