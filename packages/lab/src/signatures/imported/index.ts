/** Models from ONNX files as subjects, by a mapping that says what their tensors mean. */
export type { FittedHook, FittedModel, ImportRules } from "./fit.ts";
export {
  type MappingPlace,
  type OnnxMapping,
  outputKinds,
  type Plane,
  type TensorNames,
} from "./mapping.ts";
export { ownMapping } from "./own.ts";
export { planeNames } from "./planes.ts";
export { type ImportedSubject, onnxSubject } from "./subject.ts";
