/**
 * The Bayes-optimal policy on a new keyed bandit, by exact dynamic programming over counts (Bellman 1956,
 * "A problem in the sequential design of experiments").
 *
 * The posterior depends on each arm's wins and losses through one whole number, its level, and neither on
 * the order of the arms nor on a shift common to all of them; so a state is the sorted levels relative to
 * the highest, with the steps left. With p = 1 - q a level is wins - losses.
 */
import { evidenceOf } from "./belief.ts";
import type { BanditParameters } from "./parameters.ts";

/** More states than this are not worth their memory (about 40 bytes each) and time (about a microsecond). */
export const stateLimit = 400_000;

/** How levels move and what a distance below the highest level means. */
interface Levels {
  /** How far a win raises an arm's level; a loss lowers it by one. */
  readonly win: number;
  /** Number of distances from the highest level that can occur. */
  readonly span: number;
  /** Log weight, relative to the arm at the highest level, by distance below it. */
  readonly logWeights: Float64Array;
  /** Largest change of a log weight in one pull. */
  readonly largestStep: number;
}

function levelsOf({ steps, best, others }: BanditParameters): Levels {
  const { win, loss } = evidenceOf({ best, others });
  const sure = { win: win === Number.POSITIVE_INFINITY, loss: loss === Number.NEGATIVE_INFINITY };
  // A win and a loss that cancel, or only one of them that leaves a doubt: one axis is enough.
  const oneAxis = sure.win || sure.loss || Math.abs(win + loss) <= 1e-12 * win;
  const up = oneAxis ? 1 : 2 * steps + 1;
  const span = oneAxis ? steps + 1 : steps * up + steps + 1;
  const logWeights = Float64Array.from({ length: span }, (_, distance) => {
    if (distance === 0) return 0;
    if (oneAxis) return distance * (sure.win ? loss : -win);
    const wins = Math.round(distance / up);
    return -(wins * win + (wins * up - distance) * loss);
  });
  return { win: up, span, logWeights, largestStep: Math.max(win, -loss) };
}

/** Values of states, computed on first use and kept. */
export class BayesPlan {
  /** Expected total reward of best play on a new instance. */
  readonly expected: number;
  readonly #parameters: BanditParameters;
  readonly #levels: Levels;
  readonly #weights: Float64Array;
  readonly #values: Map<number, number>[];
  readonly #successors: Int32Array[];
  #states = 0;

