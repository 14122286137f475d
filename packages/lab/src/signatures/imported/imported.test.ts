/** A small network exported in several layouts and batch sizes, against the same graph run by itself. */
import {
  compile,
  concat,
  Graph,
  loadOnnx,
  mul,
  neg,
  recurrentConvHead,
  recurrentConvStart,
  recurrentConvTick,
  recurrentConvWeights,
  reshape,
  type Tensor,
  toOnnx,
  transpose,
} from "@mesascope/graph";
import { describe, expect, it } from "vitest";
import { InputError, keyOf, Random } from "../../core/index.ts";
import { drawExamples, makeTask, mazePath } from "../../tasks/index.ts";
import { type OnnxMapping, onnxSubject, ownMapping } from "./index.ts";

const task = makeTask(mazePath, { rows: 3, cols: 3 }, { diversity: "fresh", seed: 1 });
const mazes = task.heldOut.draw(keyOf(4), 7);
const examples = drawExamples(task.rules, mazes, keyOf(0));
const pixels = 49;
const width = 4;

/** Three ticks of a recurrent convolution with random weights, from pictures `[batch, 3, 7, 7]`. */
function thinking(graph: Graph, x: Tensor): { states: Tensor[]; logits: Tensor[] } {
  const random = new Random(keyOf(9));
  const weights = recurrentConvWeights(graph, {
    ...{ inputs: 3, width, outputs: 1 },
    random: () => random.uniform(),
  });
  const tick = recurrentConvTick(x, weights);
  const states = [recurrentConvStart(x, weights)];
  for (let t = 1; t <= 3; t++) states.push(tick(states.at(-1)!).as(`state.${t}`));
  const logits = states.slice(1).map((state) => recurrentConvHead(state, weights));
  return { states, logits };
}

/** The file with pictures `[batch, 3, 7, 7]` and marks `[batch, 1, 7, 7]` after each tick. */
function exported(batch: number): Uint8Array {
  const graph = new Graph();
  const { logits } = thinking(graph, graph.input("picture", [batch, 3, 7, 7]));
  return toOnnx(graph, { outputs: logits.map((tensor, i) => tensor.as(`marks.${i + 1}`)) });
}

const plain: OnnxMapping = {
  input: { tensor: "picture", layout: "NCHW" },
  output: { tensor: "marks.3", layout: "N1HW" },
  ticks: "marks.*",
  hooks: { state: "state.*" },
};

/** What the graph itself computes of all examples at once. */
async function direct() {
  const graph = new Graph();
  const { states, logits } = thinking(graph, graph.input("picture", [7, 3, 7, 7]));
  const outputs = [...logits.map((tensor, i) => tensor.as(`marks.${i + 1}`)), ...states.slice(1)];
  const model = await compile(graph, { outputs });
  return model.run({ picture: examples.inputs });
}

const subjectOf = async (bytes: Uint8Array, mapping: OnnxMapping) =>
  (await onnxSubject(await loadOnnx(bytes), task.rules, mapping)).subject;

