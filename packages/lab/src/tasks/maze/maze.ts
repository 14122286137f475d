/** A maze: cells with packed walls, a start, a goal, and what entering each cell costs. */
import { InputError } from "../../core/index.ts";
import { east, gridOf, opposite, south } from "./grid.ts";

/** Largest cost of entering a cell. */
export const largestCost = 15;

/** An instance of every maze form; cells are numbered row by row. */
export interface Maze {
  readonly rows: number;
  readonly cols: number;
  /** Open sides of each cell `[rows x cols]`: bit 0 north, 1 east, 2 south, 3 west. */
  readonly open: Uint8Array;
  /** Cell where a path begins. */
  readonly start: number;
  /** Cell where it ends; never the start. */
  readonly goal: number;
  /** Cost of entering each cell `[rows x cols]`, 1 to 15; left out where every cell costs 1. */
  readonly costs?: Uint8Array;
}

/** Cost of entering a cell. */
export function costOf({ costs }: Maze, cell: number): number {
  return costs ? costs[cell]! : 1;
}

/** Number of open sides of a cell. */
export function openSides(open: Uint8Array, cell: number): number {
  const sides = open[cell]!;
  return (sides & 1) + ((sides >> 1) & 1) + ((sides >> 2) & 1) + (sides >> 3);
}

/** Opens the wall `4 x cell + direction` on both of its sides. */
export function openWall(open: Uint8Array, cols: number, wall: number): void {
  const cell = wall >> 2;
  const direction = wall & 3;
  const step = direction === east ? 1 : direction === south ? cols : direction === 0 ? -cols : -1;
  open[cell]! |= 1 << direction;
  open[cell + step]! |= 1 << opposite(direction);
}

/**
 * A maze that came from outside, as it is.
 * @throws InputError in one sentence: sides, start and goal, a passage that is open on one side only or leads
 *   outside, a cost out of range, or a goal that cannot be reached.
 */
export function checkedMaze(maze: Maze, place = "maze"): Maze {
  const fail = (message: string): never => {
    throw new InputError(message, { place });
  };
  const { cells, inside, offsets, cols } = gridOf(maze.rows, maze.cols);
  const { open, start, goal, costs } = maze;
  if (open.length !== cells) fail(`${open.length} cells given where ${cells} are needed`);
  for (const [name, cell] of [
    ["start", start],
    ["goal", goal],
  ] as const)
    if (!(Number.isInteger(cell) && cell >= 0 && cell < cells))
      fail(`the ${name} must be a cell from 0 to ${cells - 1}, not ${cell}`);
  if (start === goal) fail(`start and goal are the same cell ${start}; they must differ`);
  for (let cell = 0; cell < cells; cell++) {
    const at = `the cell in row ${Math.floor(cell / cols)}, column ${cell % cols}`;
    if (open[cell]! & ~inside[cell]!) fail(`${at} is open to the outside`);
    for (let direction = 0; direction < 4; direction++)
      if ((open[cell]! >> direction) & 1)
        if (!((open[cell + offsets[direction]!]! >> opposite(direction)) & 1))
          fail(`${at} is open to a neighbour that is closed to it`);
  }
  if (costs && costs.length !== cells) fail(`${costs.length} costs given for ${cells} cells`);
  const odd = costs?.find((cost) => !(cost >= 1 && cost <= largestCost));
  if (odd !== undefined) fail(`a cell's cost must be from 1 to ${largestCost}, not ${odd}`);
  if (!connected(maze)) fail("the goal cannot be reached from the start");
  return maze;
}

/** Whether the goal can be reached. */
function connected({ open, cols, start, goal }: Maze): boolean {
  const seen = new Set([start]);
  for (const cell of seen)
    for (let direction = 0; direction < 4; direction++)
      if ((open[cell]! >> direction) & 1) seen.add(cell + [-cols, 1, cols, -1][direction]!);
  return seen.has(goal);
}
