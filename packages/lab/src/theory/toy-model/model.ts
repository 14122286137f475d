/** The toy model of section 2.1 of the paper, as a question with an answer. */
import { InputError } from "../../core/index.ts";
import type { Cost } from "./cost.ts";

/** How a base optimizer with `budget` bits divides them between tuning and run-time optimization. */
export interface ToyModel {
  /** P: bits of optimization power of the base optimizer; at least 0. */
  readonly budget: number;
  /** N: distinct instances, each of which needs a policy of its own; at least 1, Infinity for `fresh`. */
  readonly diversity: number;
  /** f(x): what x bits at run time cost the base optimizer. */
  readonly cost: Cost;
  /** Most bits that can be spent at run time; no limit unless stated. */
  readonly xMax?: number;
  /**
   * s: the share of tuning that carries over between instances, 0 to 1 (0 unless stated). Tuning then acts as
   * if there were N_eff = 1 / (s + (1 - s) / N) instances.
   */
  readonly shared?: number;
  /** B: bits per instance at which the score cannot rise further; none unless stated. */
  readonly ceiling?: number;
  /**
   * `average` (unless stated): the paper's formula, mean bits over instances, tuning divisible at will; it is
   * also what every instance is guaranteed when tuning is spread evenly. `worst`: what every instance is
   * guaranteed when halvings are whole, floor((P - f(x)) / N) + x.
   */
  readonly form?: "average" | "worst";
}

/** What holds run-time bits where they are. */
export type Regime =
  | "all tuning"
  | "interior"
  | "capped by budget"
  | "capped by x_max"
  | "saturated"
  | "indifferent";

/** The best division of the budget; all quantities in bits per instance unless stated. */
export interface ToyOptimum {
  /** x*: run-time bits; the lower end where they are not unique. */
  readonly xStar: number;
  /** Least and largest maximizer, where they are not unique; between them need not all be maximizers. */
  readonly xRange?: { readonly low: number; readonly high: number };
  /** (P - f(x*)) / N, as far as the ceiling leaves use for it. */
  readonly tunedBits: number;
  /** (P - f(x*)) / N + x*, at most the ceiling. */
  readonly total: number;
  readonly regime: Regime;
  /**
   * N0: the diversity below which x* = 0, the infimum of f(x) / x over feasible x > 0; Infinity where no x > 0
   * is feasible or no diversity suffices. With shared structure, the N at which N_eff is that infimum. It is
   * that of the `average` form without ceiling.
   */
  readonly threshold: number;
  /** For numeric costs: the total is within `gap` bits of the best, and every maximizer lies in `within`. */
  readonly certificate?: {
    readonly gap: number;
    readonly within: { readonly low: number; readonly high: number };
  };
}

/** What a tuned bit costs and how far x may go: the model reduced to what its solution needs. */
export interface Bounds {
  /** N_eff, N itself without shared structure; Infinity when no tuning carries over and N is endless. */
  readonly effective: number;
  /** Largest feasible x. */
  readonly cap: number;
  readonly cappedBy: "capped by budget" | "capped by x_max";
}

/**
 * Checks a model and reduces it.
 * @throws InputError, one sentence, for what is no model: a negative budget, N below 1, a share outside 0 to 1,
 * a negative limit or ceiling, or nothing that bounds x.
 */
export function boundsOf(model: ToyModel): Bounds {
  const { budget, diversity, cost, xMax = Number.POSITIVE_INFINITY, shared = 0 } = model;
  const { ceiling = Number.POSITIVE_INFINITY } = model;
  if (!(budget >= 0 && Number.isFinite(budget)))
    throw new InputError(`the budget is a number of bits of at least 0, not ${budget}`);
  if (!(diversity >= 1))
    throw new InputError(
      `the diversity N is a number of instances of at least 1, not ${diversity}`,
    );
  if (!(xMax >= 0))
    throw new InputError(`the limit x_max is a number of bits of at least 0, not ${xMax}`);
  if (!(shared >= 0 && shared <= 1))
    throw new InputError(
      `the share of tuning that carries over is a number from 0 to 1, not ${shared}`,
    );
  if (!(ceiling >= 0))
    throw new InputError(`the ceiling is a number of bits of at least 0, not ${ceiling}`);
  const allowed = Math.min(xMax, cost.limit);
  const affordable = cost.reach(budget);
  const cap = Math.min(allowed, affordable);
  if (cap === Number.POSITIVE_INFINITY)
    throw new InputError("run-time bits cost nothing here and nothing bounds them: give x_max");
  return {
    effective: effectiveInstances(diversity, shared),
    cap,
    cappedBy: affordable < allowed ? "capped by budget" : "capped by x_max",
  };
}

/** N_eff = 1 / (s + (1 - s) / N): as many instances as tuning has to serve one by one, N from 1 to Infinity. */
export function effectiveInstances(diversity: number, shared: number): number {
  return diversity === Number.POSITIVE_INFINITY
    ? 1 / shared
    : diversity / (shared * diversity + 1 - shared);
}
