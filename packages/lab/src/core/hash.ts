/** Content hashes: SHA-256 for specs and run ids, a fast 64-bit hash for instances. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson, type Json } from "./json.ts";
import { threefry, type Words } from "./threefry.ts";

/** SHA-256 of the canonical JSON of `value`, as 64 hexadecimal digits. */
export function contentHash(value: Json): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

/**
 * 64-bit hash of a sequence of 32-bit words (Threefry in chained mode, the length absorbed first). Fast
 * enough to be taken of every instance that is drawn; not meant against an adversary.
 */
export function hashWords(words: ArrayLike<number>): Words {
  let state: Words = threefry({ high: 0x6d657361, low: 0x73636f70 }, 0, words.length);
  for (let i = 0; i < words.length; i += 2)
    state = threefry(state, words[i]!, i + 1 < words.length ? words[i + 1]! : 0);
  return state;
}

/** Sixteen hexadecimal digits. */
export function wordsToHex(words: Words): string {
  return words.high.toString(16).padStart(8, "0") + words.low.toString(16).padStart(8, "0");
}