/** Largest difference between two arrays of one length. */
function difference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe("a model from a file", () => {
  it.each([1, 3, 7, 16])("gives the graph's own numbers with a batch of %i", async (batch) => {
    const expected = await direct();
    const subject = await subjectOf(exported(batch), plain);
    const { outputs, ticks, read } = await subject.predict(examples, { read: ["state.2"] });
    expect(subject.ticks).toBe(3);
    expect(difference(outputs, expected["marks.3"]!)).toBeLessThan(1e-5);
    expect(difference(ticks![0]!, expected["marks.1"]!)).toBeLessThan(1e-5);
    expect(read["state.2"]!.shape).toEqual([width, 7, 7]);
    expect(difference(read["state.2"]!.data, expected["state.2"]!)).toBeLessThan(1e-5);
  });

  it("takes a batch that is left open", async () => {
    const bytes = await openBatch(exported(3));
    const expected = await direct();
    const model = await loadOnnx(bytes);
    expect(model.inputs.get("picture")!.shape![0]).not.toBe(3);
    const { subject, fitted } = await onnxSubject(model, task.rules, plain);
    expect(fitted.anyBatch).toBe(true);
    const { outputs } = await subject.predict(examples);
    expect(difference(outputs, expected["marks.3"]!)).toBeLessThan(1e-5);
  });

  it("answers after fewer ticks, and not after more", async () => {
    const expected = await direct();
    const subject = await subjectOf(exported(3), plain);
    const { outputs, ticks } = await subject.predict(examples, { ticks: 2 });
    expect(difference(outputs, expected["marks.2"]!)).toBeLessThan(1e-5);
    expect(ticks).toHaveLength(2);
    await expect(subject.predict(examples, { ticks: 4 })).rejects.toThrow(
      "the model holds 3 ticks, and 4 are asked for",
    );
  });

  it("goes on from a patched state", async () => {
    const subject = await subjectOf(exported(3), plain);
    const { read, outputs } = await subject.predict(examples, { read: ["state.1", "state.3"] });
    const same = await subject.predict(examples, { patch: { "state.1": read["state.1"]! } });
    expect(difference(same.outputs, outputs)).toBeLessThan(1e-5);
    const zero = { shape: [width, 7, 7], data: new Float32Array(7 * width * pixels) };
    const { outputs: blank } = await subject.predict(examples, { patch: { "state.3": zero } });
    // The head has no bias, so that it makes nothing of a state of zeros.
    expect(difference(blank, new Float32Array(7 * pixels))).toBe(0);
  });

  it("has parameters that can be replaced", async () => {
    const subject = await subjectOf(exported(3), plain);
    const { values, with: replaced } = subject.parameters!;
    expect(Object.keys(values).sort()).toEqual(["conv.a", "conv.b", "conv.h", "conv.p", "conv.r"]);
    const { outputs } = await subject.predict(examples);
    const head = values["conv.h"]!.data.map((weight) => 2 * weight);
    const doubled = await (await replaced({ "conv.h": head })).predict(examples);
    expect(
      difference(
        doubled.outputs,
        outputs.map((value) => 2 * value),
      ),
    ).toBeLessThan(1e-5);
  });

  it("understands channels last, planes in another order, and two classes", async () => {
    const graph = new Graph();
    // The model sees open cells, goal and start, channels last, and is given walls, start, goal again inside.
    const x = transpose(graph.input("image", [5, 7, 7, 3]), [0, 3, 1, 2]);
    const { logits } = thinking(graph, x);
    const marks = reshape(logits[2]!, [5, 7, 7, 1]);
    const two = concat([marks, neg(mul(marks, 2))], 3).as("classes");
    const subject = await subjectOf(toOnnx(graph, { outputs: [two] }), {
      input: { tensor: "image", layout: "NHWC", planes: [{ one: 1, open: -1 }, "start", "goal"] },
      output: { tensor: "classes", layout: "NHWC", holds: "classes", marked: 0 },
    });
    const expected = (await direct())["marks.3"]!;
    const { outputs } = await subject.predict(examples);
    // Log odds of the first class against the second: m - (-2 m).
    expect(
      difference(
        outputs,
        expected.map((value) => 3 * value),
      ),
    ).toBeLessThan(1e-4);
    expect(subject.hooks).toEqual([]);
    expect(subject.ticks).toBeUndefined();
  });

  it("knows files that the lab exports", async () => {
    const graph = new Graph();
    const observations = graph.input("observations", [1, 4, 3 * pixels]);
    const { logits } = thinking(graph, reshape(observations, [4, 3, 7, 7]));
    const outputs = logits.map((tensor, i) =>
      reshape(tensor, [1, 4, pixels]).as(i < 2 ? `logits.${i + 1}` : "logits"),
    );
    const model = await loadOnnx(toOnnx(graph, { outputs }));
    const hooks = ["state.1", "state.2", "state.3", "logits", "gone"];
    const mapping = ownMapping(model, hooks);
    const { subject } = await onnxSubject(model, task.rules, mapping);
    expect(subject.hooks).toEqual(["state.1", "state.2", "state.3"]);
    const { ticks } = await subject.predict(examples);
    const expected = await direct();
    expect(difference(ticks![1]!, expected["marks.2"]!)).toBeLessThan(1e-5);
  });
});

