import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import { Graph, type Tensor } from "../core/graph.ts";
import { namedSource } from "../modules/init.ts";
import { conv2d } from "../ops/conv.ts";
import { customGradient } from "../ops/custom.ts";
import { exp, mul, pow, stopGradient, tanh } from "../ops/elementwise.ts";
import { concat } from "../ops/layout.ts";
import { matmul } from "../ops/matrix.ts";
import { sum, sumSquare } from "../ops/reduce.ts";
import { gradients } from "./differentiate.ts";

async function evaluate(outputs: Tensor[], feeds: Record<string, Float32Array>) {
  const model = await compile(outputs[0]!.graph, { outputs });
  const results = await model.run(feeds);
  return outputs.map((tensor, i) => Array.from(results[tensor.name ?? `output.${i}`]!));
}

const x3 = { x: Float32Array.of(1, 2, -3) };

describe("gradients", () => {
  it("can be differentiated again: x^3 has slopes 3 x^2 and 6 x", async () => {
    const g = new Graph();
    const x = g.input("x", [3]);
    const [first] = gradients(sum(pow(x, 3)), [x]);
    const [second] = gradients(sum(first!), [x]);
    expect(await evaluate([first!, second!], x3)).toEqual([
      [3, 12, 27],
      [6, 12, -18],
    ]);
  });

  it("of a kernel's gradient satisfy Euler's identity for homogeneous functions", async () => {
    const g = new Graph();
    const [x, w] = [g.input("x", [16, 3, 4, 4]), g.input("w", [16, 3, 3, 3])];
    const loss = sumSquare(conv2d(x, w, { padding: 1 }));
    // The loss's gradient with respect to w is of degree 1 in w and 2 in x, so its square is of degrees 2 and 4.
    const square = sumSquare(gradients(loss, [w])[0]!);
    const [dx, dw] = gradients(square, [x, w]);
    const random = namedSource("Euler");
    const draw = (count: number) => Float32Array.from({ length: count }, () => random() - 0.5);
    const feeds = { x: draw(16 * 3 * 16), w: draw(16 * 27) };
    const outputs = [square, sum(mul(dx!, x)), sum(mul(dw!, w))];
    const [[value], [alongX], [alongW]] = (await evaluate(outputs, feeds)) as [
      [number],
      [number],
      [number],
    ];
    expect(alongX / value).toBeCloseTo(4, 4);
    expect(alongW / value).toBeCloseTo(2, 4);
  });

  it("stop where they are told to, and are zero for what nothing depends on", async () => {
    const g = new Graph();
    const x = g.input("x", [3]);
    const other = g.input("other", [2]);
    const [slope, none] = gradients(sum(mul(stopGradient(x), x)), [x, other]);
    expect(await evaluate([slope!, none!], x3)).toEqual([
      [1, 2, -3],
      [0, 0],
    ]);
  });

  it("are what the caller says in customGradient", async () => {
    const g = new Graph();
    const x = g.input("x", [3]);
    const straight = customGradient(tanh(mul(x, 100)), [x], (dy) => [mul(dy, 2)]);
    const [slope] = gradients(sum(mul(straight, straight)), [x]);
    // d/dy y^2 = 2 y, and y is 1, 1, -1.
    expect(await evaluate([slope!], x3)).toEqual([[4, 4, -4]]);
    const wrong = customGradient(exp(x), [x], (dy) => [sum(dy)]);
    expect(() => gradients(sum(wrong), [x])).toThrow(
      'customGradient: the gradient [] does not fit input "x" [3].',
    );
  });

  it("join the contributions of many uses of a weight into one product", async () => {
    const g = new Graph();
    const w = g.input("w", [2, 2]);
    const rows = [1, 2, 3, 4].map((k) => g.constant([k, 1], [1, 2]));
    const [slope] = gradients(
      sum(
        concat(
          rows.map((row) => matmul(row, w)),
          0,
        ),
      ),
      [w],
    );
    expect(await evaluate([slope!], { w: new Float32Array(4) })).toEqual([[10, 10, 4, 4]]);
  });

  it("need a scalar or cotangents", () => {
    const g = new Graph();
    const x = g.input("x", [3]);
    expect(() => gradients(x, [x])).toThrow(
      'gradients: output "x" [3] is not a scalar and has no cotangent.',
    );
  });
});
