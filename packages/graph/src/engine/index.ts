export type {
  Engine,
  EngineChoice,
  EngineInfo,
  EngineOptions,
  Session,
  Value,
  Values,
} from "./engine.ts";
export { engineInfo, loadEngine } from "./load.ts";
