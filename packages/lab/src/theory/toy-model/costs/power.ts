/** f(x) = c x^k: convex for k > 1, with falling marginal cost for k < 1. */
import { InputError } from "../../../core/index.ts";
import { atLeastZero, type Cost } from "../cost.ts";
import { linearCost } from "./linear.ts";

/**
 * The cost c x^k in bits.
 * @throws InputError for a negative c or an exponent that is not above 0.
 */
export function powerCost(c: number, k: number): Cost {
  atLeastZero("power", "c", c);
  if (!(k > 0 && Number.isFinite(k)))
    throw new InputError(
      `the power cost needs an exponent k above 0, not ${k}: f(0) must be 0 and a cost must not decrease`,
    );
  if (k === 1 || c === 0) return { ...linearCost(c), family: "power" };
  return {
    family: "power",
    limit: Number.POSITIVE_INFINITY,
    bits: (x) => c * x ** k,
    reach: (budget) => (budget / c) ** (1 / k),
    shape: {
      // f'(x) = c k x^(k - 1): one stationary point, a maximum for k > 1 and a minimum for k < 1.
      turns: (diversity, cap) => {
        const x = (diversity / (c * k)) ** (1 / (k - 1));
        return x > 0 && x < cap ? [x] : [];
      },
      // f(x) / x = c x^(k - 1)
      leastRatio: (cap) => (k > 1 ? 0 : c * cap ** (k - 1)),
    },
  };
}
