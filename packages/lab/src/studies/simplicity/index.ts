/** Implicit simplicity: which Boolean functions networks compute at random, and which training completes to. */
export { completion } from "./completion.ts";
export { boundSlope, occurrences, packed, simplerThanShuffled, unpacked } from "./frequencies.ts";
export { arity, RandomNetworks, rows } from "./networks.ts";
export { randomFunctions } from "./random.ts";
