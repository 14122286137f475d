/** f(x) = a x: each run-time bit costs the same. */
import { atLeastZero, type Cost } from "../cost.ts";

/**
 * The cost a x, `a` in bits of the base optimizer for each bit at run time.
 * @throws InputError for a negative or unbounded `a`.
 */
export function linearCost(a: number): Cost {
  atLeastZero("linear", "a", a);
  return {
    family: "linear",
    limit: Number.POSITIVE_INFINITY,
    bits: (x) => a * x,
    reach: (budget) => (a === 0 ? Number.POSITIVE_INFINITY : budget / a),
    shape: { turns: () => [], leastRatio: () => a },
  };
}
