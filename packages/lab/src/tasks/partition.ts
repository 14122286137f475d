/**
 * The three parts of an instance space. Each identity belongs to one part by its hash, whatever the seed and
 * before anything is drawn: disjoint seeds would not make disjoint instances.
 */
import { hashWords, InputError, type InstanceFamily, keyOf, type Random } from "../core/index.ts";

/** What of a family says which instances there are. */
export type InstanceSpace<P, I> = Pick<
  InstanceFamily<P, I>,
  "id" | "sample" | "identity" | "count" | "enumerate"
>;

export type Part = "training" | "validation" | "heldOut";

/** Where a hash, read as a fraction of 2^64, passes from training to validation and on to held-out. */
const bounds = { training: 0.8 * 2 ** 32, validation: 0.9 * 2 ** 32 };

/** Largest number of identities that are counted one by one. */
export const countable = 2 ** 20;

/** The part to which an identity belongs: 80 % training, 10 % validation, 10 % held-out. */
export function partOf(identity: ArrayLike<number>): Part {
  const { high } = hashWords(identity);
  if (high < bounds.training) return "training";
  return high < bounds.validation ? "validation" : "heldOut";
}

/** Draws after which a part is taken for empty: one of 10 % is missed with probability 0.9^10000. */
const patience = 10_000;

/**
 * The next instance of the stream that belongs to the part.
 * @throws InputError where none turns up: the family draws too few distinct instances.
 */
export function sampleOf<P, I>(
  family: InstanceSpace<P, I>,
  parameters: P,
  part: Part,
  random: Random,
): I {
  for (let draws = 0; draws < patience; draws++) {
    const instance = family.sample(parameters, random);
    if (partOf(family.identity(parameters, instance)) === part) return instance;
  }
  const name = part === "heldOut" ? "held-out" : part;
  throw new InputError(
    `the ${name} part is empty: none of ${patience} instances of ${family.id} that were drawn belongs to it`,
  );
}

/**
 * Counts identities by part, exactly, but stops once every part has as many as are `needed` in it; undefined
 * where there are more than `countable`.
 */
export function countParts<P, I>(
  family: InstanceSpace<P, I>,
  parameters: P,
  needed: Readonly<Record<Part, number>>,
): Readonly<Record<Part, number>> | undefined {
  if (family.count(parameters) > countable) return undefined;
  const counts = { training: 0, validation: 0, heldOut: 0 };
  const parts = ["training", "validation", "heldOut"] as const;
  for (const instance of family.enumerate(parameters, keyOf(0))) {
    counts[partOf(family.identity(parameters, instance))]++;
    if (parts.every((part) => counts[part] >= needed[part])) break;
  }
  return counts;
}
