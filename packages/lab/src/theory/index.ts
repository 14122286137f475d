/** lab/theory: optimization power in bits and the toy model; exact, and without any trained system. */
export { rateBits, rateBitsInterval, rateBitsOver } from "./power/rate.ts";
export { tailBits } from "./power/tail.ts";
export * from "./toy-model/index.ts";
