/** The terms kept by exhaustive search: code and notation in growing arrays, ids in the order of keeping. */
import type { Program } from "../../core/index.ts";

/** Terms by id. */
export class TermStore {
  /** Code of all terms, one after the other. */
  words = new Uint16Array(1 << 16);
  #places = new Uint8Array(1 << 16);
  #wordEnd = 0;
  #placeEnd = 0;
  #codeStart = new Int32Array(1 << 12);
  #placeStart = new Int32Array(1 << 12);
  #traits = new Uint8Array(1 << 12);
  #lead = new Int32Array(1 << 12);
  #bits = new Int32Array(1 << 12);
  count = 0;

  codeStart(id: number): number {
    return this.#codeStart[id]!;
  }

  codeEnd(id: number): number {
    return this.#codeStart[id + 1]!;
  }

  notation(id: number): Program {
    return this.#places.subarray(this.#placeStart[id]!, this.#placeStart[id + 1]!);
  }

  bits(id: number): number {
    return this.#bits[id]!;
  }

  /** The term's own production. */
  production(id: number): number {
    return this.#places[this.#placeStart[id]!]!;
  }

  /** Whether the term holds a production whose meaning is hidden from observation. */
  hidden(id: number): boolean {
    return (this.#traits[id]! & 1) !== 0;
  }

  /** Whether the term's own production is final. */
  final(id: number): boolean {
    return (this.#traits[id]! & 2) !== 0;
  }

  /** For a sequence: the id of its longest beginning without hidden productions, as a sequence of its own. */
  lead(id: number): number {
    return this.#lead[id]!;
  }

  /** Keeps a term made of `parts`, with code `code[0, length)`; returns its id. */
  add(
    production: number,
    parts: ArrayLike<number>,
    arity: number,
    code: Uint16Array,
    length: number,
    traits: {
      readonly bits: number;
      readonly hidden: boolean;
      readonly final: boolean;
      readonly lead?: number;
    },
  ): number {
    const id = this.count++;
    if (id + 2 > this.#codeStart.length) this.#growIds();
    while (this.#wordEnd + length > this.words.length) this.words = doubled(this.words);
    this.#codeStart[id] = this.#wordEnd;
    // Copied word by word: a view of each part would cost more than the copying.
    for (let w = 0; w < length; w++) this.words[this.#wordEnd++] = code[w]!;
    this.#codeStart[id + 1] = this.#wordEnd;
    this.#placeStart[id] = this.#placeEnd;
    let size = 1;
    for (let i = 0; i < arity; i++)
      size += this.#placeStart[parts[i]! + 1]! - this.#placeStart[parts[i]!]!;
    while (this.#placeEnd + size > this.#places.length) this.#places = doubled(this.#places);
    this.#places[this.#placeEnd++] = production;
    for (let i = 0; i < arity; i++) {
      const end = this.#placeStart[parts[i]! + 1]!;
      for (let p = this.#placeStart[parts[i]!]!; p < end; p++)
        this.#places[this.#placeEnd++] = this.#places[p]!;
    }
    this.#placeStart[id + 1] = this.#placeEnd;
    this.#traits[id] = (traits.hidden ? 1 : 0) | (traits.final ? 2 : 0);
    this.#lead[id] = traits.lead ?? id;
    this.#bits[id] = traits.bits;
    return id;
  }

  #growIds(): void {
    this.#codeStart = doubled(this.#codeStart);
    this.#placeStart = doubled(this.#placeStart);
    this.#traits = doubled(this.#traits);
    this.#lead = doubled(this.#lead);
    this.#bits = doubled(this.#bits);
  }
}

/** A term in prefix notation from its production and the ids of its parts. */
export function termOf(
  store: TermStore,
  place: number,
  parts: ArrayLike<number>,
  arity: number,
): Program {
  const pieces = Array.from({ length: arity }, (_, i) => store.notation(parts[i]!));
  const term = new Uint8Array(1 + pieces.reduce((sum, { length }) => sum + length, 0));
  term[0] = place;
  let at = 1;
  for (const piece of pieces) {
    term.set(piece, at);
    at += piece.length;
  }
  return term;
}

function doubled<A extends Uint8Array | Uint16Array | Int32Array>(array: A): A {
  const larger = new (array.constructor as new (length: number) => A)(2 * array.length);
  larger.set(array);
  return larger;
}
