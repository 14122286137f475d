import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import { Graph, type Tensor } from "../core/graph.ts";
import { expectClose, golden, goldenFloats } from "../testing/golden.ts";
import * as ops from "./index.ts";

/** Evaluates tensors of a graph without inputs. */
async function evaluate(g: Graph, outputs: Tensor[], engine: "native" | "wasm" = "native") {
  const model = await compile(g, { outputs, engine });
  const results = await model.run({});
  await model.dispose();
  return outputs.map((tensor, i) => results[tensor.name ?? `output.${i}`]!);
}

describe("random numbers", () => {
  it("are the same for one key on both engines, and others for another key or stream", async () => {
    const draw = async (key: bigint, stream: number, engine: "native" | "wasm") => {
      const g = new Graph();
      const drawn = ops.randomUniform(g.constant(BigInt64Array.of(key), []), [4, 5], stream);
      return (await evaluate(g, [drawn], engine))[0]!;
    };
    const first = await draw(7n, 0, "native");
    expect(await draw(7n, 0, "wasm")).toEqual(first);
    expect(await draw(8n, 0, "native")).not.toEqual(first);
    expect(await draw(7n, 1, "native")).not.toEqual(first);
  });

  it("have the moments of their distributions", async () => {
    const g = new Graph();
    const count = 40_000;
    const key = g.constant(BigInt64Array.of(1n), []);
    const [uniform, normal] = await evaluate(g, [
      ops.randomUniform(key, [count]),
      ops.randomNormal(key, [count]),
    ]);
    const moment = (x: Float32Array, power: number) =>
      x.reduce((total, value) => total + value ** power, 0) / x.length;
    // Four standard errors: sqrt(1/12 / n), sqrt(4/45 / n), sqrt(1 / n), sqrt(2 / n), sqrt(96 / n).
    expect(Math.abs(moment(uniform!, 1) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(moment(uniform!, 2) - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / count));
    expect(Math.abs(moment(normal!, 1))).toBeLessThan(4 * Math.sqrt(1 / count));
    expect(Math.abs(moment(normal!, 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(moment(normal!, 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
    // Chi-squared over 64 bins: mean 63, standard deviation sqrt(126).
    const bins = new Array<number>(64).fill(0);
    for (const value of uniform!) bins[Math.floor(value * 64)]!++;
    const chi = bins.reduce((total, n) => total + (n - count / 64) ** 2 / (count / 64), 0);
    expect(Math.abs(chi - 63)).toBeLessThan(4 * Math.sqrt(126));
  });

  it("drop as many elements as dropout's rate says and scale the rest", async () => {
    const g = new Graph();
    const ones = g.constant(new Float32Array(10_000).fill(1));
    const [dropped] = await evaluate(g, [
      ops.dropout(ones, 0.25, g.constant(BigInt64Array.of(3n), [])),
    ]);
    const kept = dropped!.filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.75)]));
    expect(Math.abs(kept.length - 7500)).toBeLessThan(4 * Math.sqrt(10_000 * 0.25 * 0.75));
  });
});

describe("operations with known results", () => {
  it("counts, orders and marks", async () => {
    const g = new Graph();
    const x = g.constant([3, 1, 2, 5, 4, 6], [2, 3]);
    const [running, hot, best, top] = await evaluate(g, [
      ops.cumSum(x, 1),
      ops.oneHot(ops.integers(g, [2, 0]), 3),
      ops.cast(ops.argMax(x, 1), "float32"),
      ops.topK(x, 2).values,
    ]);
    expect(Array.from(running!)).toEqual([3, 4, 6, 5, 9, 15]);
    expect(Array.from(hot!)).toEqual([0, 0, 1, 1, 0, 0]);
    expect(Array.from(best!)).toEqual([0, 2]);
    expect(Array.from(top!)).toEqual([3, 2, 6, 5]);
  });

  it("normalizes groups: one group of all features is PyTorch's layer norm", async () => {
    const g = new Graph();
    const keys = ["x", "scale", "bias"].map((name) => golden(`layer_norm/in/${name}`));
    const [x, scale, bias] = keys.map(({ data, shape }) => g.constant(data, shape));
    const rows = ops.reshape(x!, [12, 8]);
    const [result] = await evaluate(g, [ops.groupNorm(rows, 1, scale!, bias!)]);
    expectClose(result!, goldenFloats("layer_norm/out/0"), "groupNorm");
  });

  it("contracts as PyTorch's batched matrix product does", async () => {
    const g = new Graph();
    const [a, b] = ["a", "b"].map((name) => {
      const { data, shape } = golden(`matmul_batched/in/${name}`);
      return g.constant(data, shape);
    });
    const [result] = await evaluate(g, [ops.einsum("bij,bjk->bik", a!, b!)]);
    expectClose(result!, goldenFloats("matmul_batched/out/0"), "einsum");
  });
});

describe("wrong operands", () => {
  const g = new Graph();
  const a = g.input("a", [2, 3]);
  const b = g.input("b", [4, 5]);
  const index = g.input("i", [2], "int64");
  it.each<[string, () => unknown]>([
    ['add: shapes "a" [2, 3] and "b" [4, 5] do not broadcast.', () => ops.add(a, b)],
    ['matmul: operands "a" [2, 3] and "b" [4, 5] do not fit.', () => ops.matmul(a, b)],
    [
      'matmul: operands "a" [2, 3] and "b" [4, 5] do not fit with the first transposed.',
      () => ops.matmul(a, b, { transposeA: true }),
    ],
    ["softmax: axis 2 is outside a tensor of shape [2, 3].", () => ops.softmax(a, 2)],
    [
      'concat: operands "a" [2, 3] and "b" [4, 5] differ outside axis 0.',
      () => ops.concat([a, b], 0),
    ],
    [
      'reshape: operand "a" [2, 3] of 6 elements does not fill shape [4, 2].',
      () => ops.reshape(a, [4, 2]),
    ],
    [
      'add: operands "a" [2, 3] and "i" [2] have element types float32 and int64.',
      () => ops.add(a, index),
    ],
    ['gather: operand "b" [4, 5] holds float32; int64 is needed.', () => ops.gather(a, b)],
    [
      'tanh: operand "i" [2] holds int64; a floating-point tensor is needed.',
      () => ops.tanh(index),
    ],
    [
      'crossEntropy: target "i" [2] does not fit logits "b" [4, 5].',
      () => ops.crossEntropy(b, index),
    ],
    ['the name "a" is taken by a tensor of shape [2, 3] in this graph.', () => g.input("a", [1])],
    [
      'einsum: "ij,jk->ik" does not fit operands "a" [2, 3] and "b" [4, 5]: j is both 3 and 4 long.',
      () => ops.einsum("ij,jk->ik", a, b),
    ],
  ])("%s", (sentence, build) => {
    expect(build).toThrow(sentence);
  });
});
