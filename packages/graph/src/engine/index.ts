export type {
  Engine,
  EngineChoice,
  EngineInfo,
  EngineOptions,
  OutputInfo,
  Session,
  Value,
  Values,
} from "./engine.ts";
export { engineInfo, loadEngine, setWasmPaths, type WasmPaths } from "./load.ts";
