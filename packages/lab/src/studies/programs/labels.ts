/**
 * Classification, as the opposite case to mazes: the shortest decision tree for given labels, exactly. A tree's code
 * is a prefix code: 0 and a label for a leaf, 1 and the number of a feature for a branch.
 */
import { InputError, type Random } from "../../core/index.ts";

export interface Example {
  /** Features, as the bits of a whole number. */
  readonly features: number;
  readonly label: number;
}

/**
 * Bits of the shortest decision tree that gives every example its label: 2 a leaf, 1 + log2(features) a branch. By
 * dynamic programming over the sets of examples that a node can face, so over all trees.
 * @throws InputError for two examples with the same features and different labels, or features that are no power of 2.
 */
export function shortestTreeBits(examples: readonly Example[], features: number): number {
  const branch = 1 + Math.log2(features);
  if (!Number.isInteger(branch)) throw new InputError(`features are a power of 2, not ${features}`);
  const known = new Map<string, number>();
  const shortest = (faced: readonly number[]): number => {
    const labels = new Set(faced.map((i) => examples[i]!.label));
    if (labels.size < 2) return 2;
    const key = faced.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    let least = Number.POSITIVE_INFINITY;
    for (let f = 0; f < features; f++) {
      const has = (i: number) => (examples[i]!.features >> f) & 1;
      const one = faced.filter((i) => has(i));
      if (one.length === 0 || one.length === faced.length) continue;
      const zero = faced.filter((i) => !has(i));
      least = Math.min(least, branch + shortest(one) + shortest(zero));
    }
    if (!Number.isFinite(least))
      throw new InputError("two examples have the same features and different labels");
    known.set(key, least);
    return least;
  };
  return shortest([...examples.keys()]);
}

/** Different random feature vectors, labelled by `label`. */
export function drawExamples(
  count: number,
  features: number,
  random: Random,
  label: (features: number) => number,
): Example[] {
  if (count > 2 ** features)
    throw new InputError(`${features} features tell ${2 ** features} examples apart, not ${count}`);
  const seen = new Set<number>();
  while (seen.size < count) seen.add(random.integer(2 ** features));
  return [...seen].map((value) => ({ features: value, label: label(value) }));
}
