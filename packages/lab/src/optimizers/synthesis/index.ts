/** Circuit synthesis: the ideal base optimizers that find smallest and shallowest circuits, with proof. */
export { shrink } from "./rewrite/shrink.ts";
export { findWithin } from "./sat/find-within.ts";
export { miniSat, solverInPlace } from "./sat/minisat.ts";
export { Cnf, type Model, type SatSolver, type SolveOptions, unlike } from "./sat/solver.ts";
export * from "./sat/synthesize.ts";
export * from "./tables/census.ts";
