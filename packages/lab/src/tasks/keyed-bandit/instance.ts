/** Instances of the keyed bandit: a random key with a best arm, uniform and independent. */
import { type Key, Random } from "../../core/index.ts";
import type { BanditParameters } from "./parameters.ts";

/** One bandit. A plain array of words: a typed array an instance would make drawing 30 times slower. */
export interface BanditInstance {
  /** The key's bits, 32 a word, lowest first; the bits beyond `keyBits` are zero. */
  readonly key: readonly number[];
  /** The best arm. */
  readonly arm: number;
}

/** Draws key and best arm. */
export function sampleBandit({ keyBits, arms }: BanditParameters, random: Random): BanditInstance {
  const key =
    keyBits > 32
      ? [random.bits(), masked(random.bits(), keyBits - 32)]
      : [masked(random.bits(), keyBits)];
  return { key, arm: random.integer(arms) };
}

/** Every key once, in counting order, each with a best arm of its own. */
export function* enumerateBandits(
  { keyBits, arms }: BanditParameters,
  key: Key,
): Generator<BanditInstance> {
  const random = new Random(key);
  for (let index = 0; index < 2 ** keyBits; index++)
    yield { key: [index | 0], arm: random.integer(arms) };
}

function masked(word: number, bits: number): number {
  return bits >= 32 ? word : word & ((1 << bits) - 1);
}
