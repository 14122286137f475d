import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile, toOnnx } from "../compile/compile.ts";
import { Graph } from "../core/graph.ts";
import { readNpz } from "../files/npz.ts";
import { gradients } from "../gradient/differentiate.ts";
import { linear, mlp, transformerBlock, transformerWeights } from "../modules/index.ts";
import { conv2d, maxPool2d } from "../ops/conv.ts";
import { relu, square } from "../ops/elementwise.ts";
import { reshape } from "../ops/layout.ts";
import { crossEntropy } from "../ops/losses.ts";
import { argMax, mean, sum } from "../ops/reduce.ts";
import { sgd } from "../optimizers/index.ts";
import { expectClose } from "../testing/golden.ts";
import { compileTraining } from "../training/compile_training.ts";
import { loadOnnx } from "./imported.ts";
import { toGraph } from "./to_graph.ts";

const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/exported/${name}`, import.meta.url)));

const expected = await readNpz(file("expected.npz"));
const floats = (name: string) => expected[name]!.data as Float32Array;

describe.each(["native", "wasm"] as const)(
  "a model exported by PyTorch on the %s engine",
  (engine) => {
    const load = () => loadOnnx(file("classifier.onnx"), { engine });

    it("runs, is read and is patched", async () => {
      const model = await load();
      expect(model.inputs.get("image")).toEqual({ dtype: "float32", shape: ["batch", 2, 6, 6] });
      const feeds = { image: floats("image") };
      const plain = await model.run(feeds);
      expectClose(plain.logits!.data as Float32Array, floats("logits"), "logits");
      expect(plain.logits!.shape).toEqual([5, 3]);
      const hidden = floats("hidden").map((value, i) => (i % 8 === 0 ? 0 : value));
      const patched = await model.run(feeds, { patch: { hidden } });
      expectClose(patched.logits!.data as Float32Array, floats("logits_edited"), "edited logits");
      const relu = model.tensorNames.find((name) => name.includes("Relu"))!;
      const dark = await model.run(feeds, { read: [relu], patch: { [relu]: { scale: 0 } } });
      expect(new Set(dark[relu]!.data as Float32Array)).toEqual(new Set([0]));
      expect(dark[relu]!.shape).toEqual([5, 4, 6, 6]);
    });

    it("keeps running after it is written again, from a batch of another size", async () => {
      const again = await loadOnnx((await load()).toBytes(), { engine });
      const { logits } = await again.run({ image: floats("image").slice(0, 2 * 72) });
      expectClose(logits!.data as Float32Array, floats("logits").slice(0, 6), "logits");
    });

    it("becomes a graph whose gradients are PyTorch's", async () => {
      const { graph, inputs, outputs } = await toGraph(await load(), {
        shapes: { image: [5, 2, 6, 6] },
      });
      const loss = crossEntropy(outputs.logits!, graph.input("target", [5], "int64")).as("loss");
      const names = [...graph.parameters.keys()].filter((name) => `gradient.${name}` in expected);
      expect(names.length).toBeGreaterThanOrEqual(8);
      const wrt = [...names.map((name) => graph.parameters.get(name)!), inputs.image!];
      const grads = gradients(loss, wrt).map((gradient, i) => gradient.as(`gradient ${i}`));
      const model = await compile(graph, { outputs: [loss, ...grads], engine });
      const results = await model.run({
        image: floats("image"),
        target: expected.target!.data as BigInt64Array,
      });
      expectClose(results.loss!, floats("loss"), "loss");
      names.forEach((name, i) => {
        expectClose(results[`gradient ${i}`]!, floats(`gradient.${name}`), name, 2e-5);
      });
    });

    it("is trained further", async () => {
      const { graph, outputs } = await toGraph(await load(), { shapes: { image: [5, 2, 6, 6] } });
      const loss = mean(square(outputs.logits!));
      const trainer = await compileTraining(loss, {
        optimizer: sgd({ learningRate: 0.05 }),
        engine,
      });
      const feeds = { image: floats("image") };
      const first = (await trainer.update(feeds)).loss;
      for (let i = 0; i < 20; i++) await trainer.update(feeds);
      expect((await trainer.update(feeds)).loss).toBeLessThan(first / 2);
      const again = await loadOnnx(
        toOnnx(graph, { outputs: [outputs.logits!], parameters: trainer.parameters() }),
        { engine },
      );
      expect((await again.run(feeds)).logits!.shape).toEqual([5, 3]);
    });
  },
);

/** A python3 that has the onnx package, whose checker knows the format best. */
const python = ["/usr/bin/python3", "python3"].find(
  (name) => spawnSync(name, ["-c", "import onnx"]).status === 0,
);

describe("a model that this package writes", () => {
  it.skipIf(python === undefined)("passes onnx's own checker (needs python3 with onnx)", () => {
    const g = new Graph();
    let x = linear(g, g.input("x", [2, 4, 3]), { width: 8, name: "in" });
    x = transformerBlock(x, transformerWeights(g, { width: 8 }), {
      heads: 2,
      causal: true,
      name: "b",
    });
    const image = conv2d(reshape(x, [2, 1, 4, 8]), g.parameter("w", [2, 1, 3, 3]), { padding: 1 });
    const out = sum(maxPool2d(relu(image), { kernel: 2 }), { axes: [1] }).as("out");
    const best = argMax(out).as("best");
    const bytes = toOnnx(g, { outputs: [out, best], metadata: { made: "here" } });
    const check =
      "import onnx,sys; onnx.checker.check_model(onnx.load_from_string(sys.stdin.buffer.read()), full_check=True)";
    const { status, stderr } = spawnSync(python!, ["-c", check], { input: bytes });
    expect(status, String(stderr)).toBe(0);
  });
});

describe("other models", () => {
  it("runs a GRU, and names it as what has no gradient", async () => {
    const model = await loadOnnx(file("sequence.onnx"));
    const { y } = await model.run({ x: floats("sequence") });
    expectClose(y!.data as Float32Array, floats("sequence_out"), "sequence");
    const { outputs, inputs } = await toGraph(model);
    expect(() => gradients(sum(outputs.y!), [inputs.x!])).toThrow(
      /gradients: operation GRU .* has no gradient/,
    );
  });

  it("runs a scikit-learn classifier: other domains, and outputs that are not tensors", async () => {
    const model = await loadOnnx(file("sklearn.onnx"));
    const x = { shape: [2, 2], data: Float32Array.of(3, 1, -2, -2) };
    const results = await model.run({ x }, { read: ["scores"] });
    expect(Object.keys(results).sort()).toEqual(["label", "scores"]);
    expect(results["label"]!.data).toEqual(BigInt64Array.of(0n, 2n));
    // softmax of 3, 1, -3.5 and of -2, -2, 4.5
    const [a, b] = [Math.exp(-2), Math.exp(-6.5)];
    const wanted = [1, a, b].map((e) => e / (1 + a + b));
    const other = [b, b, 1].map((e) => e / (1 + 2 * b));
    expectClose(results["scores"]!.data as Float32Array, [...wanted, ...other], "scores");
  });

  it("patches what a subgraph takes from outside", async () => {
    const model = await loadOnnx(file("branch.onnx"));
    const run = async (condition: number, patch = {}) =>
      Array.from(
        (await model.run({ x: [1, 2, 3], condition: Uint8Array.of(condition) }, { patch })).y!
          .data as Float32Array,
      );
    expect(await run(1)).toEqual([3, 5, 7]);
    expect(await run(0)).toEqual([-2, -4, -6]);
    expect(await run(0, { doubled: Float32Array.of(1, 1, 1) })).toEqual([-1, -1, -1]);
    expect(await run(1, { doubled: { add: 10 } })).toEqual([13, 15, 17]);
    expect(await run(1, { one: Float32Array.of(0, 0, 1), x: { scale: 2 } })).toEqual([4, 8, 13]);
  });

  it("takes external data, and says which file is missing", async () => {
    await expect(loadOnnx(file("external.onnx"))).rejects.toThrow(
      'loadOnnx: tensor "weight" [2, 3] is kept in the file "external.bin", which is not given as external data.',
    );
    const model = await loadOnnx(file("external.onnx"), {
      externalData: { "external.bin": file("external.bin") },
    });
    const { y } = await model.run({ x: Float32Array.of(1, 1, 1, 0) });
    expect(Array.from(y!.data as Float32Array)).toEqual([3, 5, 7, 0, 1, 2]);
    expect(y!.shape).toEqual([2, 3]);
  });

  it("takes what this package writes, with its names and metadata", async () => {
    const g = new Graph();
    const out = mlp(g, g.input("x", [2, 3]), { widths: [4, 2] }).as("out");
    const model = await loadOnnx(toOnnx(g, { outputs: [out], metadata: { task: "test" } }));
    expect(model.metadata).toEqual({ task: "test" });
    expect(model.tensorNames).toEqual(
      expect.arrayContaining(["x", "mlp.0.weight", "hidden.0", "out"]),
    );
    const x = Float32Array.of(1, 2, 3, 4, 5, 6);
    const own = await (await compile(g, { outputs: [out] })).run({ x });
    expectClose((await model.run({ x })).out!.data as Float32Array, own.out!, "out");
  });

  it.each<[string, (model: Awaited<ReturnType<typeof loadOnnx>>) => Promise<unknown>]>([
    ['run: the model has no input "imag"; did you mean "image".', (m) => m.run({ imag: [1] })],
    ['run: input "image" is not given.', (m) => m.run({})],
    [
      'read: the model has no tensor "hiden"; did you mean "hidden".',
      (m) => m.run({ image: new Float32Array(72) }, { read: ["hiden"] }),
    ],
    [
      'toGraph: input "image" leaves lengths open (batch, 2, 6, 6); give its shape.',
      (m) => toGraph(m),
    ],
  ])("%s", async (sentence, act) => {
    await expect(act(await loadOnnx(file("classifier.onnx")))).rejects.toThrow(sentence);
  });
});
