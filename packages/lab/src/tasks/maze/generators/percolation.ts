/** Percolation mazes: every wall falls on its own, so there are loops; clusters are then joined. */
import { InputError } from "../../../core/index.ts";
import type { Choices } from "../choices.ts";
import type { Grid } from "../grid.ts";
import { openWall } from "../maze.ts";
import { UnionFind } from "../union-find.ts";
import { joinRegions } from "./kruskal.ts";

/**
 * Bond percolation (Broadbent and Hammersley 1957): every inner wall is open with probability `share`; the
 * clusters are then joined as in Kruskal's mazes, so that every cell can be reached. A share of 0 gives
 * Kruskal's mazes, a share of 1 the grid without walls.
 * @throws InputError for a share outside of [0, 1].
 */
export function percolationMaze(grid: Grid, choices: Choices, share: number): Uint8Array {
  if (!(share >= 0 && share <= 1))
    throw new InputError(`share must be a probability from 0 to 1, not ${share}`);
  const { random } = choices;
  const { walls, cols, offsets } = grid;
  const open = new Uint8Array(grid.cells);
  const clusters = new UnionFind(grid.cells);
  for (const wall of walls)
    if (random.uniform() < share) {
      openWall(open, cols, wall);
      clusters.union(wall >> 2, (wall >> 2) + offsets[wall & 3]!);
    }
  joinRegions(grid, open, clusters, random);
  return open;
}
