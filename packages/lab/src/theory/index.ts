/** lab/theory: optimization power in bits, the toy model, the bit-metered base optimizer, and the deceptive toy example; without any trained system. */
export * from "./deception/index.ts";
export * from "./metered/index.ts";
export * from "./power/index.ts";
export * from "./toy-model/index.ts";
