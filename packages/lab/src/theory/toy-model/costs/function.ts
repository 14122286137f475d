/** Any other cost that never decreases: its optimum is found numerically, with a certificate. */
import { InputError } from "../../../core/index.ts";
import type { Cost } from "../cost.ts";

/**
 * A cost given as a function of x on 0 to `limit`, f(0) = 0; it may jump but not decrease.
 * @throws InputError when f(0) is not 0 or `limit` is not a positive number; later, when the function is found
 * to decrease.
 */
export function functionCost(cost: (x: number) => number, limit: number): Cost {
  if (!(limit > 0 && Number.isFinite(limit)))
    throw new InputError(`a cost function needs a limit above 0 for x, not ${limit}`);
  if (cost(0) !== 0) throw new InputError(`a cost function is 0 at x = 0, not ${cost(0)}`);
  return {
    family: "function",
    limit,
    bits: cost,
    reach: (budget) => {
      if (cost(limit) <= budget) return limit;
      let low = 0;
      let high = limit;
      for (;;) {
        const middle = (low + high) / 2;
        if (middle <= low || middle >= high) return low;
        if (cost(middle) <= budget) low = middle;
        else high = middle;
      }
    },
  };
}
