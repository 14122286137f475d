/** Kruskal's mazes: walls fall in random order wherever they part two regions; many short dead ends. */
import type { Random } from "../../../core/index.ts";
import type { Choices } from "../choices.ts";
import type { Grid } from "../grid.ts";
import { openWall } from "../maze.ts";
import { UnionFind } from "../union-find.ts";

/** A spanning tree: the lightest one under random weights of the walls (Kruskal 1956). */
export function kruskalMaze(grid: Grid, { random }: Choices): Uint8Array {
  const open = new Uint8Array(grid.cells);
  joinRegions(grid, open, new UnionFind(grid.cells), random);
  return open;
}

/** Opens walls in random order, each that parts two regions, until there is one region. */
export function joinRegions(
  { walls, cols, offsets }: Grid,
  open: Uint8Array,
  regions: UnionFind,
  random: Random,
): void {
  const order = walls.slice();
  for (let last = order.length - 1; last >= 0 && regions.sets > 1; last--) {
    const pick = random.integer(last + 1);
    const wall = order[pick]!;
    order[pick] = order[last]!;
    if (regions.union(wall >> 2, (wall >> 2) + offsets[wall & 3]!)) openWall(open, cols, wall);
  }
}
