/** Exactly uniform choices among few, two random bits at a time: generators of mazes need little else. */
import type { Random } from "../../core/index.ts";

/** Number of set bits of each 4-bit mask, and its set bits in ascending order, four places a mask. */
const sizes = Uint8Array.from({ length: 16 }, (_, mask) => bitsOf(mask).length);
const members = Uint8Array.from({ length: 64 }, (_, i) => bitsOf(i >> 2)[i & 3] ?? 0);

/** Draws 32 bits from the stream whenever its own are used up; what is left at the end is thrown away. */
export class Choices {
  readonly random: Random;
  #bits = 0;
  #pairs = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** Uniform on 0, 1, 2, 3. */
  ofFour(): number {
    if (this.#pairs === 0) {
      this.#bits = this.random.bits();
      this.#pairs = 16;
    }
    const pair = this.#bits & 3;
    this.#bits >>>= 2;
    this.#pairs--;
    return pair;
  }

  /** One of the set bits of a 4-bit mask that is not 0, each with the same probability. */
  ofMask(mask: number): number {
    const size = sizes[mask]!;
    if (size === 1) return members[mask << 2]!;
    let pick = this.ofFour();
    if (size === 2) pick &= 1;
    else while (pick >= size) pick = this.ofFour();
    return members[(mask << 2) | pick]!;
  }
}

function bitsOf(mask: number): number[] {
  return [0, 1, 2, 3].filter((bit) => (mask >> bit) & 1);
}
