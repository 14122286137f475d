/** The best of 2^P random genomes, exactly: a base optimizer whose power is P bits by counting. */
import { InputError } from "../../core/index.ts";
import { entryChance, type Fitness, type GenomeSpace, levelChances } from "./genome.ts";

/** What the selected genome is like, in the mean over all that chance may draw; bits per instance unless stated. */
export interface SelectedGenome {
  /** Mean of the fitness: of the mean score over instances, or of the least score. */
  readonly score: number;
  /** Mean x of the gene. */
  readonly runTimeBits: number;
  /** What entries add to that, as far as the ceiling leaves room. */
  readonly tunedBits: number;
  /** Probability of each level of the gene, in the order of the space's levels. */
  readonly levels: readonly number[];
  /**
   * Bits by which selection narrowed the space: the relative entropy, to the uniform distribution, of the
   * genome that is selected. In the whole, not per instance; never more than P.
   */
  readonly obtainedBits: number;
}

/** Beyond this 2^P cannot be written as a number. */
const largestPower = 1000;
/** Largest number of products in the distribution of a sum of scores. */
const mostProducts = 2 ** 31;

/**
 * Draws 2^P genomes at random and keeps the fittest (one of them, among equals), as exact expectations.
 * @throws InputError for a power that is not within 0 to 1000 bits, or entries too many to be summed exactly.
 */
export function bestOf(space: GenomeSpace, power: number, fitness: Fitness): SelectedGenome {
  if (!(power >= 0 && power <= largestPower))
    throw new InputError(
      `the power of a selection is a number of bits from 0 to ${largestPower}, not ${power}`,
    );
  const chances = levelChances(space);
  const { distributions, unit } = fitness === "average" ? sumsOfScores(space) : leastScores(space);
  const length = distributions[0]!.length;
  const levels = new Array<number>(chances.length).fill(0);
  let [score, obtained, above] = [0, 0, 0];
  // From the largest fitness down, so that the far tail is summed from small numbers.
  for (let v = length - 1; v >= 0; v--) {
    const parts = chances.map((chance, j) => chance * distributions[j]![v]!);
    const here = parts.reduce((a, b) => a + b, 0);
    if (here === 0) continue;
    const from = Math.min(1, above + here);
    const best = noneAbove(above, power) - noneAbove(from, power);
    above = from;
    if (!(best > 0)) continue;
    score += best * v * unit;
    obtained += best * Math.log2(best / here);
    parts.forEach((part, j) => {
      levels[j]! += (best * part) / here;
    });
  }
  const runTimeBits = levels.reduce((sum, weight, j) => sum + weight * space.levels[j]!.x, 0);
  return { score, runTimeBits, tunedBits: score - runTimeBits, levels, obtainedBits: obtained };
}

/** Probability that none of 2^power draws is one of a set of the given probability. */
function noneAbove(probability: number, power: number): number {
  return Math.exp(2 ** power * Math.log1p(-probability));
}

/** For each level: the distribution of the sum of scores, by whole bits from 0 to N B; `unit` makes it a mean. */
function sumsOfScores({ instances, ceiling, levels }: GenomeSpace) {
  const products = levels.reduce((sum, { x }) => sum + (instances * (ceiling - x)) ** 2, 0);
  if (products > mostProducts)
    throw new InputError(
      `scores of ${instances} instances of up to ${ceiling} bits are too many to sum exactly: take fewer instances, a lower ceiling or the worst case`,
    );
  const distributions = levels.map(({ x }) => {
    const sum = new Float64Array(instances * ceiling + 1);
    sum.set(power(entryChance(ceiling - x).probabilities, instances), instances * x);
    return sum;
  });
  return { distributions, unit: 1 / instances };
}

/** For each level: the distribution of the least score; a share 2^-(N t) has t bits or more in every entry. */
function leastScores({ instances, ceiling, levels }: GenomeSpace) {
  const distributions = levels.map(({ x }) =>
    Float64Array.from({ length: ceiling + 1 }, (_, v) => {
      if (v < x) return 0;
      const atLeast = 2 ** (-instances * (v - x));
      return v === ceiling ? atLeast : atLeast * (1 - 2 ** -instances);
    }),
  );
  return { distributions, unit: 1 };
}

/** The distribution of a sum of n independent draws, by repeated squaring; all terms are positive, so tails keep their digits. */
function power(distribution: Float64Array, n: number): Float64Array {
  let result: Float64Array = Float64Array.of(1);
  let square: Float64Array = distribution;
  for (let left = n; ; square = convolve(square, square)) {
    if (left % 2 === 1) result = convolve(result, square);
    left = Math.floor(left / 2);
    if (left === 0) return result;
  }
}

function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    const factor = a[i]!;
    for (let j = 0; j < b.length; j++) sum[i + j]! += factor * b[j]!;
  }
  return sum;
}
