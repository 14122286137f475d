/** lab/theory: optimization power in bits and the toy model; exact, and without any trained system. */
export * from "./power/index.ts";
export * from "./toy-model/index.ts";
