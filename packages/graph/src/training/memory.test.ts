import { describe, expect, it } from "vitest";
import { Graph } from "../core/graph.ts";
import { mlp } from "../modules/linear.ts";
import { mse } from "../ops/losses.ts";
import { adam } from "../optimizers/index.ts";
import { compileTraining } from "./compile_training.ts";

describe("resident memory", () => {
  it.each(["native", "wasm"] as const)("is flat over 20,000 updates (%s)", async (engine) => {
    const g = new Graph();
    const prediction = mlp(g, g.input("x", [16, 8]), { widths: [128, 4] });
    const loss = mse(prediction, g.input("y", [16, 4]));
    const trainer = await compileTraining(loss, {
      optimizer: adam({ learningRate: 1e-3 }),
      engine,
    });
    const feeds = { x: new Float32Array(128).fill(0.5), y: new Float32Array(64).fill(1) };
    const megabytes: number[] = [];
    for (let part = 0; part < 4; part++) {
      for (let i = 0; i < 5000; i++) await trainer.update(feeds);
      megabytes.push(process.memoryUsage().rss / 2 ** 20);
    }
    // Parameters, slots and results of one update are 20 kB: kept, they would be 300 MB over the last 15,000 updates.
    expect(megabytes.at(-1)! - megabytes[0]!).toBeLessThan(60);
    await trainer.dispose();
  });
});
