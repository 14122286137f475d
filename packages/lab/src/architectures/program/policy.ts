/** A program as a policy, and so as a subject: what it does on an instance's grid is played move by move. */
import type { BatchPolicy, Program } from "../../core/index.ts";
import { assemble } from "./assemble.ts";
import type { Grid } from "./grid.ts";
import { runOnGrids } from "./run.ts";

export interface ProgramPolicyOptions<I> {
  /** The grid that an instance is. */
  readonly grid: (instance: I) => Grid;
  /** The task's action for a move to north, east, south or west, and for staying when the program is done. */
  readonly actions: readonly [north: number, east: number, south: number, west: number];
  readonly stay: number;
  readonly fuel: number;
}

/**
 * The policy of a program. It sees the instance's whole grid, so it knows what a program's tests can tell and no
 * more; it has no hooks, since its trials leave no tensor to read.
 */
export function programPolicy<I, S>(
  program: Program,
  { grid, actions, stay, fuel }: ProgramPolicyOptions<I>,
): BatchPolicy<I, S> {
  const code = assemble(program);
  let moves: number[][] = [];
  return {
    hooks: [],
    begin(instances) {
      moves = instances.map((instance) => {
        const maze = grid(instance);
        const [run] = runOnGrids(code, [maze], { fuel });
        return run!.path.slice(1).map((cell, i) => actions[headingOf(cell - run!.path[i]!, maze)]!);
      });
    },
    decide: ({ step, size }) =>
      Promise.resolve({
        actions: Int32Array.from({ length: size }, (_, episode) => moves[episode]![step] ?? stay),
      }),
  };
}

/** The heading of a step that leads so many cells on. */
export function headingOf(by: number, { width }: Grid): number {
  // Where a maze is one cell wide, a step of 1 leads to the next row.
  if (by === -width) return 0;
  if (by === width) return 2;
  return by > 0 ? 1 : 3;
}
