/** Malformed models: whatever the bytes, an error in a sentence or a model, never a crash and never a hang. */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { GraphError } from "../core/errors.ts";
import { namedSource } from "../modules/init.ts";
import { decodeModel } from "./decode.ts";
import { encodeModel } from "./encode.ts";
import type { GraphDef, ModelDef } from "./schema.ts";
import { validateModel } from "./validate.ts";

const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/exported/${name}`, import.meta.url)));
const seeds = ["classifier.onnx", "sequence.onnx", "branch.onnx"].map(file);
const random = namedSource("fuzz");
const below = (limit: number) => Math.floor(random() * limit);
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

/** Numbers on which parsers break: the ends of ranges, and lengths beyond the file. */
const nasty = [0, 1, 0x7f, 0x80, 0xff, 0xfe];

/** A valid model damaged in one of the ways that files and attackers damage them. */
function mutate(seed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(seed);
  const at = below(bytes.length);
  switch (below(6)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      for (let i = 0; i <= below(8); i++) bytes[below(bytes.length)] = below(256);
      return bytes;
    case 2:
      bytes[at] = pick(nasty);
      return bytes;
    case 3: {
      // A varint of the largest value: a length, a count or a dimension that cannot be.
      bytes.fill(0xff, at, at + 9);
      bytes[Math.min(at + 9, bytes.length - 1)] = 0x01;
      return bytes;
    }
    case 4: {
      const from = below(bytes.length);
      bytes.copyWithin(at, from, from + below(64));
      return bytes;
    }
    default: {
      const cut = Math.min(bytes.length - at, below(64));
      return Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + cut)]);
    }
  }
}

/** A decoded model with its meaning damaged, which bytes rarely reach: wrong links, types, shapes and operations. */
function corrupt(model: ModelDef): ModelDef {
  const nodes = model.graph.nodes.map((node) => ({ ...node }));
  const node = pick(nodes);
  const names = nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
  const swap = (list: readonly string[]) =>
    list.length === 0 ? list : list.with(below(list.length), pick(names));
  const graph: Record<string, unknown> = { ...model.graph, nodes };
  switch (below(6)) {
    case 0:
      node.inputs = swap(node.inputs);
      break;
    case 1:
      node.outputs = swap(node.outputs);
      break;
    case 2:
      node.op = pick([...nodes.map(({ op }) => op), "NoSuchOperation", "Loop", ""]);
      break;
    case 3:
      nodes.splice(below(nodes.length), 1);
      break;
    case 4:
      graph["inputs"] = model.graph.inputs.map(({ name }) => ({
        name,
        dtype: pick(["int64", "bool", "float64", "float16"] as const),
        shape: pick([[], [0], [1 << 30, 1 << 30], [3], ["a", "b"]]),
      }));
      break;
    default:
      node.attributes = Object.fromEntries(
        Object.keys(node.attributes).map((key) => [
          key,
          pick([{ int: -1 }, { ints: [-1, 1 << 30] }, { float: Number.NaN }, { text: "?" }]),
        ]),
      );
  }
  return { ...model, graph: graph as unknown as GraphDef };
}

/** The model if it passes our checks; undefined when it is refused with an error of ours. */
function survive(bytes: Uint8Array): ModelDef | undefined {
  try {
    return validateModel(decodeModel(bytes));
  } catch (error) {
    expect(error, (error as Error).stack ?? "").toBeInstanceOf(GraphError);
    return undefined;
  }
}

let child: ChildProcess | undefined;

async function start(): Promise<ChildProcess> {
  const path = new URL("../testing/load_models.ts", import.meta.url);
  const started = fork(path, {
    execArgv: ["--import", import.meta.resolve("tsx")],
    serialization: "json",
    silent: true,
  });
  await new Promise((resolve) => started.once("message", resolve));
  return started;
}

/** What the engine makes of a model, in a process of its own. */
async function load(bytes: Uint8Array): Promise<string> {
  child ??= await start();
  const running = child;
  return new Promise((resolve) => {
    const finish = (outcome: string) => {
      clearTimeout(timer);
      running.removeAllListeners();
      if (outcome === "hung") running.kill("SIGKILL");
      if (outcome === "hung" || outcome.startsWith("crashed")) child = undefined;
      resolve(outcome);
    };
    const timer = setTimeout(() => finish("hung"), 30_000);
    running.once("message", (message) => finish(String(message)));
    running.once("exit", (code, signal) => finish(`crashed with ${signal ?? code}`));
    running.send(Buffer.from(bytes).toString("base64"));
  });
}

afterAll(() => {
  child?.disconnect();
});

describe("malformed models", () => {
  it("are refused or read, 12,000 of them, each in a moment", () => {
    let refused = 0;
    for (let i = 0; i < 12_000; i++) {
      const bytes = mutate(pick(seeds));
      const before = performance.now();
      if (survive(bytes) === undefined) refused++;
      expect(performance.now() - before).toBeLessThan(5000);
    }
    expect(refused).toBeGreaterThan(3000);
  }, 180_000);

  it("that pass our checks do not bring the engine down", async () => {
    const models = seeds.map((seed) => validateModel(decodeModel(seed)));
    const outcomes = new Map<string, number>();
    for (let i = 0; i < 400; i++) {
      const bytes = i % 2 === 0 ? mutate(pick(seeds)) : encodeModel(corrupt(pick(models)));
      if (survive(bytes) === undefined) continue;
      const outcome = await load(bytes);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      expect(["loaded", "refused"], `model ${i}: ${outcome}`).toContain(outcome);
    }
    expect(outcomes.get("loaded")).toBeGreaterThan(30);
    expect(outcomes.get("refused")).toBeGreaterThan(30);
  }, 180_000);

  const model = validateModel(decodeModel(seeds[2]!));
  const withGraph = (graph: Partial<GraphDef>) =>
    encodeModel({ ...model, graph: { ...model.graph, ...graph } });
  const node = (op: string, inputs: string[], outputs: string[]) => ({
    op,
    domain: "",
    name: "",
    inputs,
    outputs,
    attributes: {},
  });
  it.each<[string, Uint8Array]>([
    ["loadOnnx: the bytes hold no graph.", new Uint8Array()],
    ["loadOnnx: the model is cut off or damaged", Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0x7f)],
    [
      'loadOnnx: node Neg takes "y", which nothing gives.',
      withGraph({ nodes: [node("Neg", ["y"], ["z"])] }),
    ],
    [
      "loadOnnx: node Neg waits for its own result.",
      withGraph({ nodes: [node("Neg", ["z"], ["y"]), node("Neg", ["y"], ["z"])] }),
    ],
    [
      'loadOnnx: "y" is given twice, the second time by Abs.',
      withGraph({ nodes: [node("Neg", ["x"], ["y"]), node("Abs", ["x"], ["y"])] }),
    ],
    ['loadOnnx: output "y" is given by nothing.', withGraph({ nodes: [] })],
    [
      'loadOnnx: tensor "w" [5] of float32 holds 2 elements.',
      withGraph({
        initializers: [
          { name: "w", value: { shape: [5], dtype: "float32", data: Float32Array.of(1, 2) } },
        ],
      }),
    ],
    [
      'loadOnnx: tensor "w" [1000000000, 1000000000] has an absurd shape.',
      withGraph({
        initializers: [
          { name: "w", value: { shape: [1e9, 1e9], dtype: "float32", data: new Float32Array() } },
        ],
      }),
    ],
  ])("%s", (sentence, bytes) => {
    expect(() => validateModel(decodeModel(bytes))).toThrow(sentence);
  });
});
