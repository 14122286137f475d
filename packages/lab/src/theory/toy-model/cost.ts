/** The cost f(x) of run-time optimization: what every family of costs offers the toy model. */
import { InputError } from "../../core/index.ts";

/** How many bits of the base optimizer it costs that the learned algorithm spends x bits at run time. */
export interface Cost {
  readonly family: string;
  /** f(x) in bits, x in bits, 0 <= x <= `limit`; f(0) = 0 and f never decreases. */
  bits(x: number): number;
  /** The largest x with f(x) <= `budget` (a supremum; Infinity where f stays below it). */
  reach(budget: number): number;
  /** Largest x for which the cost is known; Infinity for formulas. */
  readonly limit: number;
  /** What only a known shape gives; without it the optimum is found numerically, with a certificate. */
  readonly shape?: CostShape;
}

/** The shape of a cost, exactly. */
export interface CostShape {
  /**
   * Points strictly between 0 and `cap`, ascending, such that `diversity` x - f(x) is monotone between each
   * and the next: where f'(x) = `diversity`, and possibly more.
   */
  turns(diversity: number, cap: number): readonly number[];
  /** Infimum of f(x) / x over 0 < x <= `cap`, `cap` > 0. */
  leastRatio(cap: number): number;
}

/** A parameter of a cost that may be zero. @throws InputError in one sentence. */
export function atLeastZero(family: string, name: string, value: number): number {
  if (!(value >= 0 && Number.isFinite(value)))
    throw new InputError(
      `the ${family} cost needs ${name} to be a number of at least 0, not ${value}: a cost must not decrease`,
    );
  return value;
}
