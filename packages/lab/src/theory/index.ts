/** lab/theory: optimization power in bits, the toy model, and the bit-metered base optimizer; without any trained system. */
export * from "./metered/index.ts";
export * from "./power/index.ts";
export * from "./toy-model/index.ts";
