/** f(x) = F + c x^2 for x > 0, and 0 at 0: search machinery has to be built before it yields anything. */
import { atLeastZero, type Cost } from "../cost.ts";

/**
 * The cost of machinery, `fixed` bits, and of its use, c x^2 bits.
 * @throws InputError for a negative parameter.
 */
export function fixedCost(fixed: number, c: number): Cost {
  atLeastZero("fixed", "F", fixed);
  atLeastZero("fixed", "c", c);
  return {
    family: "fixed",
    limit: Number.POSITIVE_INFINITY,
    bits: (x) => (x > 0 ? fixed + c * x * x : 0),
    reach: (budget) => {
      if (budget < fixed) return 0;
      return c > 0 ? Math.sqrt((budget - fixed) / c) : Number.POSITIVE_INFINITY;
    },
    shape: {
      turns: (diversity, cap) => {
        const x = diversity / (2 * c);
        return x < cap ? [x] : [];
      },
      // F / x + c x is least at sqrt(F / c), where it is 2 sqrt(c F).
      leastRatio: (cap) => {
        if (fixed === 0) return 0;
        const x = Math.min(cap, Math.sqrt(fixed / c));
        return fixed / x + c * x;
      },
    },
  };
}
