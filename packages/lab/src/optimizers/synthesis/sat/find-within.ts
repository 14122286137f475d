/** The SAT solver as what settles a census where exhaustion ends. */
import type { Basis } from "../../../core/index.ts";
import type { FindWithin } from "../tables/sizes.ts";
import { encodeCircuit } from "./encode.ts";
import type { SatSolver } from "./solver.ts";

/**
 * Decides whether a normal function of so many inputs has a circuit of just so many gates that is not too deep, if that
 * takes no longer than it may.
 */
export function findWithin(
  inputs: number,
  basis: Basis,
  solver: SatSolver,
  options: { readonly signal?: AbortSignal; readonly milliseconds?: number } = {},
): FindWithin {
  const { signal, milliseconds } = options;
  return async (table, { gates, depth }) => {
    const { cnf } = encodeCircuit({ inputs, basis, tables: [BigInt(table)], gates, depth });
    const limit = milliseconds === undefined ? undefined : AbortSignal.timeout(milliseconds);
    const signals = [signal, limit].filter((each) => each !== undefined);
    try {
      return (await solver.solve(cnf, { signal: AbortSignal.any(signals) })).length > 0;
    } catch (error) {
      if (signal?.aborted || !limit?.aborted) throw error;
      return undefined;
    }
  };
}
