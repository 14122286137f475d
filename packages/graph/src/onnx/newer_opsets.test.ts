import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import type { Attributes } from "../core/attributes.ts";
import { gradients } from "../gradient/differentiate.ts";
import { add } from "../ops/elementwise.ts";
import { sum, variance } from "../ops/reduce.ts";
import { encodeModel } from "./encode.ts";
import { loadOnnx } from "./imported.ts";
import type { NodeDef } from "./schema.ts";
import { toGraph } from "./to_graph.ts";

const node = (
  op: string,
  inputs: string[],
  output: string,
  attributes: Attributes = {},
): NodeDef => ({
  op,
  domain: "",
  name: "",
  inputs,
  outputs: [output],
  attributes,
});

/** Operations that are newer than ours, or that only imported models have. */
const bytes = encodeModel({
  irVersion: 9,
  opsets: [{ domain: "", version: 20 }],
  producer: "test",
  metadata: {},
  graph: {
    name: "g",
    nodes: [
      node("ReduceMean", ["x", "axes"], "mean", { keepdims: { int: 1 } }),
      node("Sub", ["x", "mean"], "centred"),
      node("LeakyRelu", ["centred"], "leaky", { alpha: { float: 0.1 } }),
      node("Elu", ["leaky"], "elu"),
      node("Gelu", ["elu"], "y"),
    ],
    initializers: [
      { name: "axes", value: { shape: [1], dtype: "int64", data: BigInt64Array.of(1n) } },
    ],
    inputs: [{ name: "x", dtype: "float32", shape: [2, 3] }],
    outputs: [{ name: "y", dtype: "float32", shape: [2, 3] }],
    valueInfo: [],
  },
});

describe("a model of a newer operator set", () => {
  it("is differentiated, also through reductions that are added to it", async () => {
    const model = await loadOnnx(bytes);
    const { graph, inputs, outputs } = await toGraph(model);
    // variance adds a ReduceSumSquare and a ReduceMean of ours.
    const loss = add(sum(outputs["y"]!), sum(variance(outputs["y"]!, { axes: [1] }))).as("loss");
    const [slope] = gradients(loss, [inputs["x"]!]);
    const compiled = await compile(graph, { outputs: [loss, slope!.as("slope")] });
    const x = Float32Array.of(0.9, -1, 2, 1.5, 0.2, -0.7);
    const { slope: found } = await compiled.run({ x });
    const h = 1e-2;
    for (let i = 0; i < x.length; i++) {
      const at = async (step: number) =>
        (await compiled.run({ x: x.with(i, x[i]! + step) }))["loss"]![0]!;
      const numeric = ((await at(h)) - (await at(-h))) / (2 * h);
      expect(Math.abs(numeric - found![i]!)).toBeLessThan(2e-3);
    }
  });

  it("gives what its definition says", async () => {
    const model = await loadOnnx(bytes);
    const { elu } = await model.run({ x: [1, 2, 6, 0, 0, 0] }, { read: ["elu"] });
    const wanted = [Math.expm1(-0.2), Math.expm1(-0.1), 3, 0, 0, 0];
    Array.from(elu!.data as Float32Array).forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i]!, 5);
    });
  });
});
