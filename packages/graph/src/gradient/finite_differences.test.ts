import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../compile/compile.ts";
import { Graph, type Tensor } from "../core/graph.ts";
import { size } from "../core/shape.ts";
import { namedSource } from "../modules/init.ts";
import { expectClose } from "../testing/golden.ts";
import { type DrawnCase, operationSpecs } from "../testing/operation_specs.ts";
import { gradients } from "./differentiate.ts";

/** Step of the central difference: large against float32's rounding, small against the spacing of the operands. */
const h = 1e-2;

/**
 * Operands whose elements all differ by at least 0.1 and lie at least 0.05 from 0, so that no step crosses a kink or
 * changes which element is the largest.
 */
function drawOperands(one: DrawnCase, random: () => number): Float32Array[] {
  const total = one.shapes.reduce((sum, shape) => sum + size(shape), 0);
  const order = Array.from({ length: total }, (_, i) => i);
  for (let i = total - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const spacing = Math.max(0.1, Math.min(0.3, 4 / total));
  let next = 0;
  return one.shapes.map((shape) =>
    Float32Array.from({ length: size(shape) }, () => {
      const value = (order[next++]! - Math.floor(total / 2) + 0.5) * spacing;
      return one.domain === undefined ? value : one.domain(value);
    }),
  );
}

/** The derivative along a random direction, from the graph's gradients and from a central difference. */
async function derivatives(one: DrawnCase, seed: string, onBothEngines: boolean) {
  const random = namedSource(seed);
  const g = new Graph();
  const operands = one.shapes.map((shape, i) => g.input(`x${i}`, shape));
  const made = one.build(operands);
  const outputs = (Array.isArray(made) ? made : [made]).map((tensor, i) => tensor.as(`y${i}`));
  const signs = outputs.map((y) =>
    Float32Array.from({ length: size(y.shape) }, () => 2 * random() - 1),
  );
  const cotangents = outputs.map((y, i) => g.constant(signs[i]!, y.shape));
  const grads = gradients(outputs, operands, cotangents).map((grad, i) => grad.as(`grad${i}`));
  const all = [...outputs, ...grads];
  const model = await compile(g, { outputs: all, engine: "native" });
  const values = drawOperands(one, random);
  const direction = values.map((value) => value.map(() => 2 * random() - 1));
  const moved = (step: number) =>
    Object.fromEntries(
      values.map((value, i) => [`x${i}`, value.map((v, j) => v + step * direction[i]![j]!)]),
    );
  const run = (step: number) => model.run(moved(step));
  const total = (results: Record<string, Float32Array>) =>
    outputs.reduce((sum, y, i) => sum + dot(results[y.name!]!, signs[i]!), 0);
  const [above, below, centre] = [await run(h), await run(-h), await run(0)];
  await model.dispose();
  if (onBothEngines) await expectSameOnWasm(g, all, moved(0), centre);
  let analytic = 0;
  let magnitude = 0;
  grads.forEach((grad, i) => {
    analytic += dot(centre[grad.name!]!, direction[i]!);
    for (const value of centre[grad.name!]!) magnitude += Math.abs(value);
  });
  return { numeric: (total(above) - total(below)) / (2 * h), analytic, magnitude };
}

/** The engines agree on results and gradients but for rounding. */
async function expectSameOnWasm(
  g: Graph,
  outputs: readonly Tensor[],
  feeds: Record<string, Float32Array>,
  native: Record<string, Float32Array>,
): Promise<void> {
  const model = await compile(g, { outputs, engine: "wasm" });
  const results = await model.run(feeds);
  await model.dispose();
  for (const { name } of outputs) expectClose(results[name!]!, native[name!]!, `${name} on wasm`);
}

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe("gradients agree with finite differences, and engines with each other", () => {
  it.each(Object.entries(operationSpecs))("%s", async (name, cases) => {
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(1e6), async (one, seed) => {
        const { numeric, analytic, magnitude } = await derivatives(
          one,
          `${name} ${seed}`,
          seed % 4 === 0,
        );
        const limit = 2e-3 + 5e-3 * magnitude;
        expect(
          Math.abs(numeric - analytic),
          `${numeric} by differences, ${analytic} by rule`,
        ).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 12, seed: 1 },
    );
  });
});
