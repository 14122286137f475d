/** lab/theory: optimization power in bits, the toy model, the bit-metered base optimizer, the deceptive toy example, and the complexity of single objects; without any trained system. */
export * from "./complexity/index.ts";
export * from "./deception/index.ts";
export * from "./metered/index.ts";
export * from "./power/index.ts";
export * from "./toy-model/index.ts";
