/** Sets of functions that circuits compute gate by gate, one of each set's images under input symmetries. */
import { type FunctionSpace, image, normal } from "./functions.ts";

/** Sets of `width` normal functions, each sorted, without repeats: an open-addressed hash table that grows. */
export class ChainSets {
  readonly width: number;
  #rows: Uint16Array;
  #slots: Int32Array;
  count = 0;

  constructor(width: number) {
    this.width = width;
    this.#rows = new Uint16Array(1024 * Math.max(1, width));
    this.#slots = new Int32Array(4096).fill(-1);
  }

  /** Copies set `index` into `into`. */
  read(index: number, into: Uint16Array): void {
    const { width } = this;
    for (let i = 0; i < width; i++) into[i] = this.#rows[index * width + i]!;
  }

  /** Adds a set unless it is there; tells whether it is new. */
  add(set: Uint16Array): boolean {
    const slot = this.#find(set);
    if (this.#slots[slot] !== -1) return false;
    const { width } = this;
    if ((this.count + 1) * width > this.#rows.length) {
      const rows = new Uint16Array(this.#rows.length * 2);
      rows.set(this.#rows);
      this.#rows = rows;
    }
    for (let i = 0; i < width; i++) this.#rows[this.count * width + i] = set[i]!;
    this.#slots[slot] = this.count++;
    if (this.count * 2 > this.#slots.length) this.#grow();
    return true;
  }

  #find(set: Uint16Array): number {
    const { width } = this;
    const mask = this.#slots.length - 1;
    let slot = hash(set, width) & mask;
    for (let index = this.#slots[slot]!; index !== -1; index = this.#slots[slot]!) {
      let i = 0;
      while (i < width && this.#rows[index * width + i] === set[i]) i++;
      if (i === width) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const set = new Uint16Array(this.width);
    for (let index = 0; index < this.count; index++) {
      this.read(index, set);
      this.#slots[this.#find(set)] = index;
    }
  }
}

function hash(set: Uint16Array, width: number): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < width; i++) value = Math.imul(value ^ set[i]!, 0x9e3779b1) ^ (value >>> 15);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Finds the least image of a set under the input symmetries, sets being compared as sorted lists. */
export function leastImage(space: FunctionSpace, width: number) {
  const { symmetries, ones } = space;
  const mapped = new Uint16Array(width);
  /** Writes the least image of the first `width` functions of `set` into `best`, sorted. */
  return (set: Uint16Array, best: Uint16Array): void => {
    best.fill(0xffff);
    for (const symmetry of symmetries) {
      let least = 0xffff;
      for (let i = 0; i < width; i++) {
        const table = normal(image(symmetry, set[i]!), ones);
        mapped[i] = table;
        if (table < least) least = table;
      }
      // Most images lose by their least function alone and need not be sorted.
      if (least > best[0]!) continue;
      sort(mapped, width);
      if (compare(mapped, best, width) < 0) best.set(mapped);
    }
  };
}

/** Insertion sort: the sets are short. */
function sort(set: Uint16Array, width: number): void {
  for (let i = 1; i < width; i++) {
    const value = set[i]!;
    let at = i;
    while (at > 0 && set[at - 1]! > value) {
      set[at] = set[at - 1]!;
      at--;
    }
    set[at] = value;
  }
}

function compare(one: Uint16Array, other: Uint16Array, width: number): number {
  for (let i = 0; i < width; i++) if (one[i] !== other[i]) return one[i]! - other[i]!;
  return 0;
}
