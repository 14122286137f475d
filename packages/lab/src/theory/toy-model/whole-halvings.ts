/** The worst-case form: what every instance is guaranteed when halvings cannot be divided between instances. */
import { InputError } from "../../core/index.ts";
import { describe, saturated } from "./answer.ts";
import type { Bounds, ToyModel, ToyOptimum } from "./model.ts";

/** Most halvings per instance that are gone through one by one. */
const mostHalvings = 2 ** 20;

/**
 * Maximizes min(B, floor((P - f(x)) / N_eff) + x). With k whole halvings for each instance the best x is the
 * largest that leaves k N_eff bits, so the optimum is the best k + x_k.
 * @throws InputError when P / N_eff exceeds 2^20.
 */
export function wholeHalvings(
  { budget, cost, xMax = Number.POSITIVE_INFINITY, ceiling = Number.POSITIVE_INFINITY }: ToyModel,
  { effective, cap, cappedBy }: Bounds,
): Omit<ToyOptimum, "threshold"> {
  const most = Math.floor(budget / effective);
  if (most > mostHalvings)
    throw new InputError(
      `the worst-case form counts halvings one by one, up to 2^20 per instance, not ${most}`,
    );
  const limit = Math.min(xMax, cost.limit);
  const reached = (k: number) =>
    k === 0 ? cap : Math.min(limit, cost.reach(Math.max(0, budget - k * effective)));
  let best = { total: Number.NEGATIVE_INFINITY, low: 0, high: 0 };
  let meets = { low: Number.POSITIVE_INFINITY, high: 0 };
  // From most tuning to none, so that among equals the least run-time power comes first.
  for (let k = most; k >= 0; k--) {
    const x = reached(k);
    const total = k + x;
    if (total > best.total + 1e-12 * total) best = { total, low: x, high: x };
    else if (total >= best.total - 1e-12 * total && x > best.high) best = { ...best, high: x };
    if (total >= ceiling)
      meets = { low: Math.min(meets.low, Math.max(0, ceiling - k)), high: Math.max(meets.high, x) };
  }
  if (best.total > ceiling) return saturated(meets.low, meets.high, ceiling);
  return describe(best.low, best.high, best.total, { cap, cappedBy });
}
