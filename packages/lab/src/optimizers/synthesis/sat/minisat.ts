/** The package's own SAT solver: MiniSat (Eén and Sörensson 2003) as logic-solver carries it, in plain JavaScript. */
/// <reference path="./logic-solver.d.ts" />
import MiniSat from "logic-solver/minisat_wrapper.js";
import { messageOf, WorkError } from "../../../core/index.ts";
import { type Model, type SatSolver, type SolveOptions, unlike } from "./solver.ts";

/**
 * Models of a formula, as `SatSolver.solve` gives them, found on this thread, which is blocked meanwhile: call it in
 * a worker.
 * @param literals as in DIMACS, each clause ended by 0.
 * @throws WorkError when 64 MB of memory do not suffice.
 */
export function miniSat(
  { variables, literals }: { readonly variables: number; readonly literals: ArrayLike<number> },
  all: SolveOptions["all"] = { differIn: [], most: 1 },
): Model[] {
  try {
    const solver = new MiniSat();
    solver.ensureVar(variables);
    let clause: number[] = [];
    for (let i = 0; i < literals.length; i++) {
      if (literals[i] !== 0) {
        clause.push(literals[i]!);
        continue;
      }
      if (!solver.addClause(clause)) return [];
      clause = [];
    }
    const models: Model[] = [];
    while (models.length < all.most && solver.solve()) {
      const model = Array.from(solver.getSolution(), (value) => value === true);
      models.push(model);
      if (models.length < all.most && !solver.addClause(unlike(model, all.differIn))) break;
    }
    return models;
  } catch (error) {
    throw new WorkError(`the SAT solver failed: ${messageOf(error)}`);
  }
}

/** The solver in place: for small formulas, and where there are no workers. It cannot be stopped while it decides. */
export const solverInPlace: SatSolver = {
  name: "minisat",
  async solve(cnf, { signal, all } = {}) {
    signal?.throwIfAborted();
    return miniSat(cnf, all);
  },
};
