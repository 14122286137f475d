/** lab/studies: studies from YAML to verdict; execution and storage are injected. */
export * from "./analyze.ts";
export * from "./conditions.ts";
export * from "./execute.ts";
export * from "./json-schema.ts";
export { inThreadExecutor, MemoryArchive } from "./memory.ts";
export * from "./plan.ts";
export * from "./programs/index.ts";
export * from "./rows.ts";
export * from "./runner.ts";
export * from "./schema.ts";
export * from "./types.ts";
export { readYaml } from "./yaml.ts";
