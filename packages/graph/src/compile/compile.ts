import { GraphError } from "../core/errors.ts";
import type { Graph, Tensor } from "../core/graph.ts";
import { type EngineOptions, loadEngine, type Values } from "../engine/index.ts";
import { encodeModel } from "../onnx/encode.ts";
import { type InitializerDef, sizeLimit } from "../onnx/schema.ts";
import { lower } from "./lower.ts";
import { Model } from "./model.ts";
import { modelDef } from "./model_def.ts";
import { type ParameterValues, resolveParameters } from "./parameters.ts";

export interface CompileOptions extends EngineOptions {
  readonly outputs: readonly Tensor[];
  /** Values of parameters by name; those not given keep the values that they were declared with. */
  readonly parameters?: ParameterValues;
}

/**
 * Compiles a graph so that it can run.
 * @throws GraphError when an output is of another graph or a parameter does not fit.
 */
export async function compile(graph: Graph, options: CompileOptions): Promise<Model> {
  const targets = nameOutputs("compile", options.outputs, graph);
  const engine = await loadEngine(options);
  const values: Values = {};
  for (const [name, data] of resolveParameters("compile", graph, options.parameters)) {
    values[name] = engine.value("float32", data.slice(), graph.parameters.get(name)!.shape);
  }
  const source = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, values[name]!]));
  return new Model(graph, targets, engine, source).prepare();
}

/** Outputs by name; the unnamed ones are called `output.<index>`. */
export function nameOutputs(
  operation: string,
  outputs: readonly Tensor[],
  graph: Graph,
): Map<string, Tensor> {
  const named = new Map<string, Tensor>();
  outputs.forEach((tensor, index) => {
    if (tensor.graph !== graph) {
      throw new GraphError(
        `${operation}: output ${tensor.name ?? index} belongs to another graph.`,
      );
    }
    named.set(tensor.name ?? `output.${index}`, tensor);
  });
  if (named.size === 0) throw new GraphError(`${operation}: at least one output is needed.`);
  return named;
}

export interface ExportOptions {
  readonly outputs: readonly Tensor[];
  readonly parameters?: ParameterValues;
  /** Text kept in the file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The outputs of a graph as an ONNX file (opset 17): inputs and outputs carry their names and shapes, parameters are
 * initializers of their names. Any ONNX runtime loads it, unless the graph uses `FusedMatMul` (products of stacked
 * matrices with a transposed operand or a factor), which is ONNX Runtime's.
 * @throws GraphError when parameters and constants are over 2 GB.
 */
export function toOnnx(graph: Graph, options: ExportOptions): Uint8Array {
  const targets = nameOutputs("toOnnx", options.outputs, graph);
  const values = resolveParameters("toOnnx", graph, options.parameters);
  const { graph: lowered, inputs } = lower(targets);
  const parameters: InitializerDef[] = [];
  for (const [name, { origin, shape }] of inputs) {
    if (origin.kind !== "parameter") continue;
    parameters.push({ name, value: { shape, dtype: "float32", data: values.get(name)! } });
  }
  const definition = {
    ...lowered,
    inputs: lowered.inputs.filter(({ name }) => graph.inputs.has(name)),
    initializers: [...parameters, ...lowered.initializers],
  };
  checkSize(definition.initializers);
  return encodeModel(modelDef(graph, definition, options.metadata));
}

/** Files of 2 GB and more are none that ONNX's encoding (protocol buffers) allows. */
function checkSize(initializers: readonly InitializerDef[]): void {
  const bytes = initializers.reduce(
    (sum, { value }) => sum + (value instanceof Uint8Array ? value.length : value.data.byteLength),
    0,
  );
  if (bytes >= sizeLimit) {
    throw new GraphError(
      `toOnnx: parameters and constants have ${bytes} bytes; over 2 GB do not fit a file.`,
    );
  }
}
