/** Optimization power in bits: rate and tail forms, exact, counted, sampled and split. */
export { dynamicChance, enumeratedChance, type Move, type RewardProcess } from "./distribution.ts";
export type { EstimatedBits } from "./estimate.ts";
export { averageCaseBits, worstCaseBits } from "./guarantee.ts";
export { rateBits, rateBitsInterval, rateBitsOver } from "./rate.ts";
export {
  type ReplicatedChance,
  rateBitsReplicated,
  replicatedChance,
  tailBitsReplicated,
} from "./replicated.ts";
export { rateBitsSampled } from "./sampled.ts";
export { type NoiseScore, type SplittingOptions, splitChance } from "./splitting.ts";
export { tailBits } from "./tail.ts";
