/** From maximizers to an answer: the regime, and what is tuned. */
import type { Bounds, Regime, ToyOptimum } from "./model.ts";

/** The answer where the ceiling is exceeded: everything from `low` to `high` that meets it is as good. */
export function saturated(
  low: number,
  high: number,
  ceiling: number,
): Omit<ToyOptimum, "threshold"> {
  return {
    xStar: low,
    ...(high > low ? { xRange: { low, high } } : {}),
    tunedBits: Math.max(0, ceiling - low),
    total: ceiling,
    regime: "saturated",
  };
}

/** The answer for maximizers from `low` to `high` below the ceiling. */
export function describe(
  low: number,
  high: number,
  total: number,
  { cap, cappedBy }: Pick<Bounds, "cap" | "cappedBy">,
): Omit<ToyOptimum, "threshold"> {
  let regime: Regime = "interior";
  if (high > low) regime = "indifferent";
  else if (low === 0) regime = "all tuning";
  else if (low === cap) regime = cappedBy;
  // Where the budget is spent to the last bit, what rounding leaves of it is not tuning.
  const tunedBits = total - low > 1e-12 * total ? total - low : 0;
  return {
    xStar: low,
    ...(high > low ? { xRange: { low, high } } : {}),
    tunedBits,
    total: tunedBits === 0 ? low : total,
    regime,
  };
}
