/** Hashes of boards that are kept up to date move by move (Zobrist 1970). */
import { keyOf, Random, split } from "../../core/index.ts";

/** Random bits for each feature of a position, in two halves of 32 and 21. */
export interface ZobristBits {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

export function zobristBits(features: number): ZobristBits {
  const random = new Random(split(keyOf(0), "zobrist"));
  return {
    low: Int32Array.from({ length: features }, () => random.bits()),
    high: Int32Array.from({ length: features }, () => random.bits() >>> 11),
  };
}

/** 53 bits that differ for different sets of features, but for a chance of 2^-53 for each pair. */
export class Zobrist {
  readonly #bits: ZobristBits;
  #low = 0;
  #high = 0;

  constructor(bits: ZobristBits) {
    this.#bits = bits;
  }

  toggle(feature: number): void {
    this.#low ^= this.#bits.low[feature]!;
    this.#high ^= this.#bits.high[feature]!;
  }

  get value(): number {
    return this.#high * 2 ** 32 + (this.#low >>> 0);
  }
}
