/** solvers: SAT solvers that may be stopped. */
import type { ThreadedSolver } from "./minisat.ts";

/** CaDiCaL where it is on the path, else the package's own solver. */
export async function openSolver(path: string | undefined): Promise<ThreadedSolver> {
  const { cadical, findCadical } = await import("./cadical.ts");
  const file = findCadical(path);
  if (file) return { ...cadical(file), close: () => Promise.resolve() };
  const { threadedMiniSat } = await import("./minisat.ts");
  return threadedMiniSat();
}

export type { ThreadedSolver } from "./minisat.ts";
