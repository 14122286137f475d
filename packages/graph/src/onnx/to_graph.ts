/** From an imported model to a graph that can be differentiated and trained. */
import type { TensorValue } from "../core/attributes.ts";
import { allocate, type DType } from "../core/dtype.ts";
import { GraphError } from "../core/errors.ts";
import { Graph, type Tensor } from "../core/graph.ts";
import { opset } from "../core/opset.ts";
import { size } from "../core/shape.ts";
import type { OnnxModel, TensorInfo } from "./imported.ts";
import type { NodeDef } from "./schema.ts";

export interface ToGraphOptions {
  /** Shapes of inputs whose lengths the model leaves open. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
}

export interface ImportedGraph {
  readonly graph: Graph;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/**
 * A model as a graph for inputs of fixed shapes. Its tensors keep their names; float32 initializers become parameters
 * (but for the statistics of batch normalization), and what depends on shapes alone becomes constant. The model runs once, on zeros, to find all shapes.
 * @throws GraphError for subgraphs (If, Loop, Scan), and for shapes that are open and not given. Operations without a
 * gradient are kept; differentiating through them names the first.
 */
export async function toGraph(
  model: OnnxModel,
  options: ToGraphOptions = {},
): Promise<ImportedGraph> {
  const { graph: definition, opsets } = model.definition;
  const values = await model.run(zeroFeeds(model.inputs, options), { read: model.tensorNames });
  const graph = new Graph();
  for (const { domain, version } of opsets) {
    const own = domain === "ai.onnx" ? "" : domain;
    graph.opsets.set(own, own === "" ? Math.max(opset, version) : version);
  }
  const tensors = new Map<string, Tensor>();
  const initial = new Set(definition.initializers.map(({ name }) => name));
  for (const { name } of definition.inputs) {
    if (!initial.has(name))
      tensors.set(name, graph.input(name, values[name]!.shape, values[name]!.dtype));
  }
  const fixed = new Set<string>();
  const statistics = runningStatistics(definition.nodes);
  for (const { name } of definition.initializers) {
    const value = values[name];
    if (value === undefined) continue;
    if (value.dtype === "float32" && !statistics.has(name)) {
      tensors.set(name, graph.parameter(name, value.shape, value.data as Float32Array));
    } else {
      tensors.set(name, constant(graph, name, value));
      fixed.add(name);
    }
  }
  for (const node of definition.nodes) importNode(graph, node, values, tensors, fixed);
  return {
    graph,
    inputs: Object.fromEntries([...graph.inputs]),
    outputs: Object.fromEntries(definition.outputs.map(({ name }) => [name, tensors.get(name)!])),
  };
}

/** Means and variances of batch normalization, which were measured, not trained. */
function runningStatistics(nodes: readonly NodeDef[]): Set<string> {
  const batchNorms = nodes.filter(({ op }) => op === "BatchNormalization");
  return new Set(batchNorms.flatMap(({ inputs }) => inputs.slice(3, 5)));
}

function zeroFeeds(inputs: OnnxModel["inputs"], options: ToGraphOptions) {
  const feeds: Record<string, { shape: readonly number[]; data: TensorValue["data"] }> = {};
  for (const [name, info] of inputs) {
    const shape = options.shapes?.[name] ?? closed(name, info);
    if (info.dtype === undefined) {
      throw new GraphError(`toGraph: input "${name}" is of a kind that cannot be fed.`);
    }
    feeds[name] = { shape, data: allocate(info.dtype, size(shape)) };
  }
  return feeds;
}

function closed(name: string, { shape }: TensorInfo): number[] {
  if (shape?.every((length) => typeof length === "number")) return shape as number[];
  throw new GraphError(
    `toGraph: input "${name}" leaves lengths open (${(shape ?? ["?"]).map((l) => l ?? "?").join(", ")}); give its shape.`,
  );
}

/** Names that begin with "#" are this package's own and not public. */
const named = (tensor: Tensor, name: string): Tensor =>
  name.startsWith("#") ? tensor : tensor.as(name);

const constant = (graph: Graph, name: string, { data, shape, dtype }: TensorValue): Tensor =>
  named(graph.constant(data, shape, dtype), name);

/** Operations whose result depends on shapes alone, whatever their operand. */
const ofShape = new Set(["Shape", "Size"]);

function importNode(
  graph: Graph,
  node: NodeDef,
  values: Readonly<Record<string, TensorValue>>,
  tensors: Map<string, Tensor>,
  fixed: Set<string>,
): void {
  if (Object.values(node.attributes).some((attribute) => "raw" in attribute)) {
    throw new GraphError(
      `toGraph: operation ${node.op} that computes "${node.outputs[0]}" has a subgraph or an attribute that graphs do not take.`,
    );
  }
  const given = node.inputs.filter((name) => name !== "");
  const folds =
    (ofShape.has(node.op) || given.every((name) => fixed.has(name))) && !/^Random/.test(node.op);
  const types = node.outputs.map((name): readonly [readonly number[], DType] => {
    const value = values[name];
    if (name === "") return [[], "float32"];
    if (value === undefined) {
      throw new GraphError(
        `toGraph: "${name}", computed by ${node.op}, is not a tensor of numbers.`,
      );
    }
    return [value.shape, value.dtype];
  });
  if (folds) {
    for (const name of node.outputs.filter((output) => output !== "")) {
      tensors.set(name, constant(graph, name, values[name]!));
      fixed.add(name);
    }
    return;
  }
  const made = graph.apply(
    node.op,
    node.inputs.map((name) => tensors.get(name)),
    types,
    {
      attributes: node.attributes,
      domain: node.domain === "ai.onnx" ? "" : node.domain,
      absent: node.outputs.flatMap((name, i) => (name === "" ? [i] : [])),
    },
  );
  made.forEach((tensor, i) => {
    if (node.outputs[i] !== "") tensors.set(node.outputs[i]!, named(tensor, node.outputs[i]!));
  });
}
