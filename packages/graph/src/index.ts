/** Differentiable ONNX graphs: build, differentiate, train, read, patch. */

export { type CompileOptions, compile, type ExportOptions, toOnnx } from "./compile/compile.ts";
export type { Feed } from "./compile/feeds.ts";
export { type Feeds, Model, type RunOptions } from "./compile/model.ts";
export type { Parameter, ParameterValue, ParameterValues } from "./compile/parameters.ts";
export type { Patch, Patches } from "./compile/patch.ts";
export type { TensorValue } from "./core/attributes.ts";
export type { DType, TypedArray } from "./core/dtype.ts";
export { GraphError } from "./core/errors.ts";
export {
  type GradientRule,
  Graph,
  type Initializer,
  type Node,
  Tensor,
} from "./core/graph.ts";
export type { Shape } from "./core/shape.ts";
export {
  type EngineChoice,
  type EngineInfo,
  type EngineOptions,
  engineInfo,
  setWasmPaths,
  type WasmPaths,
} from "./engine/index.ts";
export { readNpy, readNpz } from "./files/npz.ts";
export { readSafetensors, type SafetensorsFile, writeSafetensors } from "./files/safetensors.ts";
export { gradients } from "./gradient/differentiate.ts";
export * from "./modules/index.ts";
export type { ExternalData } from "./onnx/decode_tensor.ts";
export {
  type ImportedFeed,
  type ImportedRunOptions,
  type LoadOptions,
  loadOnnx,
  OnnxModel,
  type TensorInfo,
} from "./onnx/imported.ts";
export { type ImportedGraph, type ToGraphOptions, toGraph } from "./onnx/to_graph.ts";
export * from "./ops/index.ts";
export * from "./optimizers/index.ts";
export { compileTraining } from "./training/compile_training.ts";
export type { State } from "./training/state.ts";
export {
  Trainer,
  type TrainingOptions,
  type UpdateResult,
} from "./training/trainer.ts";
