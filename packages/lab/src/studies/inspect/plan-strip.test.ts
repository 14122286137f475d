/** Strips of a maze drawn by hand, so that what each method touches when is known. */
import { describe, expect, it } from "vitest";
import type { Maze } from "../../tasks/index.ts";
import { planStrip, usualTicks } from "./plan-strip.ts";

/**
 * S-.-G with a dead end of two cells below the middle: cells 0 1 2, 3 4 5, of which 4 lies under 1 and 3 beside 4;
 * cell 5 hangs on 2.
 */
const maze: Maze = {
  ...{ rows: 2, cols: 3, start: 0, goal: 2 },
  open: Uint8Array.of(2, 2 + 8 + 4, 8 + 4, 2, 1 + 8, 1),
};
// Pixels of the grid of 5 x 7: cell (r, c) at (2 r + 1) * 7 + 2 c + 1.
const cells = [8, 10, 12, 22, 24, 26];
const way = [8, 9, 10, 11, 12];

const answer = (pixels: readonly number[]) =>
  Float32Array.from({ length: 35 }, (_, pixel) => (pixels.includes(pixel) ? 4 : -4));

describe("planStrip", () => {
  const ticks = [answer([8]), answer(way), answer([...way, 17]), answer(way), answer(way)];
  const strip = planStrip(maze, "subject", { ticks, last: ticks[4]! }, [1, 2, 4]);

  it("says from which tick on the answer stays right", () => {
    expect(strip.solvedAt).toBe(4);
    expect(strip.rows[0]!.note).toBe("right from tick 4 on");
    const wrong = planStrip(maze, "subject", { ticks: ticks.slice(0, 3), last: ticks[2]! });
    expect(wrong.solvedAt).toBeUndefined();
    expect(wrong.rows[0]!.note).toBe("wrong after 3");
  });

  it("shows the subject's probabilities where one can walk", () => {
    const [first] = strip.rows[0]!.planes;
    expect(first![8]).toBeCloseTo(1 / (1 + Math.exp(-4)), 12);
    expect(first![10]).toBeCloseTo(1 / (1 + Math.exp(4)), 12);
    expect(first![0]).toBe(0);
    expect(strip.walls[0]).toBe(1);
    expect(strip.walls[9]).toBe(0);
  });

  it("shows the wavefront at its distance from the start, and what is filled wave by wave", () => {
    const at = (row: number, column: number) =>
      cells.map((pixel) => strip.rows[row]!.planes[column]![pixel]);
    // One step: cell 1. Two steps: cells 2 and 4, with the goal among them, so that the search ends.
    expect(at(1, 0)).toEqual([0.4, 1, 0, 0, 0, 0]);
    expect(at(1, 1)).toEqual([0.4, 0.4, 1, 0, 1, 0]);
    expect(at(1, 2)).toEqual(at(1, 1));
    // First wave: cells 3 and 5. Second: cell 4.
    expect(at(2, 0)).toEqual([0, 0, 0, 1, 0, 1]);
    expect(at(2, 1)).toEqual([0, 0, 0, 0.4, 1, 0.4]);
    expect(strip.rows.map(({ note }) => note).slice(1)).toEqual([
      "at the goal after 2",
      "nothing left to fill after 2",
    ]);
  });

  it("shows what answers at once in the last column", () => {
    const once = planStrip(maze, "subject", { ticks: undefined, last: answer(way) });
    expect(once.ticks).toEqual([1, 2]);
    expect(once.rows[0]!.planes[0]).toBeUndefined();
    expect(once.rows[0]!.note).toBe("at once, right");
  });

  it("chooses ticks that double, at most six, with the last", () => {
    expect(usualTicks(1)).toEqual([1]);
    expect(usualTicks(12)).toEqual([1, 2, 4, 8, 12]);
    expect(usualTicks(64)).toEqual([2, 4, 8, 16, 32, 64]);
  });
});
