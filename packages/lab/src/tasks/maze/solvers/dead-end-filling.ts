/** Dead-end filling: no candidate is ever compared, and yet more ticks help; a hard negative. */
import type { Maze } from "../maze.ts";
import { Marker, type MazeSolver, neighboursOf } from "./trace.ts";

/**
 * Fills, wave by wave, every cell with at most one neighbour that is not filled, but start and goal.
 * @returns 1 where a cell is filled `[cells]`; `wave` is told what each wave fills.
 */
export function fillDeadEnds(maze: Maze, wave: (cells: number[]) => void = () => {}): Uint8Array {
  const filled = new Uint8Array(maze.open.length);
  const isDeadEnd = (cell: number) =>
    filled[cell] === 0 &&
    cell !== maze.start &&
    cell !== maze.goal &&
    neighboursOf(maze, cell).filter((neighbour) => filled[neighbour] === 0).length <= 1;
  let ends = [...filled.keys()].filter(isDeadEnd);
  while (ends.length > 0) {
    for (const cell of ends) filled[cell] = 1;
    wave(ends);
    const beside = new Set(ends.flatMap((cell) => neighboursOf(maze, cell)));
    ends = [...beside].filter(isDeadEnd);
  }
  return filled;
}

export const deadEndFilling: MazeSolver = {
  id: "dead-end-filling",
  title: "Dead-end filling",
  description:
    "A tick fills all cells that have become dead ends; what stays open is the path of a perfect maze. " +
    "Among loops it goes by the first way on that it has not walked, so neither short nor cheap, or nowhere.",
  solve(maze) {
    const marker = new Marker(maze.open.length);
    marker.tick([]);
    const filled = fillDeadEnds(maze, (cells) => marker.tick(cells));
    const path = [maze.start];
    for (let cell = maze.start; cell !== maze.goal; path.push(cell)) {
      const next = neighboursOf(maze, cell).find((n) => filled[n] === 0 && !path.includes(n));
      if (next === undefined) return { ticks: marker.ticks, path, arrived: false };
      cell = next;
    }
    return { ticks: marker.ticks, path, arrived: true };
  },
};
