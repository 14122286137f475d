/**
 * Neural Turing machine: a recurrent controller that reads and writes an external memory by content and by place.
 * Graves, Wayne and Danihelka 2014 (arXiv 1410.5401), sections 3.1 to 3.3, with an LSTM controller.
 */
import {
  add,
  addressMemory,
  addressWidth,
  affine,
  concat,
  type Graph,
  lstmCell,
  lstmWeights,
  mul,
  readMemory,
  reshape,
  sigmoid,
  slice,
  softmax,
  split,
  sub,
  type Tensor,
  tanh,
  toAddress,
  uniformInit,
  writeMemory,
} from "@mesascope/graph";
import { z } from "zod";
import { glorotLimit, heads, type Network } from "./network.ts";

const parameters = z.strictObject({
  width: z.number().int().min(1).max(4096).default(64).describe("Units of the controller."),
  rows: z.number().int().min(2).max(1024).default(8).describe("Rows N of memory."),
  columns: z.number().int().min(1).max(1024).default(16).describe("Numbers M in a row."),
});

type TuringParameters = z.infer<typeof parameters>;

/** What is kept between steps, each `[batch, ...]`. */
interface State {
  /** The controller's. */
  readonly h: Tensor;
  readonly c: Tensor;
  /** `[batch, N, M]` */
  readonly memory: Tensor;
  /** What was read last, `[batch, M]`. */
  readonly read: Tensor;
  /** Weights over rows of the reading and of the writing head, `[batch, N]`. */
  readonly reading: Tensor;
  readonly writing: Tensor;
}

/** Shapes of the state for one episode; `begun` is 0 before the first step and 1 after it. */
const carryShapes = ({ width, rows, columns }: TuringParameters) => ({
  h: [width],
  c: [width],
  memory: [rows, columns],
  read: [columns],
  reading: [rows],
  writing: [rows],
  begun: [1],
});

/**
 * The state as carried, with trained memory and weights where nothing has begun. Rows must differ at first: heads that
 * look for a content would treat equal rows alike for ever.
 */
function begin(
  graph: Graph,
  carry: Readonly<Record<string, Tensor>>,
  { rows, columns }: TuringParameters,
  uniform: () => number,
): State {
  const first = sub(1, carry["begun"]!);
  const batch = first.shape[0]!;
  const memory = graph.parameter("start.memory", [1, rows, columns], uniformInit(uniform, 1));
  const start = (name: string) =>
    softmax(graph.parameter(`start.${name}`, [1, rows], uniformInit(uniform, 1)));
  return {
    h: carry["h"]!,
    c: carry["c"]!,
    read: carry["read"]!,
    memory: add(carry["memory"]!, mul(reshape(first, [batch, 1, 1]), memory)),
    reading: add(carry["reading"]!, mul(first, start("reading"))),
    writing: add(carry["writing"]!, mul(first, start("writing"))),
  };
}

/** One tensor of all steps: a single step's own, so that patching it changes what follows. */
const joined = (steps: readonly Tensor[]): Tensor =>
  steps.length === 1 ? steps[0]! : concat(steps, 0);

export const neuralTuringMachine: Network<TuringParameters> = {
  id: "neural-turing-machine",
  kind: "network",
  title: "neural Turing machine",
  description:
    "An LSTM that writes to and reads from rows of memory, found by content or by their place (Graves et al. 2014): its store is larger than what it computes with, so it can carry out algorithms that look things up.",
  parameters,
  carry: (_io, given) => carryShapes(given),
  hooks: () => ["states", "reads", "reading", "writing", "logits", "value"],
  build(graph, { observations, carry }, io, given, uniform) {
    const { width, columns } = given;
    const [steps, batch, features] = observations.shape as [number, number, number];
    const weights = lstmWeights(graph, { inputs: features + columns, width, random: uniform });
    const interfaces = headsOf(graph, given, uniform);
    let state = begin(graph, carry, given, uniform);
    const all: State[] = [];
    for (let t = 0; t < steps; t++) {
      const shown = reshape(slice(observations, [t], [t + 1], [0]), [batch, features]);
      const { h, c } = lstmCell(concat([shown, state.read], 1), state, weights);
      state = { h, c, ...interfaces(h, state) };
      all.push(state);
    }
    const gathered = (name: keyof State) => joined(all.map((each) => each[name]));
    gathered("reading").as("reading");
    gathered("writing").as("writing");
    const answers = concat([gathered("h").as("states"), gathered("read").as("reads")], 1);
    return {
      ...heads(graph, answers, [steps, batch], io.outputs, uniform),
      carry: { ...state, begun: graph.constant(1, [batch, 1]) },
    };
  },
};

/** The heads' parameters, and a step of theirs: write, then read what is there now. */
function headsOf(graph: Graph, { width, columns }: TuringParameters, uniform: () => number) {
  const asked = addressWidth(columns);
  const sizes = [asked, asked, columns, columns];
  const total = sizes.reduce((a, b) => a + b, 0);
  const init = uniformInit(uniform, glorotLimit(width, total, 1));
  const weight = graph.parameter("heads.weight", [width, total], init);
  const bias = graph.parameter("heads.bias", [total]);
  return (h: Tensor, before: State): Omit<State, "h" | "c"> => {
    const said = split(affine(h, weight, bias), sizes, 1);
    const [toWrite, toRead, erase, addition] = said as [Tensor, Tensor, Tensor, Tensor];
    const writing = addressMemory(before.memory, before.writing, toAddress(toWrite, columns));
    const memory = writeMemory(before.memory, writing, sigmoid(erase), tanh(addition));
    const reading = addressMemory(memory, before.reading, toAddress(toRead, columns));
    return { memory, writing, reading, read: readMemory(memory, reading) };
  };
}
