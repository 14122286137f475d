/** The frontier x*(P, N) as a table, and the least budget that a required score takes. */
import { InputError } from "../../core/index.ts";
import { boundsOf, type ToyModel, type ToyOptimum } from "./model.ts";
import { toyOptimum } from "./optimum.ts";

/** One cell of the frontier. */
export interface FrontierRow extends ToyOptimum {
  readonly budget: number;
  readonly diversity: number;
}

/**
 * The optimum for every budget and diversity, budgets in the outer loop.
 * @throws InputError as `toyOptimum` does, and for an empty list.
 */
export function frontier(
  budgets: readonly number[],
  diversities: readonly number[],
  model: Omit<ToyModel, "budget" | "diversity">,
): FrontierRow[] {
  if (budgets.length === 0 || diversities.length === 0)
    throw new InputError("a frontier needs at least one budget and one diversity");
  return budgets.flatMap((budget) =>
    diversities.map((diversity) => ({
      budget,
      diversity,
      ...toyOptimum({ ...model, budget, diversity }),
    })),
  );
}

/**
 * The least budget with which every instance gets `level` bits, and the run-time bits with which it is met:
 * min over 0 <= x <= level of f(x) + N_eff (level - x), in bits of the base optimizer. Nobody guarantees that
 * level for less: the paper's premise that a level of performance takes a minimum of optimization power.
 * Among equals the least x is given.
 * @throws InputError for a model that is none, a negative level, or a cost without a known shape.
 */
export function requiredBudget(
  level: number,
  model: Pick<ToyModel, "diversity" | "cost" | "xMax" | "shared">,
): { readonly budget: number; readonly x: number } {
  if (!(level >= 0 && Number.isFinite(level)))
    throw new InputError(`the level is a number of bits of at least 0, not ${level}`);
  const { cost } = model;
  if (!cost.shape)
    throw new InputError(`a required budget needs a cost of known shape, not a ${cost.family}`);
  const cap = Math.min(level, model.xMax ?? level, cost.limit);
  const { effective } = boundsOf({ ...model, xMax: cap, budget: 0 });
  if (effective === Number.POSITIVE_INFINITY)
    return cap < level
      ? { budget: Number.POSITIVE_INFINITY, x: cap }
      : { budget: cost.bits(cap), x: cap };
  let best = { budget: effective * level, x: 0 };
  for (const x of cap > 0 ? [...cost.shape.turns(effective, cap), cap] : []) {
    const budget = cost.bits(x) + effective * (level - x);
    if (budget < best.budget) best = { budget, x };
  }
  return best;
}
