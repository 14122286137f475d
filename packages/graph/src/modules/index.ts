export * from "./attention.ts";
export * from "./embedding.ts";
export * from "./gru.ts";
export * from "./init.ts";
export * from "./linear.ts";
export * from "./lstm.ts";
export * from "./recurrent_conv.ts";
