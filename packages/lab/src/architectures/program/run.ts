/** Programs run on grids one by one, with all that the runs came to. */
import { type Grid, gridWorld } from "./grid.ts";
import { createMachine, type MachineOptions, Status } from "./machine.ts";

/** What one run of a program on one grid came to. */
export interface GridRun {
  readonly solved: boolean;
  readonly status: keyof typeof Status;
  /** Machine operations executed. */
  readonly steps: number;
  /** Cells entered, those of trials left out. */
  readonly moves: number;
  readonly tried: number;
  readonly compared: number;
  readonly passedOver: number;
  readonly cost: number;
  /** Cells in the order in which they were entered, the start first. */
  readonly path: readonly number[];
}

const statusNames = Object.keys(Status) as (keyof typeof Status)[];

/** Runs code on each grid in turn; see `GridRun`. */
export function runOnGrids(
  code: Uint16Array,
  grids: readonly Grid[],
  options: Omit<MachineOptions, "trace">,
): GridRun[] {
  return grids.map((grid) => {
    const world = gridWorld([grid]);
    const machine = createMachine(world, { ...options, trace: true });
    const status = machine.run(code, grid.start, grid.heading, options.fuel, world.limits[0]!);
    const { steps, moves, tried, compared, passedOver, cost } = machine;
    return {
      solved: status === Status.goal,
      status: statusNames.find((name) => Status[name] === status)!,
      ...{ steps, moves, tried, compared, passedOver, cost },
      path: [grid.start, ...machine.path.subarray(0, moves)],
    };
  });
}
