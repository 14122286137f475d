/** Wilson's mazes: every spanning tree with the same probability (Wilson 1996, loop-erased random walks). */
import type { Choices } from "../choices.ts";
import { type Grid, opposite } from "../grid.ts";

/** A uniform spanning tree. */
export function wilsonMaze(grid: Grid, choices: Choices): Uint8Array {
  const { cells, inside, offsets } = grid;
  const open = new Uint8Array(cells);
  const inTree = new Uint8Array(cells);
  // The last direction in which the walk left each cell: following them erases its loops.
  const left = new Uint8Array(cells);
  inTree[choices.random.integer(cells)] = 1;
  for (let begin = 0; begin < cells; begin++) {
    for (let cell = begin; inTree[cell] === 0; ) {
      const direction = choices.ofMask(inside[cell]!);
      left[cell] = direction;
      cell += offsets[direction]!;
    }
    for (let cell = begin; inTree[cell] === 0; ) {
      const direction = left[cell]!;
      inTree[cell] = 1;
      open[cell]! |= 1 << direction;
      cell += offsets[direction]!;
      open[cell]! |= 1 << opposite(direction);
    }
  }
  return open;
}
