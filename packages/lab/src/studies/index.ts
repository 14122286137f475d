/** lab/studies: studies from YAML to verdict; execution and storage are injected. */

export type { KnownCalibration, Label } from "../signatures/index.ts";
export {
  analyses,
  type ScoredCell,
  type SeedForecast,
  type StrategyPoint,
  type ToyModelFindings,
  type TransitionFindings,
  type TransitionThreshold,
} from "./analyses/index.ts";
export * from "./analyze.ts";
export * from "./answers.ts";
export * from "./circuits/index.ts";
export * from "./conditions.ts";
export * from "./execute.ts";
export { experiments } from "./experiments/index.ts";
export { forecastName } from "./forecast.ts";
export * from "./inspect/index.ts";
export * from "./json-schema.ts";
export { inThreadExecutor, MemoryArchive } from "./memory.ts";
export * from "./plan/index.ts";
export * from "./programs/index.ts";
export * from "./rows.ts";
export * from "./runner.ts";
export * from "./schema.ts";
export * from "./types.ts";
export { readYaml } from "./yaml.ts";
