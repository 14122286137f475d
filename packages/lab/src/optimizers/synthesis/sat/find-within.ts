/** The SAT solver as what settles a census where exhaustion ends. */
import type { Basis } from "../../../core/index.ts";
import type { FindWithin } from "../tables/sizes.ts";
import { encodeCircuit } from "./encode.ts";
import type { SatSolver } from "./solver.ts";

/** Decides whether a normal function of so many inputs has a circuit of just so many gates that is not too deep. */
export function findWithin(
  inputs: number,
  basis: Basis,
  solver: SatSolver,
  signal?: AbortSignal,
): FindWithin {
  return async (table, { gates, depth }) => {
    const { cnf } = encodeCircuit({ inputs, basis, tables: [BigInt(table)], gates, depth });
    return (await solver.solve(cnf, { signal })).length > 0;
  };
}
