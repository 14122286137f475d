import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import { Graph } from "../core/graph.ts";
import { namedSource } from "../modules/init.ts";
import { matmul } from "../ops/matrix.ts";
import { engineInfo } from "./index.ts";

describe("WebAssembly with several threads", () => {
  it("starts them and computes what one float64 loop computes", async () => {
    let workers = 0;
    const count = () => {
      workers++;
    };
    subscribe("worker_threads", count);
    const g = new Graph();
    const [rows, inner, columns] = [256, 96, 128];
    const a = g.input("a", [rows, inner]);
    const b = g.input("b", [inner, columns]);
    const options = { engine: "wasm", threads: 2 } as const;
    const model = await compile(g, { outputs: [matmul(a, b).as("y")], ...options });
    const random = namedSource("threads");
    const draw = (count: number) => Float32Array.from({ length: count }, () => random() - 0.5);
    const feeds = { a: draw(rows * inner), b: draw(inner * columns) };
    const { y } = await model.run(feeds);
    expect((await engineInfo(options)).threads).toBe(2);
    unsubscribe("worker_threads", count);
    expect(workers).toBeGreaterThanOrEqual(1);
    for (let i = 0; i < rows; i += 17) {
      for (let j = 0; j < columns; j += 13) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += feeds.a[i * inner + k]! * feeds.b[k * columns + j]!;
        expect(Math.abs(y![i * columns + j]! - sum)).toBeLessThan(1e-5);
      }
    }
  });
});
