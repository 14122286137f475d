/** Circuits as an architecture: how they are written, read and drawn. What they compute is core's contract. */
export * from "./drawing.ts";
export * from "./parse.ts";
