/** Disjoint sets of cells (Galler and Fischer 1964), with path halving. */
export class UnionFind {
  readonly #parents: Int16Array;
  /** Number of sets. */
  sets: number;

  constructor(size: number) {
    this.#parents = Int16Array.from({ length: size }, (_, i) => i);
    this.sets = size;
  }

  /** The set's representative. */
  find(item: number): number {
    const parents = this.#parents;
    let at = item;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  }

  /** Joins two sets; false where they were one already. */
  union(a: number, b: number): boolean {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA === rootB) return false;
    this.#parents[rootB] = rootA;
    this.sets--;
    return true;
  }
}
