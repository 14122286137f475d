/**
 * Splittable random keys: every consumer of randomness gets a key of its own by name or number, so that
 * what one part draws never shifts what another part draws.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { threefry, type Words } from "./threefry.ts";

/** A key: 64 bits that name a stream. Use each key once: split it, or draw from it, not both. */
export type Key = Words;

/** The key of a seed, an integer from 0 to 2^53 - 1. */
export function keyOf(seed: number): Key {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`a seed is a whole number from 0 to 2^53 - 1, not ${seed}`);
  return { high: Math.floor(seed / 2 ** 32) >>> 0, low: seed >>> 0 };
}

const labels = new Map<string, Words>();

function wordsOfLabel(label: string): Words {
  let words = labels.get(label);
  if (!words) {
    const digest = sha256(utf8ToBytes(label));
    const view = new DataView(digest.buffer, digest.byteOffset);
    // The top bit is set so that a label never meets an index, whose high word is below 2^21.
    words = { high: (view.getUint32(0) | 0x80000000) >>> 0, low: view.getUint32(4) };
    labels.set(label, words);
  }
  return words;
}

/** The child of `key` along a path of names and whole numbers; different paths give independent keys. */
export function split(key: Key, ...path: readonly (string | number)[]): Key {
  let child = key;
  for (const part of path) {
    if (typeof part === "string") {
      const words = wordsOfLabel(part);
      child = threefry(child, words.high, words.low);
    } else {
      const index = keyOf(part);
      child = threefry(child, index.high, index.low);
    }
  }
  return child;
}

/** A mutable stream of draws from one key. */
export class Random {
  readonly #generator: RandomGenerator;

  constructor(key: Key) {
    const a = threefry(key, 0x40000000, 0);
    const b = threefry(key, 0x40000000, 1);
    this.#generator = xoroshiro128plusFromState([a.high | 0, a.low | 0, b.high | 0, b.low | 1 | 0]);
  }

  /** Uniform on [0, 1), a multiple of 2^-53. */
  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /** Uniform whole number from 0 to `below` - 1. */
  integer(below: number): number {
    return uniformInt(this.#generator, 0, below - 1);
  }

  /** 32 uniform bits as a signed whole number. */
  bits(): number {
    return this.#generator.next();
  }

  /** Standard normal (Box and Muller 1958, one of the pair). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles in place (Fisher and Yates) and returns the array. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const item = items[i]!;
      items[i] = items[j]!;
      items[j] = item;
    }
    return items;
  }
}
