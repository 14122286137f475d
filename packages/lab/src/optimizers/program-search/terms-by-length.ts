/**
 * All terms of a language in order of length, those left out that can be exchanged for a kept one: same effect from
 * every state, no more bits, never slower. What is left out is never needed in a shortest program, nor in one that is
 * best by length and time together. Observational equivalence: Albarghouthi, Gulwani and Kincaid 2013; Udupa et al. 2013.
 */
import type { EnumerableTask, Program, ProgramLanguage } from "../../core/index.ts";
import { type Grammar, grammarOf } from "./grammar.ts";
import { TermStore, termOf } from "./terms-store.ts";

/** Receives a term as it is formed: its production, the ids of its parts, and its code. */
export type Visit = (
  place: number,
  parts: Int32Array,
  arity: number,
  code: Uint16Array,
  length: number,
) => void;

/** Ids pair up into one exact number. */
const pairing = 2 ** 26;

/** Kept terms by sort and bits, made level by level as they are asked for. */
export class TermsByLength {
  readonly store = new TermStore();
  readonly grammar: Grammar;
  readonly #task: EnumerableTask;
  readonly #language: ProgramLanguage;
  readonly #prune: boolean;
  readonly #levels: number[][][];
  /** Productions that put a term before a sequence of their own sort. */
  readonly #sequence: readonly boolean[];
  /** Ids of kept terms by a hash of their effects. */
  readonly #seen = new Map<number, number[]>();
  /** The id of a sequence by its head and rest, or -1 where it was left out. */
  readonly #sequences = new Map<number, number>();
  readonly #code = new Uint16Array(1 << 16);
  readonly #starts = new Int32Array(3);
  readonly #ends = new Int32Array(3);
  #effects = new Int32Array(1024);
  #steps = new Int32Array(1024);
  /** Terms left out that are as long as the kept term they can be exchanged for, by that term's notation. */
  readonly exchanges = new Map<string, Program[]>();
  /** Terms left out. */
  pruned = 0;

