import { describe, expect, it } from "vitest";
import { Graph } from "../core/graph.ts";
import { loadEngine } from "../engine/index.ts";
import { add, mul, relu } from "../ops/elementwise.ts";
import { argMax, sum } from "../ops/reduce.ts";
import { compile, toOnnx } from "./compile.ts";

/** double = 2 x; out = relu(double + 1). */
function chain() {
  const g = new Graph();
  const x = g.input("x", [2, 2]);
  const double = mul(x, 2).as("double");
  const out = relu(add(double, 1)).as("out");
  return { g, x, double, out };
}

const x = Float32Array.of(1, -2, 3, -4);

describe.each(["native", "wasm"] as const)("a compiled graph on the %s engine", (engine) => {
  it("computes outputs and reads named tensors and inputs", async () => {
    const { g, out } = chain();
    const model = await compile(g, { outputs: [out], engine });
    expect((await model.run({ x })).out).toEqual(Float32Array.of(3, 0, 7, 0));
    const read = await model.run({ x }, { read: ["double", "x"] });
    expect(read.double).toEqual(Float32Array.of(2, -4, 6, -8));
    expect(read.x).toEqual(x);
  });

  it("replaces, adds to and scales a named tensor, and reads what it became", async () => {
    const { g, out } = chain();
    const model = await compile(g, { outputs: [out], engine });
    const patched = async (patch: Parameters<typeof model.run>[1]) =>
      Array.from((await model.run({ x }, patch)).out!);
    expect(await patched({ patch: { double: Float32Array.of(9, 8, 7, 6) } })).toEqual([
      10, 9, 8, 7,
    ]);
    expect(await patched({ patch: { double: { add: 10 } } })).toEqual([13, 7, 17, 3]);
    expect(await patched({ patch: { double: { add: [1, 0, 0, 0] } } })).toEqual([4, 0, 7, 0]);
    expect(await patched({ patch: { double: { scale: -1 } } })).toEqual([0, 5, 0, 9]);
    const both = await model.run({ x }, { read: ["double"], patch: { double: { scale: 2 } } });
    expect(Array.from(both.double!)).toEqual([4, -8, 12, -16]);
  });

  it("patches an input and keeps two names for one value apart", async () => {
    const g = new Graph();
    const input = g.input("x", [2, 2]);
    const first = relu(input).as("first");
    const second = relu(input).as("second");
    const total = add(first, second).as("total");
    const model = await compile(g, { outputs: [total], engine });
    const run = async (patch: Record<string, Float32Array>) =>
      Array.from((await model.run({ x }, { patch })).total!);
    expect(await run({ first: new Float32Array(4) })).toEqual([1, 0, 3, 0]);
    expect(await run({ x: Float32Array.of(1, 1, 1, 1) })).toEqual([2, 2, 2, 2]);
  });

  it("returns integers as integers", async () => {
    const { g, out } = chain();
    const best = argMax(out).as("best");
    const model = await compile(g, { outputs: [best], engine });
    const results = await model.run<{ best: BigInt64Array }>({ x });
    expect(results.best).toEqual(BigInt64Array.of(0n, 0n));
  });

  it("writes a file that the engine loads, with names and parameters", async () => {
    const g = new Graph();
    const w = g.parameter("w", [2], Float32Array.of(2, 3));
    const out = sum(mul(g.input("x", [2, 2]), w), { axes: [1] }).as("out");
    const bytes = toOnnx(g, { outputs: [out], metadata: { origin: "test" } });
    const loaded = await loadEngine({ engine });
    const session = await loaded.compile(bytes);
    const results = await session.run({ x: loaded.value("float32", x, [2, 2]) }, ["out"]);
    expect(results.out!.data).toEqual(Float32Array.of(-4, -6));
  });

  it.each([
    [{}, {}, 'run: input "x" [2, 2] of float32 is not given.'],
    [{ x: x.slice(1) }, {}, 'run: input "x" has shape [2, 2], which 3 elements do not fill.'],
    [{ x, y: x }, {}, 'run: the graph has no input "y"; did you mean "x".'],
    [{ x }, { read: ["doubl"] }, 'read: the graph has no tensor "doubl"; did you mean "double".'],
    [
      { x },
      { patch: { double: x.slice(2) } },
      'patch: tensor "double" has shape [2, 2], which 2 elements do not fill.',
    ],
  ])("says in a sentence what does not fit: %#", async (feeds, options, sentence) => {
    const { g, out } = chain();
    const model = await compile(g, { outputs: [out], engine });
    await expect(model.run(feeds, options)).rejects.toThrow(sentence);
  });
});