/** The same file with the number of examples left open. */
async function openBatch(bytes: Uint8Array): Promise<Uint8Array> {
  const model = await loadOnnx(bytes);
  const { graph } = model.definition;
  const opened = ({ name, dtype, shape }: (typeof graph.inputs)[number]) => ({
    ...{ name, dtype },
    shape: shape && ["n", ...shape.slice(1)],
  });
  const changed = {
    ...model.definition,
    graph: {
      ...graph,
      inputs: graph.inputs.map(opened),
      outputs: graph.outputs.map(opened),
      valueInfo: [],
    },
  };
  const Model = model.constructor as new (...given: unknown[]) => typeof model;
  return new Model(changed, undefined).toBytes();
}

describe("a mapping that does not fit", () => {
  const cases: readonly [string, Partial<OnnxMapping>, string][] = [
    [
      "an input of another name",
      { input: { tensor: "pictur", layout: "NCHW" } },
      "input.tensor: the model has no input 'pictur'; did you mean 'picture'? It has: picture.",
    ],
    [
      "an input of another shape",
      { input: { tensor: "picture", layout: "NHWC" } },
      "input.tensor: tensor 'picture' is [3, 3, 7, 7], and layout NHWC of this task expects [N, 7, 7, 3]",
    ],
    [
      "too few planes",
      { input: { tensor: "picture", layout: "NCHW", planes: ["walls", "goal"] } },
      "input.tensor: tensor 'picture' is [3, 3, 7, 7], and layout NCHW of this task expects [N, 2, 7, 7]",
    ],
    [
      "a plane that is none",
      { input: { tensor: "picture", layout: "NCHW", planes: ["wals", "start", "goal"] } },
      "input.planes.0: unknown plane 'wals'; did you mean 'walls'? Known: goal, one, open, start, walls, zero.",
    ],
    [
      "a letter that is none",
      { input: { tensor: "picture", layout: "NCXY" } },
      "input.layout: layout 'NCXY' has the letter 'X'; letters are N examples,",
    ],
    [
      "an axis left out",
      { input: { tensor: "picture", layout: "NHW" } },
      "input.layout: layout 'NHW' leaves out C, of which there are 3;",
    ],
    [
      "an output that is none",
      { output: { tensor: "marks.9", layout: "N1HW" } },
      "output.tensor: the model has no tensor 'marks.9'; did you mean 'marks.",
    ],
    [
      "an output of another shape",
      { output: { tensor: "state.3", layout: "N1HW" }, ticks: undefined },
      "output.tensor: tensor 'state.3' is [3, 4, 7, 7], and layout N1HW of this task expects [3, 1, 7, 7]",
    ],
    [
      "outputs of another kind",
      { output: { tensor: "marks.3", layout: "N1HW", holds: "values" } },
      "output.holds: outputs of this task are logits, probabilities or classes, not values",
    ],
    [
      "a class that is none",
      {
        output: { tensor: "state.3", layout: "NCHW", holds: "classes", marked: 4 },
        ticks: undefined,
      },
      "output.marked: tensor 'state.3' has classes 0 to 3; 'marked' is 4",
    ],
    [
      "ticks of another shape",
      { ticks: ["state.1", "marks.3"] },
      "ticks.0: tick 1 is tensor 'state.1', [3, 4, 7, 7], and a tick has the shape of the output 'marks.3', [3, 1, 7, 7]",
    ],
    [
      "ticks that end elsewhere",
      { ticks: ["marks.1", "marks.2"] },
      "ticks.1: the last of 2 ticks, tensor 'marks.2', holds other numbers than the output 'marks.3'",
    ],
    [
      "a pattern that fits nothing",
      { hooks: { state: "stat.*" } },
      "hooks.state: no tensor of the model is called 'stat.*' with a number from 1 on in the place of *",
    ],
    [
      "a hook without examples",
      { hooks: { weights: "conv.a" } },
      "hooks.weights: hook point 'weights' is tensor 'conv.a', [4, 4, 3, 3], and its first axis must be the 3 examples",
    ],
  ];

  it.each(cases)("says so: %s", async (_, changes, message) => {
    const model = await loadOnnx(exported(3));
    const fault = await onnxSubject(model, task.rules, { ...plain, ...changes }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).toBeInstanceOf(InputError);
    expect((fault as InputError).message).toContain(message);
  });
});
