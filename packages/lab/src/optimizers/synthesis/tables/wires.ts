/** The wires of a circuit that grows and shrinks gate by gate, and what one more gate can make of them. */
import type { Basis } from "../../../core/index.ts";
import { combine, mostMade } from "./combine.ts";
import type { FunctionSpace } from "./functions.ts";
import { unknown } from "./trees.ts";

/** States of a truth table. */
const absent = 0;
const makeable = 1;
const present = 2;

/** What `pop` needs to take a gate back. */
interface Before {
  readonly made: number;
  readonly used: number;
  readonly undo: number;
}

export class Wires {
  readonly inputs: number;
  readonly basis: Basis;
  /** Truth tables of the wires, inputs first. */
  readonly tables: number[];
  /** Truth tables that a gate makes of the wires: no repeats, no zero, nothing that is there already. */
  readonly next: number[] = [];
  /** By place in `next`, marks of all the wires that it can be made of. */
  readonly #makers: number[] = [];
  /** Marks of gates that another wire can be made of. */
  #used = 0;
  readonly #state: Uint8Array;
  /** Place in `next`, by truth table. */
  readonly #place: Uint16Array;
  /** Places in `next` whose makers were changed, each with what they were. */
  readonly #undo: number[] = [];
  readonly #befores: Before[] = [];
  readonly #made = new Uint16Array(mostMade);

  constructor({ projections, ones }: FunctionSpace, basis: Basis) {
    this.inputs = projections.length;
    this.basis = basis;
    this.tables = [...projections];
    this.#state = new Uint8Array(ones + 1);
    this.#place = new Uint16Array(ones + 1);
    for (const table of [0, ...projections]) this.#state[table] = present;
  }

  /** Starts over with the inputs and these gates, in any order. */
  start(gates: Uint16Array): void {
    for (const table of this.tables.splice(this.inputs)) this.#state[table] = absent;
    for (const table of this.next.splice(0)) this.#state[table] = absent;
    this.#makers.length = this.#undo.length = this.#befores.length = 0;
    this.#used = 0;
    this.tables.push(...gates);
    for (const table of gates) this.#state[table] = present;
    for (let j = 1; j < this.tables.length; j++) this.#used |= this.#combine(j);
  }

  /**
   * Marks of the gates that no other wire is made of once a gate is added that makes what stands at a place of
   * `next`: bit i for wire i. Gates that `start` was given count as used by whatever can be made of them.
   */
  unusedWith(place: number): number {
    const gates = (2 << this.tables.length) - (1 << this.inputs);
    return gates & ~(this.#used | this.#makers[place]!);
  }

  /** Adds a gate that makes what stands at a place of `next`. */
  push(place: number): void {
    this.#befores.push({ made: this.next.length, used: this.#used, undo: this.#undo.length });
    const table = this.next[place]!;
    this.#used |= this.#makers[place]!;
    this.#state[table] = present;
    this.tables.push(table);
    this.#combine(this.tables.length - 1);
  }

  /** Takes the last gate back. */
  pop(): void {
    const { made, used, undo } = this.#befores.pop()!;
    this.#used = used;
    while (this.#undo.length > undo) {
      const makers = this.#undo.pop()!;
      this.#makers[this.#undo.pop()!] = makers;
    }
    for (const table of this.next.splice(made)) this.#state[table] = absent;
    this.#makers.length = made;
    this.#state[this.tables.pop()!] = makeable;
  }

  /** Notes what wire j makes with earlier wires; gives marks of all that make a wire that is there already. */
  #combine(j: number): number {
    const { tables } = this;
    let used = 0;
    const other = tables[j]!;
    for (let i = 0; i < j; i++) {
      const one = tables[i]!;
      const both = (1 << i) | (1 << j);
      const count = combine(this.basis, one, other, this.#made);
      for (let k = 0; k < count; k++) {
        const table = this.#made[k]!;
        const state = this.#state[table];
        if (state === absent) {
          this.#state[table] = makeable;
          this.#place[table] = this.next.push(table) - 1;
          this.#makers.push(both);
        } else if (state === makeable) {
          const place = this.#place[table]!;
          this.#undo.push(place, this.#makers[place]!);
          this.#makers[place]! |= both;
        } else if (table !== 0 && table !== one && table !== other) used |= both;
      }
    }
    return used;
  }

  /** The least depth of each wire over all circuits that compute just these wires. */
  depths(): number[] {
    const { tables, inputs, basis } = this;
    const at = new Map(tables.map((table, index) => [table, index]));
    const depths = tables.map((_, index) => (index < inputs ? 0 : unknown));
    for (let depth = 1; depths.includes(unknown); depth++)
      for (let j = 1; j < tables.length; j++)
        for (let i = 0; i < j; i++) {
          if (depths[i]! >= depth || depths[j]! >= depth) continue;
          const count = combine(basis, tables[i]!, tables[j]!, this.#made);
          for (let k = 0; k < count; k++) {
            const index = at.get(this.#made[k]!);
            if (index !== undefined && depths[index]! > depth) depths[index] = depth;
          }
        }
    return depths;
  }
}
