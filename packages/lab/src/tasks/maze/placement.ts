/** Where start and goal lie. */
import type { Random } from "../../core/index.ts";
import type { Grid } from "./grid.ts";
import { openSides } from "./maze.ts";

export const placements = ["anywhere", "dead-ends", "corner"] as const;

/**
 * `anywhere`: every cell alike; `dead-ends`: cells with one open side (every cell, where a maze with loops has
 * too few of them); `corner`: the start in the corner bottom left, the goal in the corner top right, as in the
 * maze of Langosco et al. (2022), arXiv 2105.14111.
 */
export type Placement = (typeof placements)[number];

export interface PlacementOptions {
  readonly start: Placement;
  readonly goal: Placement;
}

const candidates = new Int16Array(64 * 64);

/** Two different cells: the start first, then the goal among the cells that are left. */
export function placeEnds(
  grid: Grid,
  open: Uint8Array,
  { start, goal }: PlacementOptions,
  random: Random,
): { start: number; goal: number } {
  // A corner is taken before the other end is drawn, so that it is always free.
  const goalCorner = goal === "corner" ? goalCornerOf(grid) : -1;
  const from =
    start === "corner" ? startCornerOf(grid) : draw(grid, open, start, goalCorner, random);
  const to = goal === "corner" ? goalCorner : draw(grid, open, goal, from, random);
  return { start: from, goal: to };
}

/** Every pair of ends that `placeEnds` may draw. */
export function* allEnds(
  grid: Grid,
  open: Uint8Array,
  { start, goal }: PlacementOptions,
): Generator<{ start: number; goal: number }> {
  const goalCorner = goal === "corner" ? goalCornerOf(grid) : -1;
  const starts =
    start === "corner" ? [startCornerOf(grid)] : cellsFor(grid, open, start, goalCorner);
  for (const from of starts)
    for (const to of goal === "corner" ? [goalCorner] : cellsFor(grid, open, goal, from))
      yield { start: from, goal: to };
}

/** The most pairs of ends that any maze of the grid allows. */
export function mostEnds({ cells }: Grid, { start, goal }: PlacementOptions): number {
  if (start === "corner" && goal === "corner") return 1;
  if (start === "corner" || goal === "corner") return cells - 1;
  return cells * (cells - 1);
}

function startCornerOf({ rows, cols }: Grid): number {
  return (rows - 1) * cols;
}

function goalCornerOf({ cols }: Grid): number {
  return cols - 1;
}

function draw(grid: Grid, open: Uint8Array, placement: Placement, taken: number, random: Random) {
  if (placement === "anywhere") {
    const cell = random.integer(taken < 0 ? grid.cells : grid.cells - 1);
    return taken >= 0 && cell >= taken ? cell + 1 : cell;
  }
  const count = fillCandidates(grid, open, placement, taken);
  return candidates[random.integer(count)]!;
}

function cellsFor(grid: Grid, open: Uint8Array, placement: Placement, taken: number): number[] {
  return [...candidates.subarray(0, fillCandidates(grid, open, placement, taken))];
}

/** Writes the cells that a placement allows, without the one that is taken; gives their number. */
function fillCandidates(
  { cells }: Grid,
  open: Uint8Array,
  placement: Placement,
  taken: number,
): number {
  let count = 0;
  if (placement === "dead-ends")
    for (let cell = 0; cell < cells; cell++)
      if (cell !== taken && openSides(open, cell) === 1) candidates[count++] = cell;
  if (count > 0) return count;
  for (let cell = 0; cell < cells; cell++) if (cell !== taken) candidates[count++] = cell;
  return count;
}