  /** @throws TooManyStates beyond `stateLimit`. */
  constructor(parameters: BanditParameters) {
    const { arms, steps } = parameters;
    this.#parameters = parameters;
    this.#levels = levelsOf(parameters);
    this.#weights = this.#levels.logWeights.map(Math.exp);
    const bits = (arms - 1) * Math.log2(this.#levels.span) + Math.log2(this.#radix);
    if (bits > 53 || this.#weights.includes(Number.POSITIVE_INFINITY)) throw new TooManyStates();
    this.#values = Array.from({ length: steps + 1 }, () => new Map());
    this.#successors = Array.from({ length: steps + 1 }, () => new Int32Array(arms));
    this.expected = this.value(steps, new Int32Array(arms), arms);
  }

  /** How far a win raises an arm's level; a loss lowers it by one. */
  get win(): number {
    return this.#levels.win;
  }

  /** Number of states whose value is kept. */
  get states(): number {
    return this.#states;
  }

  /**
   * Expected reward to come with `left` steps left under best play.
   * @param levels the levels of the `open` arms that may still be the best, descending
   */
  value(left: number, levels: Int32Array, open: number): number {
    const { best, others } = this.#parameters;
    if (left === 0) return 0;
    if (open === 1) return left * best;
    const total = this.#totalWeight(levels, open);
    const decided = this.#decided(left, levels, open, total);
    if (decided >= 0) return left * (others + (best - others) * decided);
    const values = this.#values[left]!;
    const key = this.#key(levels, open);
    const known = values.get(key);
    if (known !== undefined) return known;
    let value = 0;
    for (let at = 0; at < open; at++)
      if (at === 0 || levels[at] !== levels[at - 1])
        value = Math.max(value, this.#quality(left, levels, open, at, total));
    if (++this.#states > stateLimit) throw new TooManyStates();
    values.set(key, value);
    return value;
  }

  /** Expected reward to come when the arm at position `at` is pulled now and play is best thereafter. */
  quality(left: number, levels: Int32Array, open: number, at: number): number {
    return this.#quality(left, levels, open, at, this.#totalWeight(levels, open));
  }

  #quality(left: number, levels: Int32Array, open: number, at: number, total: number): number {
    const { best, others } = this.#parameters;
    const posterior = this.#weights[levels[0]! - levels[at]!]! / total;
    const pays = others + (best - others) * posterior;
    const next = this.#successors[left - 1]!;
    let quality = 0;
    if (pays > 0) {
      const after =
        others === 0
          ? (left - 1) * best
          : this.value(left - 1, raised(levels, open, at, this.#levels.win, next), open);
      quality += pays * (1 + after);
    }
    if (pays < 1)
      quality +=
        (1 - pays) *
        (best === 1
          ? this.value(left - 1, without(levels, open, at, next), open - 1)
          : this.value(left - 1, lowered(levels, open, at, next), open));
    return quality;
  }

  #totalWeight(levels: Int32Array, open: number): number {
    let total = 0;
    for (let i = 0; i < open; i++) total += this.#weights[levels[0]! - levels[i]!]!;
    return total;
  }

  /**
   * The likeliest arm's probability where no outcome of the remaining pulls can put another arm before it:
   * information is then worth nothing, and each step earns that arm's mean (its probability is a
   * martingale). Else -1.
   */
  #decided(left: number, levels: Int32Array, open: number, total: number): number {
    const { logWeights, largestStep } = this.#levels;
    let first = Number.NEGATIVE_INFINITY;
    let second = first;
    for (let i = 0; i < open; i++) {
      const weight = logWeights[levels[0]! - levels[i]!]!;
      if (weight > first) {
        second = first;
        first = weight;
      } else if (weight > second) second = weight;
    }
    const needed = left === 1 ? 0 : (left - 1) * largestStep;
    return first - second >= needed - 1e-9 ? Math.exp(first) / total : -1;
  }

  /** Numbers of open arms that occur: a single loss closes an arm where the best always pays. */
  get #radix(): number {
    return this.#parameters.best === 1 ? this.#parameters.arms : 1;
  }

  #key(levels: Int32Array, open: number): number {
    const { span } = this.#levels;
    let scale = this.#radix;
    let key = scale === 1 ? 0 : open - 1;
    for (let i = 1; i < open; i++) {
      key += (levels[0]! - levels[i]!) * scale;
      scale *= span;
    }
    return key;
  }
}

/** The state space is larger than `stateLimit`, or too wide for its keys. */
export class TooManyStates extends Error {
  override readonly name = "TooManyStates";
}

/** Copy of the levels with the one at `at` raised by `by`, still descending. */
function raised(levels: Int32Array, open: number, at: number, by: number, out: Int32Array) {
  const level = levels[at]! + by;
  let to = at;
  for (let i = at + 1; i < open; i++) out[i] = levels[i]!;
  for (; to > 0 && levels[to - 1]! < level; to--) out[to] = levels[to - 1]!;
  out[to] = level;
  for (let i = 0; i < to; i++) out[i] = levels[i]!;
  return out;
}

/** Copy of the levels with the one at `at` lowered by one, still descending. */
function lowered(levels: Int32Array, open: number, at: number, out: Int32Array) {
  const level = levels[at]! - 1;
  let to = at;
  for (let i = 0; i < at; i++) out[i] = levels[i]!;
  for (; to + 1 < open && levels[to + 1]! > level; to++) out[to] = levels[to + 1]!;
  out[to] = level;
  for (let i = to + 1; i < open; i++) out[i] = levels[i]!;
  return out;
}

/** Copy of the levels without the one at `at`. */
function without(levels: Int32Array, open: number, at: number, out: Int32Array) {
  for (let i = 0; i < at; i++) out[i] = levels[i]!;
  for (let i = at + 1; i < open; i++) out[i - 1] = levels[i]!;
  return out;
}
