/** Open rooms with one door in each wall between them: recursive division. */
import { InputError } from "../../../core/index.ts";
import type { Choices } from "../choices.ts";
import { east, type Grid, south, west } from "../grid.ts";

/** A rectangle of cells. */
export interface Region {
  readonly row: number;
  readonly col: number;
  readonly rows: number;
  readonly cols: number;
}

/** A straight wall through a region, and the place of its door. */
export interface Division {
  /** Whether the wall runs north to south, and so parts columns. */
  readonly upright: boolean;
  /** Rows or columns before the wall. */
  readonly before: number;
  /** Row or column of the door, within the region. */
  readonly door: number;
}

/**
 * Divides the grid by a wall across its longer side, with a door at a random place, and then its parts, until
 * every room is at most `room` cells high and wide. Rooms of 1 cell give a perfect maze.
 * @throws InputError where `room` is no whole number of at least 1.
 */
export function roomsMaze(grid: Grid, { random }: Choices, room: number): Uint8Array {
  if (!(Number.isInteger(room) && room >= 1))
    throw new InputError(`room must be a whole number of at least 1, not ${room}`);
  const open = grid.inside.slice();
  const regions: Region[] = [{ row: 0, col: 0, rows: grid.rows, cols: grid.cols }];
  for (let region = regions.pop(); region; region = regions.pop()) {
    if (isRoom(region, room)) continue;
    const { rows, cols } = region;
    const upright = cols > rows || (cols === rows && random.integer(2) === 1);
    const division = {
      upright,
      before: 1 + random.integer((upright ? cols : rows) - 1),
      door: random.integer(upright ? rows : cols),
    };
    divide(grid, open, region, division);
    regions.push(...halves(region, division));
  }
  return open;
}

export function isRoom({ rows, cols }: Region, room: number): boolean {
  return rows <= room && cols <= room;
}

/** The two parts of a region. */
export function halves(region: Region, { upright, before }: Division): [Region, Region] {
  const { row, col, rows, cols } = region;
  return upright
    ? [
        { ...region, cols: before },
        { ...region, col: col + before, cols: cols - before },
      ]
    : [
        { ...region, rows: before },
        { ...region, row: row + before, rows: rows - before },
      ];
}

/** Closes the wall of a division but for its door. */
export function divide(grid: Grid, open: Uint8Array, region: Region, division: Division): void {
  const { upright, before, door } = division;
  for (let along = 0; along < (upright ? region.rows : region.cols); along++) {
    if (along === door) continue;
    const row = region.row + (upright ? along : before - 1);
    const col = region.col + (upright ? before - 1 : along);
    const cell = row * grid.cols + col;
    open[cell]! &= ~(1 << (upright ? east : south));
    open[cell + (upright ? 1 : grid.cols)]! &= ~(1 << (upright ? west : 0));
  }
}
