export * from "./gru.ts";
export * from "./init.ts";
export * from "./linear.ts";
