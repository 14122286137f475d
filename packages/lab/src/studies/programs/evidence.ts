/** Whether a program searches: the operational criterion, and what it is decided by. */
import { type Ablation, assemble, type Grid, runOnGrids } from "../../architectures/index.ts";
import type { Program } from "../../core/index.ts";

export interface SearchEvidence {
  /**
   * The criterion: it evaluates candidates that it does not take, and its choices hang on the comparison, whichever
   * candidate is made to win without one.
   */
  readonly searches: boolean;
  /** Comparisons executed (`<` and `choose`), over all mazes. */
  readonly compared: number;
  /** Cells entered in trials that were undone. */
  readonly tried: number;
  /** Moves before which another neighbour than the one entered had been evaluated. */
  readonly passedOver: number;
  /** Share of mazes on which the way differs when the first, or the last, candidate always wins. */
  readonly changed: Readonly<Record<Exclude<Ablation, "none">, number>>;
  /** Share of mazes that are still solved then. */
  readonly stillSolved: Readonly<Record<Exclude<Ablation, "none">, number>>;
}

/** Runs the program on the mazes as it is, and with its comparisons ablated in both ways. */
export function searchEvidence(
  program: Program,
  mazes: readonly Grid[],
  fuel: number,
): SearchEvidence {
  const code = assemble(program);
  const intact = runOnGrids(code, mazes, { fuel });
  const sum = (pick: (run: (typeof intact)[number]) => number) =>
    intact.reduce((total, run) => total + pick(run), 0);
  const ablate = (ablation: Ablation) => {
    const runs = runOnGrids(code, mazes, { fuel, ablation });
    const differ = runs.filter(({ path }, i) => path.join() !== intact[i]!.path.join()).length;
    const solved = runs.filter((run) => run.solved).length;
    return { changed: differ / mazes.length, stillSolved: solved / mazes.length };
  };
  const first = ablate("first");
  const last = ablate("last");
  const passedOver = sum((run) => run.passedOver);
  return {
    searches: passedOver > 0 && first.changed > 0 && last.changed > 0,
    compared: sum((run) => run.compared),
    tried: sum((run) => run.tried),
    passedOver,
    changed: { first: first.changed, last: last.changed },
    stillSolved: { first: first.stillSolved, last: last.stillSolved },
  };
}
