/** A growing table from whole observations to rows of numbers, in open addressing over typed arrays. */

/**
 * Rows are found by a 64-bit hash of the observation's bits; two observations that share all 64 bits would
 * share a row (for ten million rows the chance that any do is about 3 in a million).
 */
export class ObservationTable {
  readonly width: number;
  #capacity: number;
  #count = 0;
  /** Two words a slot; both zero where empty. */
  #hashes: Int32Array;
  #rows: Float32Array;

  constructor(width: number, capacity = 1024) {
    this.width = width;
    this.#capacity = capacity;
    this.#hashes = new Int32Array(2 * capacity);
    this.#rows = new Float32Array(width * capacity);
  }

  /** Number of rows stored. */
  get count(): number {
    return this.#count;
  }

  /** All rows `[capacity, width]`; index with `offset`s from `find` and `insert`. */
  get rows(): Float32Array {
    return this.#rows;
  }

  /** Offset of the observation's row in `rows`, or -1 where it was never stored. */
  find(high: number, low: number): number {
    const slot = this.#slot(high, low);
    return this.#hashes[2 * slot] === high && this.#hashes[2 * slot + 1] === low
      ? slot * this.width
      : -1;
  }

  /** Offset of the observation's row, made of zeros if it is new. May move `rows`. */
  insert(high: number, low: number): number {
    if (this.#count * 2 >= this.#capacity) this.#grow();
    const slot = this.#slot(high, low);
    if (this.#hashes[2 * slot] !== high || this.#hashes[2 * slot + 1] !== low) {
      this.#hashes[2 * slot] = high;
      this.#hashes[2 * slot + 1] = low;
      this.#count++;
    }
    return slot * this.width;
  }

  /**
   * Moves one entry of the observation's row towards a target by a share of its error. A row that is not stored counts as
   * zeros, and is stored when it first differs from them.
   * @returns the error before.
   */
  moveTowards(high: number, low: number, entry: number, target: number, share: number): number {
    let at = this.find(high, low);
    const old = at < 0 ? 0 : this.#rows[at + entry]!;
    const error = target - old;
    if (error !== 0) {
      if (at < 0) at = this.insert(high, low);
      this.#rows[at + entry] = old + share * error;
    }
    return error;
  }

  /** Stored hashes `[count, 2]` and rows `[count, width]`, in an order that depends on the content alone. */
  toArrays(): { hashes: Int32Array; rows: Float32Array } {
    const slots: number[] = [];
    for (let slot = 0; slot < this.#capacity; slot++)
      if (this.#hashes[2 * slot] !== 0 || this.#hashes[2 * slot + 1] !== 0) slots.push(slot);
    const word = (slot: number, i: number) => this.#hashes[2 * slot + i]!;
    slots.sort((a, b) => word(a, 0) - word(b, 0) || word(a, 1) - word(b, 1));
    const hashes = new Int32Array(2 * slots.length);
    const rows = new Float32Array(this.width * slots.length);
    slots.forEach((slot, i) => {
      hashes.set(this.#hashes.subarray(2 * slot, 2 * slot + 2), 2 * i);
      rows.set(this.#rows.subarray(slot * this.width, (slot + 1) * this.width), i * this.width);
    });
    return { hashes, rows };
  }

  static fromArrays(
    width: number,
    { hashes, rows }: { hashes: Int32Array; rows: Float32Array },
  ): ObservationTable {
    const table = new ObservationTable(
      width,
      Math.max(1024, 2 ** Math.ceil(Math.log2(hashes.length + 2))),
    );
    for (let i = 0; i < hashes.length / 2; i++) {
      const at = table.insert(hashes[2 * i]!, hashes[2 * i + 1]!);
      table.#rows.set(rows.subarray(i * width, (i + 1) * width), at);
    }
    return table;
  }

  #slot(high: number, low: number): number {
    const mask = this.#capacity - 1;
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & mask;
    const hashes = this.#hashes;
    while (hashes[2 * slot] !== 0 || hashes[2 * slot + 1] !== 0) {
      if (hashes[2 * slot] === high && hashes[2 * slot + 1] === low) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const larger = new ObservationTable(this.width, this.#capacity * 2);
    for (let slot = 0; slot < this.#capacity; slot++) {
      const high = this.#hashes[2 * slot]!;
      const low = this.#hashes[2 * slot + 1]!;
      if (high === 0 && low === 0) continue;
      const at = larger.insert(high, low);
      larger.#rows.set(this.#rows.subarray(slot * this.width, (slot + 1) * this.width), at);
    }
    this.#capacity = larger.#capacity;
    this.#hashes = larger.#hashes;
    this.#rows = larger.#rows;
  }
}

/**
 * Hashes rows of 32-bit words, two words a row `[rows, 2]`, never both zero. Multiply-and-rotate lanes with the
 * finalizer of MurmurHash3 (Appleby), which lets every input bit reach every output bit.
 */
export function hashRows(words: Int32Array, width: number): Int32Array {
  const rows = words.length / width;
  const out = new Int32Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    let a = 0x243f6a88;
    let b = 0x13198a2e;
    for (let i = row * width; i < (row + 1) * width; i++) {
      const word = words[i]!;
      a = Math.imul(a ^ word, 0x85ebca6b);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b ^ word, 0xc2b2ae35);
      b = ((b << 17) | (b >>> 15)) + a;
    }
    out[2 * row] = finalize(a ^ width) | 0;
    out[2 * row + 1] = finalize(b ^ out[2 * row]!) || 1;
  }
  return out;
}

function finalize(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
