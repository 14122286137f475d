/**
 * Least circuit size C(f) of all functions, by exhaustion: every set of functions that some circuit of r gates
 * computes is listed, up to input symmetry, from those of r - 1 gates. A function is of size r if it is one gate
 * away from a set of r - 1 and not of any smaller size. Where the sets become too many to list, the last gates are
 * tried on each listed set without keeping what they make.
 */
import type { Basis, Pauses } from "../../../core/index.ts";
import { ChainSets, leastImage } from "./chain-sets.ts";
import { combine, mostMade } from "./combine.ts";
import type { FunctionSpace } from "./functions.ts";
import { trivialCosts, unknown } from "./trees.ts";
import { Wires } from "./wires.ts";

/** Sets of gates beyond which none are listed. */
const mostListed = 20_000;

/** Gates up to which exhaustion is affordable over AND and OR for four inputs, where ten are needed. */
export const mostExhausted = 9;

/** Least sizes of all classes. */
export interface LeastSizes {
  /** Gates of the smallest circuit, by class; unknown where nothing proved it. */
  readonly sizes: Uint8Array;
  /** Least depth of any circuit of that size, by class; unknown where nothing proved it. */
  readonly depths: Uint8Array;
}

/**
 * Whether a function has a circuit of just so many gates and at most such a depth, proved either way; undefined where
 * that could not be decided in the time that there was.
 */
export type FindWithin = (
  table: number,
  limits: { readonly gates: number; readonly depth: number },
) => Promise<boolean | undefined>;

/** Whether exhaustion gives all sizes within seconds. */
export const sizesFit = (inputs: number, basis: Basis): boolean => basis === "full" || inputs < 4;

/**
 * Least sizes by class, with the least depth that each size allows.
 * @param depths least depths of all circuits, by class: where a smallest circuit reaches them, none is better.
 * @param options.find settles, as far as it can, what exhaustion leaves open.
 * @param options.exhaust gates up to which there is exhaustion.
 */
export async function leastSizes(
  space: FunctionSpace,
  basis: Basis,
  depths: Uint8Array,
  rest: Pauses,
  options: { readonly find?: FindWithin | undefined; readonly exhaust?: number } = {},
): Promise<LeastSizes> {
  const { find, exhaust = mostExhausted } = options;
  const found = new Found(space, depths);
  let listed = new ChainSets(0);
  listed.add(new Uint16Array(0));
  for (let size = 1; found.sizes.includes(unknown) && size <= exhaust; size++) {
    if (listed.width < size - 1 && listed.count <= mostListed)
      listed = await extend(space, basis, listed, rest);
    found.begin(size);
    await tryAll(space, basis, listed, found, rest);
  }
  if (find) await settle(space, found, depths, find, exhaust);
  return { sizes: found.sizes, depths: found.depths };
}

/** Finds sizes and depths of the classes that have no circuit of `exhausted` gates. */
async function settle(
  space: FunctionSpace,
  found: Found,
  bounds: Uint8Array,
  find: FindWithin,
  exhausted: number,
): Promise<void> {
  for (const [index, table] of space.representatives.entries()) {
    if (found.sizes[index] !== unknown) continue;
    // A shallow circuit is found sooner than any; and none is deeper than it has gates.
    const shallow = bounds[index]! + 1;
    const gates = await least(
      exhausted + 1,
      async (g) =>
        (await find(table, { gates: g, depth: shallow })) || find(table, { gates: g, depth: g }),
    );
    if (gates === undefined) continue;
    found.sizes[index] = gates;
    const depth = await least(bounds[index]!, (d) => find(table, { gates, depth: d }));
    if (depth !== undefined) found.depths[index] = depth;
  }
}

/** The least number from `from` on that is found to do; undefined once one is undecided. */
async function least(
  from: number,
  does: (value: number) => Promise<boolean | undefined>,
): Promise<number | undefined> {
  for (let value = from; ; value++) {
    const answer = await does(value);
    if (answer === undefined) return undefined;
    if (answer) return value;
  }
}

