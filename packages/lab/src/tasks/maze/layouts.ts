/** Every layout of walls that a generator may draw, for grids small enough. */
import { divide, type GeneratorOptions, halves, isRoom, type Region } from "./generators/index.ts";
import { type Grid, opposite } from "./grid.ts";
import { log2PerfectMazes } from "./kirchhoff.ts";
import { openWall } from "./maze.ts";
import { UnionFind } from "./union-find.ts";

/** Logarithm to the base 2 of a number that the number of layouts does not exceed. */
export function log2MostLayouts(grid: Grid, { generator, share, room }: GeneratorOptions): number {
  if (generator === "rooms") return Math.log2(waysToDivide(grid.rows, grid.cols, room));
  if (generator === "percolation" && share === 1) return 0;
  if (generator === "percolation" && share > 0) return grid.walls.length;
  return log2PerfectMazes(grid.rows, grid.cols);
}

/** All layouts, once each, as open sides `[cells]`. */
export function* allLayouts(grid: Grid, options: GeneratorOptions): Generator<Uint8Array> {
  const { generator, share, room } = options;
  if (generator === "rooms") yield* distinctLayouts(allRooms(grid, room));
  else if (generator === "percolation" && share === 1) yield grid.inside.slice();
  else if (generator === "percolation" && share > 0) yield* connectedLayouts(grid, true);
  else
    for (const open of connectedLayouts(grid, false))
      if (generator !== "depth-first" || isDepthFirst(grid, open)) yield open;
}

/** Layouts in which every cell can be reached: all of them, or those without loops. */
function* connectedLayouts(grid: Grid, loops: boolean): Generator<Uint8Array> {
  const { walls, cells, cols, offsets } = grid;
  const chosen: boolean[] = [];
  const regionsOf = (from: number): UnionFind => {
    const regions = new UnionFind(cells);
    for (let i = 0; i < walls.length; i++)
      if (i >= from || chosen[i]) regions.union(walls[i]! >> 2, neighbour(walls[i]!));
    return regions;
  };
  const neighbour = (wall: number) => (wall >> 2) + offsets[wall & 3]!;
  function* decide(index: number): Generator<Uint8Array> {
    if (index === walls.length) {
      const open = new Uint8Array(cells);
      for (let i = 0; i < walls.length; i++) if (chosen[i]) openWall(open, cols, walls[i]!);
      yield open;
      return;
    }
    const wall = walls[index]!;
    const joined = new UnionFind(cells);
    for (let i = 0; i < index; i++)
      if (chosen[i]) joined.union(walls[i]! >> 2, neighbour(walls[i]!));
    if (loops || joined.find(wall >> 2) !== joined.find(neighbour(wall))) {
      chosen[index] = true;
      yield* decide(index + 1);
    }
    chosen[index] = false;
    // Closed for good only where the walls still undecided can make up for it.
    if (regionsOf(index + 1).sets === 1) yield* decide(index + 1);
  }
  yield* decide(0);
}

/**
 * Whether depth-first search can leave this tree: from some root, the two cells of every closed wall lie on
 * one path from the root (a search leaves no edges between its branches: Tarjan 1972).
 */
export function isDepthFirst(grid: Grid, open: Uint8Array): boolean {
  const enter = new Int16Array(grid.cells);
  const leave = new Int16Array(grid.cells);
  for (let root = 0; root < grid.cells; root++) {
    let clock = 0;
    const visit = (cell: number, from: number): void => {
      enter[cell] = clock++;
      for (let direction = 0; direction < 4; direction++)
        if ((open[cell]! >> direction) & 1 && direction !== from)
          visit(cell + grid.offsets[direction]!, opposite(direction));
      leave[cell] = clock;
    };
    visit(root, -1);
    const above = (a: number, b: number) => enter[a]! <= enter[b]! && leave[b]! <= leave[a]!;
    const fits = grid.walls.every((wall) => {
      const a = wall >> 2;
      const b = a + grid.offsets[wall & 3]!;
      return above(a, b) || above(b, a);
    });
    if (fits) return true;
  }
  return false;
}

/** Layouts of rooms, one for each course that the division may take. */
function* allRooms(grid: Grid, room: number): Generator<Uint8Array> {
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

function* distinctLayouts(layouts: Iterable<Uint8Array>): Generator<Uint8Array> {
  const seen = new Set<string>();
  for (const open of layouts) {
    const name = open.join();
    if (seen.has(name)) continue;
    seen.add(name);
    yield open;
  }
}
