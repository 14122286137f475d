import { describe, expect, it } from "vitest";
import { compile } from "./compile/compile.ts";
import { Graph, type Tensor } from "./core/graph.ts";
import { gradients } from "./gradient/differentiate.ts";
import {
  expectClose,
  type GoldenCase,
  golden,
  goldenCases,
  goldenFloats,
} from "./testing/golden.ts";
import { goldenOperations } from "./testing/golden_operations.ts";

const cases = goldenCases.filter((one) => (one.cotangents ?? []).length > 0);

/** Outputs and gradients of one case, from one graph. */
async function evaluate(one: GoldenCase, engine: "native" | "wasm") {
  const g = new Graph();
  const operands: Record<string, Tensor> = {};
  const feeds: Record<string, Float32Array | BigInt64Array> = {};
  for (const [name, key] of Object.entries(one.inputs)) {
    const { shape, dtype, data } = golden(key);
    operands[name] = g.input(name, shape, dtype);
    feeds[name] = data as Float32Array;
  }
  const made = goldenOperations[one.op]!(operands, one.attrs, g);
  const outputs = Array.isArray(made) ? (made as Tensor[]) : [made as Tensor];
  const cotangents = outputs.map((output, i) => {
    feeds[`cotangent.${i}`] = goldenFloats(one.cotangents![i]!);
    return g.input(`cotangent.${i}`, output.shape);
  });
  const wanted = Object.keys(one.grads!);
  const grads = gradients(
    outputs,
    wanted.map((name) => operands[name]!),
    cotangents,
  );
  outputs.forEach((output, i) => {
    outputs[i] = output.as(`out.${i}`);
  });
  const model = await compile(g, {
    engine,
    outputs: [...outputs, ...grads.map((gradient, i) => gradient.as(`grad.${wanted[i]}`))],
  });
  const results = await model.run(feeds);
  await model.dispose();
  return results;
}

describe.each(["native", "wasm"] as const)("golden values on the %s engine", (engine) => {
  it.each(cases)("$name", async (one) => {
    expect(Object.keys(goldenOperations)).toContain(one.op);
    const results = await evaluate(one, engine);
    one.outputs.forEach((key, i) => {
      expectClose(results[`out.${i}`]!, goldenFloats(key), `output ${i}`);
    });
    for (const [name, key] of Object.entries(one.grads!)) {
      expectClose(results[`grad.${name}`]!, goldenFloats(key), `gradient of ${name}`);
    }
  });
});