/** All sets of one gate more, up to input symmetry. */
async function extend(
  space: FunctionSpace,
  basis: Basis,
  sets: ChainSets,
  rest: Pauses,
): Promise<ChainSets> {
  const width = sets.width + 1;
  const extended = new ChainSets(width);
  const toLeast = leastImage(space, width);
  const wires = new Wires(space, basis);
  const larger = new Uint16Array(width);
  const least = new Uint16Array(width);
  for (let index = 0; index < sets.count; index++) {
    if (rest.due()) await rest.take();
    sets.read(index, larger);
    wires.start(larger.subarray(0, width - 1));
    for (const table of wires.next) {
      larger[width - 1] = table;
      toLeast(larger, least);
      extended.add(least);
    }
  }
  return extended;
}

/** Records every function of the size that `found` looks for: the gates that the listed sets lack are tried in all ways. */
async function tryAll(
  space: FunctionSpace,
  basis: Basis,
  listed: ChainSets,
  found: Found,
  rest: Pauses,
): Promise<void> {
  const set = new Uint16Array(listed.width);
  const wires = new Wires(space, basis);
  for (let index = 0; index < listed.count; index++) {
    if (rest.due()) await rest.take();
    listed.read(index, set);
    wires.start(set);
    const missing = found.size - 1 - listed.width;
    if (missing === 0) found.recordAll(wires);
    else tryGates(wires, 0, missing, found);
  }
}

/**
 * Adds `missing` gates in all ways, the first of them not before `from` in the list of what can be made, so that no
 * two orders of independent gates are both tried; then records what the last of them makes with another wire.
 */
function tryGates(wires: Wires, from: number, missing: number, found: Found): void {
  for (let place = from; place < wires.next.length; place++) {
    // Each of the gates to come joins two wires into one; what cannot be joined any more is not needed.
    if (bits(wires.unusedWith(place)) > missing + 1) continue;
    if (missing === 1) found.recordLast(wires, place);
    else {
      wires.push(place);
      tryGates(wires, place + 1, missing - 1, found);
      wires.pop();
    }
  }
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** What is known of sizes, and of the least depths at those sizes. */
class Found {
  readonly sizes: Uint8Array;
  readonly depths: Uint8Array;
  size = 0;
  readonly #space: FunctionSpace;
  readonly #bounds: Uint8Array;
  readonly #made = new Uint16Array(mostMade);
  /** Classes about which a circuit of the present size may still tell something new. */
  readonly #open: Uint8Array;
  /** Depths of the wires at hand, once they are needed. */
  #depthOf: readonly number[] | undefined;

  constructor(space: FunctionSpace, bounds: Uint8Array) {
    this.#space = space;
    this.#bounds = bounds;
    this.sizes = trivialCosts(space);
    this.depths = this.sizes.slice();
    this.#open = this.sizes.map((cost) => (cost === unknown ? 1 : 0));
  }

  /** Looks for functions of this size from now on. */
  begin(size: number): void {
    this.size = size;
    for (const index of this.#open.keys())
      this.#open[index] = this.sizes[index] === unknown ? 1 : 0;
  }

  /** Records what any two wires make. */
  recordAll(wires: Wires): void {
    const last = wires.tables.length - 1;
    this.#depthOf = undefined;
    for (let j = 1; j <= last; j++) for (let i = 0; i < j; i++) this.#record(wires, i, j);
  }

  /** Records what a further gate, made at a place of `next`, makes with any wire, if that leaves no gate unused. */
  recordLast(wires: Wires, place: number): void {
    const last = wires.tables.length;
    const unused = wires.unusedWith(place) & ~(1 << last);
    this.#depthOf = undefined;
    wires.tables.push(wires.next[place]!);
    for (let i = 0; i < last; i++) if ((unused & ~(1 << i)) === 0) this.#record(wires, i, last);
    wires.tables.pop();
  }

  #record(wires: Wires, i: number, j: number): void {
    const count = combine(wires.basis, wires.tables[i]!, wires.tables[j]!, this.#made);
    for (let k = 0; k < count; k++) {
      const index = this.#space.classOf[this.#made[k]!]!;
      if (!this.#open[index]) continue;
      this.#depthOf ??= wires.depths();
      const depth = 1 + Math.max(this.#depthOf[i]!, this.#depthOf[j]!);
      this.sizes[index] = this.size;
      this.depths[index] = Math.min(this.depths[index]!, depth);
      if (this.depths[index] === this.#bounds[index]) this.#open[index] = 0;
    }
  }
}
