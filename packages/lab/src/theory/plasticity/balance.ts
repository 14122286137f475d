/**
 * How well evolution keeps a fixed strategy tuned that has an answer for each of E kinds of environment, met one after
 * another: each answer is selected once in E generations and mutates in all of them. Mutation and selection are those
 * of Haldane 1927 and 1937, at one locus of A alleles of which one is good; loci recombine freely and energies are
 * small enough in their effects on several loci at once that only the one in season counts.
 */

export interface FixedStrategies {
  /** A: foods times places to choose from. */
  readonly choices: number;
  /** Probability that an answer mutates between generations, to any other one alike. */
  readonly mutation: number;
  /** Energy of an organism that finds nothing. */
  readonly base: number;
  /** Energy of a life of good meals alone, beyond that. */
  readonly gain: number;
}

/** What a nervous system does: a share of the meals that an inherited mistake would cost, at a price. */
export interface NervousSystem {
  /** Share of meals that are good though the inherited answer is wrong. */
  readonly recovered: number;
  /** Energy that it takes in a life. */
  readonly cost: number;
}

/** What remains of a deviation from the mutational equilibrium 1/A after one generation. */
export const retention = ({ choices, mutation }: Pick<FixedStrategies, "choices" | "mutation">) =>
  1 - (mutation * choices) / (choices - 1);

/** Share of good answers after selection among those with energies `base + gain` and `base`. */
const selected = (share: number, { base, gain }: FixedStrategies): number =>
  (share * (base + gain)) / (base + gain * share);

/**
 * Share of good answers just before their season, at the balance of one selection with `environments` mutations: the
 * positive root of a quadratic.
 */
export function tunedShare(model: FixedStrategies, environments: number): number {
  const kept = retention(model) ** environments;
  const chance = (1 - kept) / model.choices;
  // p = chance + kept p (1 + s) / (1 + s p), with s = gain / base.
  const s = model.gain / model.base;
  const linear = 1 - s * chance - kept * (1 + s);
  return (-linear + Math.sqrt(linear * linear + 4 * s * chance)) / (2 * s);
}

/**
 * The number of environments at which a rare organism with a nervous system does as well as the fixed ones around it:
 * gain recovered (1 - p) = cost, solved for E. Below it fixed strategies are kept, above it they are not.
 * @returns 0 where the nervous system always pays, infinity where it never does.
 */
export function crossingDiversity(
  model: FixedStrategies,
  { recovered, cost }: NervousSystem,
): number {
  const share = 1 - cost / (model.gain * recovered);
  const chance = 1 / model.choices;
  if (share >= 1) return 0;
  if (share <= chance) return Number.POSITIVE_INFINITY;
  return (
    Math.log((share - chance) / (selected(share, model) - chance)) / Math.log(retention(model))
  );
}
