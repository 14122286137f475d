/** f(x) = a (2^(b x) - 1): a search b times as deep costs exponentially more to find. */
import { atLeastZero, type Cost } from "../cost.ts";
import { linearCost } from "./linear.ts";

/**
 * The cost a (2^(b x) - 1) in bits, b per run-time bit.
 * @throws InputError for a negative a or b.
 */
export function exponentialCost(a: number, b: number): Cost {
  atLeastZero("exponential", "a", a);
  atLeastZero("exponential", "b", b);
  if (a === 0 || b === 0) return { ...linearCost(0), family: "exponential" };
  const initialSlope = a * b * Math.LN2;
  return {
    family: "exponential",
    limit: Number.POSITIVE_INFINITY,
    bits: (x) => a * Math.expm1(b * x * Math.LN2),
    reach: (budget) => Math.log1p(budget / a) / (b * Math.LN2),
    shape: {
      turns: (diversity, cap) => {
        const x = Math.log2(diversity / initialSlope) / b;
        return x > 0 && x < cap ? [x] : [];
      },
      // Convex with f(0) = 0: the ratio falls towards the slope at 0.
      leastRatio: () => initialSlope,
    },
  };
}
