import { describe, expect, it } from "vitest";
import { toOnnx } from "../compile/compile.ts";
import { Graph } from "../core/graph.ts";
import { loadOnnx } from "../onnx/imported.ts";
import { mul } from "../ops/elementwise.ts";

/** Zeros that the operating system provides only when they are touched, which nothing here does. */
const untouched = (bytes: number) => new Uint8Array(bytes);

describe("models over 2 GB", () => {
  it("are refused when their file is too long", async () => {
    await expect(loadOnnx(untouched(2 ** 31))).rejects.toThrow(
      "loadOnnx: the model has 2147483648 bytes; over 2 GB are not supported.",
    );
  });

  it("are refused when their external data is too long", async () => {
    const g = new Graph();
    const model = toOnnx(g, { outputs: [mul(g.input("x", [2]), 2).as("y")] });
    const externalData = { "a.bin": untouched(2 ** 30), "b.bin": untouched(2 ** 30) };
    const total = 2 ** 31 + model.length;
    await expect(loadOnnx(model, { externalData })).rejects.toThrow(
      `loadOnnx: the model has ${total} bytes; over 2 GB are not supported.`,
    );
  });

  it("are not written", () => {
    const g = new Graph();
    const count = 2 ** 29;
    const w = g.parameter("w", [count], new Float32Array(untouched(4 * count).buffer));
    expect(() => toOnnx(g, { outputs: [mul(w, 2)] })).toThrow(
      /toOnnx: parameters and constants have 2147483652 bytes; over 2 GB do not fit a file/,
    );
  });
});
