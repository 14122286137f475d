/** Exact solutions of small games. */

export { type Solution, type Solved, solveByTable } from "./table.ts";
