export * from "./conv.ts";
export * from "./custom.ts";
export * from "./elementwise.ts";
export * from "./indexing.ts";
export * from "./layout.ts";
export * from "./losses.ts";
export * from "./matrix.ts";
export { integers, type Operand } from "./operand.ts";
export * from "./reduce.ts";
