/** Every layout of walls that a generator may draw, for grids small enough. */
import { divide, type GeneratorOptions, halves, isRoom, type Region } from "./generators/index.ts";
import { east, type Grid, opposite, south } from "./grid.ts";
import { log2PerfectMazes } from "./kirchhoff.ts";
import { openWall } from "./maze.ts";

/** Whether a generator draws all spanning trees, all connected layouts, the grid without walls, or less. */
export function coverage({ generator, share }: GeneratorOptions) {
  if (generator === "depth-first" || generator === "rooms") return "some";
  if (generator !== "percolation" || share === 0) return "trees";
  return share === 1 ? "open" : "connected";
}

/** Logarithm to the base 2 of a number that the number of layouts does not exceed; exact for trees. */
export function log2MostLayouts(grid: Grid, options: GeneratorOptions): number {
  if (options.generator === "rooms")
    return Math.log2(waysToDivide(grid.rows, grid.cols, options.room));
  const kind = coverage(options);
  if (kind === "open") return 0;
  return kind === "connected" ? grid.walls.length : log2PerfectMazes(grid.rows, grid.cols);
}

/** All layouts as open sides `[cells]`; the same one for every course that a search or a division can take. */
export function* layoutCourses(grid: Grid, options: GeneratorOptions): Generator<Uint8Array> {
  if (options.generator === "rooms") yield* roomCourses(grid, options.room);
  else if (options.generator === "depth-first") yield* depthFirstCourses(grid);
  else if (coverage(options) === "open") yield grid.inside.slice();
  else yield* connectedLayouts(grid, coverage(options) === "connected");
}

/**
 * Layouts in which every cell can be reached: all of them, or those without loops. Cell by cell it opens the
 * sides to the east and south; the cells that follow can always still be joined, so that a cell must only be
 * joined to one of them before it is left.
 */
function* connectedLayouts(grid: Grid, loops: boolean): Generator<Uint8Array> {
  const { cells, cols, inside } = grid;
  const open = new Uint8Array(cells);
  function* grow(cell: number, regions: Int16Array): Generator<Uint8Array> {
    if (cell === cells - 1) {
      yield open.slice();
      return;
    }
    const sides = inside[cell]! & ((1 << east) | (1 << south));
    for (const opened of [0, 1 << east, 1 << south, (1 << east) | (1 << south)]) {
      if (opened & ~sides) continue;
      const joined = regions.slice();
      let looped = false;
      for (const to of [
        opened & (1 << east) ? cell + 1 : -1,
        opened & (1 << south) ? cell + cols : -1,
      ])
        if (to >= 0) looped = !join(joined, cell, to, cell + cols) || looped;
      if (looped && !loops) continue;
      // Only cells up to the one below can have been joined so far.
      if (joined.indexOf(joined[cell]!, cell + 1) < 0) continue;
      for (const direction of [east, south])
        if ((opened >> direction) & 1) openWall(open, cols, 4 * cell + direction);
      yield* grow(cell + 1, joined);
      for (const direction of [east, south])
        if ((opened >> direction) & 1) closeWall(grid, open, cell, direction);
    }
  }
  yield* grow(
    0,
    Int16Array.from({ length: cells }, (_, cell) => cell),
  );
}

/** Makes the regions of two cells one, among cells from `a` to `last`; false where they were one already. */
function join(regions: Int16Array, a: number, b: number, last: number): boolean {
  const [from, to] = [regions[b]!, regions[a]!];
  if (from === to) return false;
  for (let cell = a; cell <= Math.min(last, regions.length - 1); cell++)
    if (regions[cell] === from) regions[cell] = to;
  return true;
}

function closeWall({ offsets }: Grid, open: Uint8Array, cell: number, direction: number): void {
  open[cell]! &= ~(1 << direction);
  open[cell + offsets[direction]!]! &= ~(1 << opposite(direction));
}

/** What depth-first search leaves, from every root and in every order. */
function* depthFirstCourses(grid: Grid): Generator<Uint8Array> {
  const { cells, inside, offsets, cols } = grid;
  const open = new Uint8Array(cells);
  function* visit(root: number, stack: readonly number[], left: number): Generator<Uint8Array> {
    if (left === 0) {
      yield open.slice();
      return;
    }
    for (let depth = stack.length; depth > 0; depth--) {
      const cell = stack[depth - 1]!;
      let stuck = true;
      for (let direction = 0; direction < 4; direction++) {
        const next = cell + offsets[direction]!;
        if (!((inside[cell]! >> direction) & 1) || next === root || open[next] !== 0) continue;
        stuck = false;
        openWall(open, cols, 4 * cell + direction);
        yield* visit(root, [...stack.slice(0, depth), next], left - 1);
        closeWall(grid, open, cell, direction);
      }
      if (!stuck) return;
    }
  }
  for (let root = 0; root < cells; root++) yield* visit(root, [root], cells - 1);
}

/** Layouts of rooms, by every course that the division may take. */
function* roomCourses(grid: Grid, room: number): Generator<Uint8Array> {
  function* split(regions: readonly Region[], open: Uint8Array): Generator<Uint8Array> {
    const [region, ...rest] = regions;
    if (!region) {
      yield open;
      return;
    }
    if (isRoom(region, room)) {
      yield* split(rest, open);
      return;
    }
    const { rows, cols } = region;
    for (const upright of [true, false]) {
      if (upright ? cols < rows : rows < cols) continue;
      for (let before = 1; before < (upright ? cols : rows); before++)
        for (let door = 0; door < (upright ? rows : cols); door++) {
          const division = { upright, before, door };
          const divided = open.slice();
          divide(grid, divided, region, division);
          yield* split([...halves(region, division), ...rest], divided);
        }
    }
  }
  const { rows, cols, inside } = grid;
  yield* split([{ row: 0, col: 0, rows, cols }], inside.slice());
}

/** Number of courses that the division of a region may take; Infinity where it is beyond 2^1023. */
function waysToDivide(rows: number, cols: number, room: number): number {
  const ways = new Map<number, number>();
  const count = (height: number, width: number): number => {
    if (height <= room && width <= room) return 1;
    const key = Math.min(height, width) * 256 + Math.max(height, width);
    const known = ways.get(key);
    if (known !== undefined) return known;
    let sum = 0;
    if (width >= height)
      for (let w = 1; w < width; w++) sum += height * count(height, w) * count(height, width - w);
    if (height >= width)
      for (let h = 1; h < height; h++) sum += width * count(h, width) * count(height - h, width);
    ways.set(key, sum);
    return sum;
  };
  return count(rows, cols);
}
