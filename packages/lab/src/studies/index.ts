/** lab/studies: studies from YAML to verdict; execution and storage are injected. */
export * from "./schema.ts";
export * from "./types.ts";
