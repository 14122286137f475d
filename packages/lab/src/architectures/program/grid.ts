/** Grid tasks as plain data, and several of them packed into one world of cells for the machine. */
import { InputError } from "../../core/index.ts";

/** A maze of cells; cell `y * width + x`, headings 0 to 3 are north (y - 1), east, south, west. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  /** Bit `h` of a cell's number: a wall at its side of heading `h`. The edge of the grid is wall anyhow. */
  readonly walls: ArrayLike<number>;
  /** Cost of entering each cell, a whole number of at least 1. */
  readonly weights: ArrayLike<number>;
  readonly start: number;
  /** Heading at the start. */
  readonly heading: number;
  readonly goal: number;
  /** Solved only at this cost or less; no limit where it is left out. */
  readonly limit?: number;
}

/** Several grids side by side; cells are numbered through. */
export interface GridWorld {
  readonly cells: number;
  /** `[cells, 4]`: the cell that a step leads to; the cell itself where there is a wall. */
  readonly next: Uint16Array;
  /** Distance to the goal as if there were no walls; 0 at the goal alone. */
  readonly scent: Int32Array;
  readonly weight: Int32Array;
  /** One of each grid: start cell, heading, goal, limit of the cost. */
  readonly starts: Int32Array;
  readonly headings: Int32Array;
  readonly goals: Int32Array;
  readonly limits: Float64Array;
  /** First cell of each grid. */
  readonly origins: Int32Array;
}

const steps = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
] as const;

/**
 * Packs grids into one world.
 * @throws InputError for a grid that is none, or more than 16,384 cells.
 */
export function gridWorld(grids: readonly Grid[]): GridWorld {
  const cells = grids.reduce((sum, { width, height }) => sum + width * height, 0);
  if (grids.length === 0) throw new InputError("there must be at least one grid");
  if (cells > 16384) throw new InputError(`a world holds up to 16384 cells, not ${cells}`);
  const next = new Uint16Array(4 * cells);
  const scent = new Int32Array(cells);
  const weight = new Int32Array(cells);
  const origins = new Int32Array(grids.length);
  let origin = 0;
  grids.forEach((grid, i) => {
    check(grid, i);
    const { width, height, walls, weights, goal } = grid;
    origins[i] = origin;
    for (let cell = 0; cell < width * height; cell++) {
      const x = cell % width;
      const y = (cell - x) / width;
      scent[origin + cell] = Math.abs(x - (goal % width)) + Math.abs(y - Math.floor(goal / width));
      weight[origin + cell] = weights[cell]!;
      steps.forEach(([dx, dy], heading) => {
        const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
        const open = inside && ((walls[cell]! >> heading) & 1) === 0;
        next[4 * (origin + cell) + heading] = origin + cell + (open ? dy * width + dx : 0);
      });
    }
    origin += width * height;
  });
  const each = (pick: (grid: Grid, i: number) => number) => Int32Array.from(grids, pick);
  return {
    cells,
    next,
    scent,
    weight,
    starts: each(({ start }, i) => origins[i]! + start),
    headings: each(({ heading }) => heading),
    goals: each(({ goal }, i) => origins[i]! + goal),
    limits: Float64Array.from(grids, ({ limit }) => limit ?? Number.POSITIVE_INFINITY),
    origins,
  };
}

function check(grid: Grid, i: number): void {
  const { width, height, walls, weights, start, heading, goal } = grid;
  const fail = (message: string): never => {
    throw new InputError(message, { place: `grid ${i + 1}` });
  };
  const size = width * height;
  if (!Number.isInteger(size) || width < 1 || height < 1)
    fail(`width and height are whole numbers of at least 1, not ${width} by ${height}`);
  if (walls.length !== size || weights.length !== size)
    fail(`walls and weights have a number for each of the ${size} cells`);
  for (const [name, cell] of Object.entries({ start, goal }))
    if (!Number.isInteger(cell) || cell < 0 || cell >= size)
      fail(`the ${name} is a cell from 0 to ${size - 1}, not ${cell}`);
  if (start === goal) fail("start and goal are the same cell");
  if (![0, 1, 2, 3].includes(heading)) fail(`the heading is 0, 1, 2 or 3, not ${heading}`);
  for (let cell = 0; cell < size; cell++)
    if (!Number.isInteger(weights[cell]) || weights[cell]! < 1 || weights[cell]! > 1000)
      fail(`weights are whole numbers from 1 to 1000, not ${weights[cell]}`);
}

/** Least cost of a way from start to goal (Dijkstra 1959), infinite if there is none, and its cells. */
export function cheapestPath(grid: Grid): { readonly cost: number; readonly path: number[] } {
  const { next, weight } = gridWorld([grid]);
  const cost = new Float64Array(grid.width * grid.height).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(cost.length).fill(-1);
  const open = new Set([grid.start]);
  cost[grid.start] = 0;
  while (open.size > 0) {
    let cell = -1;
    for (const c of open) if (cell < 0 || cost[c]! < cost[cell]!) cell = c;
    open.delete(cell);
    if (cell === grid.goal) break;
    for (let heading = 0; heading < 4; heading++) {
      const to = next[4 * cell + heading]!;
      const total = cost[cell]! + weight[to]!;
      if (to === cell || total >= cost[to]!) continue;
      cost[to] = total;
      from[to] = cell;
      open.add(to);
    }
  }
  const path: number[] = [];
  if (Number.isFinite(cost[grid.goal]!))
    for (let cell = grid.goal; cell >= 0; cell = from[cell]!) path.unshift(cell);
  return { cost: cost[grid.goal]!, path };
}
