import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Tensor } from "../core/graph.ts";
import { Graph } from "../core/graph.ts";
import { loadEngine } from "../engine/index.ts";
import { gradients } from "../gradient/differentiate.ts";
import { namedSource } from "../modules/init.ts";
import { conv2d, convTranspose2d } from "../ops/conv.ts";
import { add, relu, sigmoid } from "../ops/elementwise.ts";
import { sumSquare } from "../ops/reduce.ts";
import { expectClose } from "../testing/golden.ts";
import { compile } from "./compile.ts";
import { lower } from "./lower.ts";

/** Two convolutions with what may lie between them; channels and batch are drawn around the size of a block. */
interface Drawn {
  readonly batch: number;
  readonly channels: readonly [number, number, number];
  readonly image: number;
  readonly kernel: number;
  readonly padding: number;
  readonly stride: number;
  readonly bias: boolean;
  readonly transposed: boolean;
}

const channelCounts = fc.constantFrom(3, 8, 16, 20, 32);
const drawn: fc.Arbitrary<Drawn> = fc.record({
  batch: fc.constantFrom(1, 5, 16, 32),
  channels: fc.tuple(channelCounts, channelCounts, channelCounts),
  image: fc.integer({ min: 4, max: 7 }),
  kernel: fc.integer({ min: 1, max: 3 }),
  padding: fc.integer({ min: 0, max: 2 }),
  stride: fc.constantFrom(1, 1, 2),
  bias: fc.boolean(),
  transposed: fc.boolean(),
});

function build(one: Drawn): { g: Graph; outputs: Tensor[] } {
  const random = namedSource(JSON.stringify(one));
  const g = new Graph();
  const operand = (name: string, shape: readonly number[]) =>
    g.parameter(name, shape, (count) => Float32Array.from({ length: count }, () => random() - 0.5));
  const { batch, channels, image, kernel, padding, stride } = one;
  const [first, second, third] = channels;
  const x = operand("x", [batch, first, image, image]);
  const w1 = operand("w1", [second, first, kernel, kernel]);
  const b1 = operand("b1", [second]);
  const z = conv2d(x, w1, { padding, stride, ...(one.bias ? { bias: b1 } : {}) }).as("z");
  const a = relu(z);
  const square = (kernel - 1) % 2 === 0 ? (kernel - 1) / 2 : 0;
  const w2 = operand(
    "w2",
    one.transposed ? [second, third, kernel, kernel] : [third, second, kernel, kernel],
  );
  const y = one.transposed
    ? convTranspose2d(a, w2, { padding: square })
    : conv2d(sigmoid(add(a, z)), w2, { padding: kernel - 1 });
  const residual = conv2d(a, operand("w3", [second, second, 3, 3]), { padding: 1 });
  const loss = add(sumSquare(relu(y)), sumSquare(relu(add(residual, a))));
  const wrt = [x, w1, w2, ...(one.bias ? [b1] : [])];
  return { g, outputs: [loss, z, y, ...gradients(loss, wrt)] };
}

describe("convolutions in the blocked layout", () => {
  // The WebAssembly engine has no such layout and computes the plain form.
  it("compute what the plain form computes, forward and backward", async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (one) => {
        const results = [];
        for (const engine of ["native", "wasm"] as const) {
          const { g, outputs } = build(one);
          const model = await compile(g, { outputs, engine });
          results.push(Object.entries(await model.run({})));
          await model.dispose();
        }
        const [blocked, plain] = results;
        blocked!.forEach(([name, values], i) => {
          expectClose(values, plain![i]![1], `${name} of ${JSON.stringify(one)}`, 2e-5);
        });
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it("take the gradient of a kernel as an image like any other", async () => {
    const results = [];
    for (const engine of ["native", "wasm"] as const) {
      const random = namedSource("images");
      const draw = (count: number) => Float32Array.from({ length: count }, () => random() - 0.5);
      const g = new Graph();
      const [x, w, v] = [
        g.parameter("x", [16, 16, 5, 5], draw),
        g.parameter("w", [16, 16, 3, 3], draw),
        g.parameter("v", [16, 16, 3, 3], draw),
      ];
      const [slope] = gradients(sumSquare(conv2d(x, w, { padding: 1 })), [w]);
      const y = conv2d(relu(slope!), v, { padding: 1 }).as("y");
      const twice = add(slope!, conv2d(slope!, v, { padding: 1 })).as("twice");
      const model = await compile(g, { outputs: [y, twice], engine });
      results.push(await model.run({}));
    }
    for (const name of ["y", "twice"]) expectClose(results[0]![name]!, results[1]![name]!, name);
  });

  it("are used where the processor has the layout", async () => {
    const { channelBlock } = await loadEngine({ engine: "native" });
    expect([undefined, 8, 16]).toContain(channelBlock);
    expect((await loadEngine({ engine: "wasm" })).channelBlock).toBeUndefined();
    const one = {
      batch: 16,
      channels: [16, 16, 16],
      image: 5,
      kernel: 3,
      padding: 1,
      stride: 1,
    } as const;
    const { outputs } = build({ ...one, bias: false, transposed: false });
    const named = new Map(outputs.map((tensor, i) => [`y${i}`, tensor]));
    const domains = (block: number | undefined) =>
      lower(named, { channelBlock: block }).graph.nodes.map(({ op, domain }) => `${domain} ${op}`);
    // Three convolutions, two gradients of images beside x's, three of kernels of which x, w1 and w2 ask for two.
    const blocked = domains(16).filter((name) => name === "com.microsoft.nchwc Conv");
    expect(blocked).toHaveLength(3 + 3 + 2);
    expect(
      domains(16).filter((name) => / Conv(Transpose)?$/.test(name) && name.startsWith(" ")),
    ).toEqual([]);
    expect(domains(undefined).filter((name) => /nchwc|mesascope/.test(name))).toEqual([]);
  });
});
