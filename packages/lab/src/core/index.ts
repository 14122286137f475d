/** lab/core: keys, hashes, errors, registries, and the contracts of the lab. */

export * from "./canonical-circuit.ts";
export * from "./contracts/circuit.ts";
export * from "./contracts/experiment.ts";
export * from "./contracts/learning.ts";
export * from "./contracts/program.ts";
export * from "./contracts/signature.ts";
export * from "./contracts/subject.ts";
export * from "./contracts/task.ts";
export * from "./entry.ts";
export * from "./errors.ts";
export * from "./hash.ts";
export * from "./json.ts";
export * from "./parameters.ts";
export * from "./pause.ts";
export * from "./proportional.ts";
export * from "./random.ts";
export * from "./registry.ts";
export { threefry, type Words } from "./threefry.ts";