  constructor(task: EnumerableTask, options: { readonly prune: boolean }) {
    this.#task = task;
    this.#language = task.language;
    this.#prune = options.prune;
    this.grammar = grammarOf(task.language);
    this.#sequence = task.language.productions.map(
      ({ sort, args }) => args.length === 2 && args[1] === sort && args[0] !== sort,
    );
    this.#levels = this.grammar.bySort.map(() => [[]]);
  }

  /** Ids of the kept terms of a sort with exactly these bits; made by `make` before. */
  at(sort: number, bits: number): readonly number[] {
    return this.#levels[sort]![bits] ?? [];
  }

  /** Makes all levels of a sort up to `bits`. */
  *make(sort: number, bits: number): Generator<void> {
    const levels = this.#levels[sort]!;
    for (let level = levels.length; level <= bits; level++) {
      for (const { args, bits: price } of this.grammar.bySort[sort]!)
        for (const [i, arg] of args.entries())
          yield* this.make(arg, level - price - this.#leastOf(args, i));
      const kept: number[] = [];
      const keep: Visit = (place, parts, arity, code, length) => {
        const id = this.#keep(sort, level, place, parts, arity, code, length);
        if (id >= 0) kept.push(id);
      };
      // A term that is kept is run from every state, which takes some hundred times as long as forming it.
      for (const _ of this.form(sort, level, keep, this.#prune ? 16 : 4096)) yield;
      levels.push(kept);
    }
  }

  /** Forms every term of a sort with exactly these bits from kept parts; yields after each `stretch` of terms. */
  *form(sort: number, bits: number, visit: Visit, stretch = 4096): Generator<void> {
    for (const { place, args, bits: price } of this.grammar.bySort[sort]!)
      for (const lists of this.#splits(args, 0, bits - price))
        yield* this.#combine(place, lists, visit, stretch);
  }

  /** Lists of parts whose bits add up, one list for each argument. */
  *#splits(
    args: readonly number[],
    at: number,
    bits: number,
  ): Generator<readonly (readonly number[])[]> {
    if (at === args.length) {
      if (bits === 0) yield [];
      return;
    }
    const rest = this.#leastOf(args.slice(at), 0);
    const least = at === args.length - 1 ? bits : this.grammar.least[args[at]!]!;
    for (let own = least; own <= bits - rest; own++) {
      const ids = this.at(args[at]!, own);
      if (ids.length > 0)
        for (const others of this.#splits(args, at + 1, bits - own)) yield [ids, ...others];
    }
  }

  *#combine(
    place: number,
    lists: readonly (readonly number[])[],
    visit: Visit,
    stretch: number,
  ): Generator<void> {
    const parts = new Int32Array(3);
    const arity = lists.length;
    const [first = [0], second, third] = lists;
    let since = 0;
    for (let i = 0; i < first.length; i++) {
      parts[0] = first[i]!;
      for (let j = 0; j < (second?.length ?? 1); j++) {
        if (second) parts[1] = second[j]!;
        for (let k = 0; k < (third?.length ?? 1); k++) {
          if (third) parts[2] = third[k]!;
          this.#visit(place, parts, arity, visit);
          if (++since < stretch) continue;
          since = 0;
          yield;
        }
      }
    }
  }

  /** Least bits of all arguments but one. */
  #leastOf(args: readonly number[], but: number): number {
    return args.reduce((sum, arg, i) => sum + (i === but ? 0 : this.grammar.least[arg]!), 0);
  }

  #visit(place: number, parts: Int32Array, arity: number, visit: Visit): void {
    const { store } = this;
    if (this.#prune && this.#sequence[place] && this.#superfluous(parts[0]!, parts[1]!)) {
      this.pruned++;
      return;
    }
    for (let i = 0; i < arity; i++) {
      this.#starts[i] = store.codeStart(parts[i]!);
      this.#ends[i] = store.codeEnd(parts[i]!);
    }
    const length = this.#task.emit(place, store.words, this.#starts, this.#ends, this.#code, 0);
    visit(place, parts, arity, this.#code, length);
  }

  /** Whether a sequence has a rest that is never reached, or a beginning that was left out as a sequence. */
  #superfluous(head: number, rest: number): boolean {
    const { store } = this;
    const ends = this.#language.productions[store.production(rest)]!.args.length === 0;
    if (store.final(head) && !ends) return true;
    if (store.hidden(head) || !store.hidden(rest)) return false;
    return this.#sequences.get(head * pairing + store.lead(rest)) === -1;
  }

  #keep(
    sort: number,
    bits: number,
    place: number,
    parts: Int32Array,
    arity: number,
    code: Uint16Array,
    length: number,
  ): number {
    const { store } = this;
    let hidden = this.#task.hidden(place);
    for (let i = 0; i < arity; i++) hidden ||= store.hidden(parts[i]!);
    const sequence = this.#sequence[place]!;
    const final = this.#task.final(place);
    const better = hidden || !this.#prune ? undefined : this.#exchangeable(sort, code, length);
    if (better !== undefined) {
      this.pruned++;
      if (store.bits(better) === bits) this.#remember(better, termOf(store, place, parts, arity));
      if (sequence) this.#sequences.set(parts[0]! * pairing + parts[1]!, -1);
      return -1;
    }
    const lead = hidden && sequence ? this.#leadOf(parts[0]!, parts[1]!) : undefined;
    const id = store.add(
      place,
      parts,
      arity,
      code,
      length,
      lead === undefined ? { bits, hidden, final } : { bits, hidden, final, lead },
    );
    if (!hidden && this.#prune) this.#register(id);
    if (!hidden && sequence) this.#sequences.set(parts[0]! * pairing + parts[1]!, id);
    return id;
  }

  /** The beginning without hidden parts of a sequence that has some. */
  #leadOf(head: number, rest: number): number {
    const { store } = this;
    const shortest = this.grammar.bySort[this.#language.root]!.find(
      ({ args }) => args.length === 0,
    )!;
    if (store.hidden(head)) return this.at(this.#language.root, shortest.bits)[0]!;
    return this.#sequences.get(head * pairing + store.lead(rest)) ?? store.lead(rest);
  }

  #hash = 0;

  /** The kept term, if there is one, that does the same from every state and is never slower. */
  #exchangeable(sort: number, code: Uint16Array, length: number): number | undefined {
    const { effects, size, steps } = this.#task.observe(sort, code, length);
    if (this.#effects.length < size) this.#effects = new Int32Array(2 * size);
    if (this.#steps.length < steps.length) this.#steps = new Int32Array(steps.length);
    this.#effects.set(effects.subarray(0, size));
    this.#steps.set(steps);
    let hash = sort + 1;
    for (let i = 0; i < size; i++) {
      hash = Math.imul(hash ^ effects[i]!, 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    this.#hash = hash;
    const kept = this.#seen.get(hash);
    return kept?.find((id) => this.#dominates(sort, id, size, steps.length));
  }

  #remember(kept: number, left: Program): void {
    const key = this.store.notation(kept).join();
    const others = this.exchanges.get(key);
    if (others) others.push(left);
    else this.exchanges.set(key, [left]);
  }

  #register(id: number): void {
    const kept = this.#seen.get(this.#hash);
    if (kept) kept.push(id);
    else this.#seen.set(this.#hash, [id]);
  }

  /** Compares the observation just made with that of a kept term, word for word. */
  #dominates(sort: number, id: number, size: number, states: number): boolean {
    const { store } = this;
    const length = store.codeEnd(id) - store.codeStart(id);
    if (this.#language.productions[store.production(id)]!.sort !== sort) return false;
    scratch.set(store.words.subarray(store.codeStart(id), store.codeEnd(id)));
    const other = this.#task.observe(sort, scratch, length);
    if (other.size !== size) return false;
    for (let i = 0; i < size; i++) if (other.effects[i] !== this.#effects[i]) return false;
    for (let i = 0; i < states; i++) if (other.steps[i]! > this.#steps[i]!) return false;
    return true;
  }
}

const scratch = new Uint16Array(1 << 16);
