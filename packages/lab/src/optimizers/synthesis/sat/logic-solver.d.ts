/** The part of logic-solver 2.0 that is used: its MiniSat, compiled to JavaScript. */
declare module "logic-solver/minisat_wrapper.js" {
  export default class MiniSat {
    ensureVar(variable: number): void;
    /** False once the clauses are seen to be unsatisfiable. */
    addClause(literals: readonly number[]): boolean;
    solve(): boolean;
    /** Values by variable, from 1. */
    getSolution(): (boolean | null)[];
  }
}
