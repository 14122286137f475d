/** Depth-first mazes: long corridors, few branches (recursive backtracker). */
import type { Choices } from "../choices.ts";
import { type Grid, largestSide, opposite } from "../grid.ts";

const stack = new Int16Array(largestSide * largestSide);

/** A spanning tree: from a random cell, on to a random cell not yet visited, back where there is none. */
export function depthFirstMaze(grid: Grid, choices: Choices): Uint8Array {
  const { cells, inside, cols } = grid;
  const open = new Uint8Array(cells);
  const root = choices.random.integer(cells);
  let depth = 1;
  stack[0] = root;
  let cell = root;
  for (let left = cells - 1; left > 0; ) {
    // A visited cell has an open side; the root has none yet only while it is the current cell itself.
    const sides = inside[cell]!;
    let free = 0;
    if (sides & 1 && open[cell - cols] === 0) free = 1;
    if (sides & 2 && open[cell + 1] === 0) free |= 2;
    if (sides & 4 && open[cell + cols] === 0) free |= 4;
    if (sides & 8 && open[cell - 1] === 0) free |= 8;
    if (free === 0) {
      depth--;
      cell = stack[depth - 1]!;
      continue;
    }
    const direction = choices.ofMask(free);
    open[cell]! |= 1 << direction;
    cell += grid.offsets[direction]!;
    open[cell] = 1 << opposite(direction);
    stack[depth++] = cell;
    left--;
  }
  return open;
}
