/** A network that marks what it is told to, so that what the page shows of it is known. */
import type { Maze } from "@mesascope/lab/tasks";
import { describe, expect, it } from "vitest";
import type { SubjectFile } from "./subjects.ts";
import { blankStrip, drawnMaze, nextTick, type TickQuestion } from "./think.ts";
import type { Thinker } from "./thinker.ts";

const maze: Maze = { rows: 2, cols: 2, open: Uint8Array.of(2, 12, 0, 1), start: 0, goal: 3 };
/** Pixels of the way from the first cell to the last, in the picture of 5 x 5. */
const way = [6, 7, 8, 13, 18];
const answer = (marked: readonly number[]) =>
  Float32Array.from({ length: 25 }, (_, pixel) => (marked.includes(pixel) ? 5 : -5));

/** One channel that counts ticks at every pixel; it marks the way from the second tick on. */
const counter: Thinker = {
  width: 1,
  begin: () => Promise.resolve({ state: new Float32Array(25).fill(1), logits: answer([6]) }),
  next: (_, state) =>
    Promise.resolve({ state: state.map((value) => value + 1), logits: answer(way) }),
};
const probe = { intercept: -1.5, weights: [1] };
const subject = { seed: 1, probes: { plan: probe, near: probe } } as unknown as SubjectFile;
const ask = (more: Partial<TickQuestion> = {}) =>
  nextTick({ subject, maze, patches: [], before: [], ...more }, counter);

describe("nextTick", () => {
  it("goes on from the state, and tells when the way is marked", async () => {
    const first = await ask();
    expect(first.strip.solvedAt).toBeUndefined();
    const second = await ask({ state: first.state, before: [first.logits] });
    expect(second.state[0]).toBe(2);
    expect(second.strip.solvedAt).toBe(2);
    expect(second.strip.ticks).toEqual([2]);
    // A search from the start has come two cells far, and the goal is three away.
    expect([6, 8, 18, 16].map((pixel) => second.strip.rows[1]!.planes[0]![pixel])).toEqual([
      0.4, 0.4, 1, 0,
    ]);
    expect(second.probes.plan[12]).toBeCloseTo(0.5, 12);
  });

  it("patches the state at the cells asked for, before the tick", async () => {
    const state = Float32Array.from({ length: 25 }, (_, pixel) => (pixel === 6 ? 4 : 0));
    const patched = await ask({ state, patches: [{ pixel: 18, push: "towards" }] });
    // Greatest odds of the maze are those of the cell at pixel 6, whose channel holds 4.
    expect(patched.state[18]).toBeCloseTo(5, 5);
    expect(patched.state[8]).toBe(1);
  });
});

describe("mazes to begin with", () => {
  it("show nothing thought, and the search at its start", () => {
    const { rows, walls } = blankStrip(maze);
    expect(rows[0]!.planes[0]!.every((heat) => heat === 0)).toBe(true);
    expect(rows[1]!.planes[0]![6]).toBe(1);
    expect(walls[7]).toBe(0);
  });

  it("are the same for the same seed, and have loops where they are asked for", () => {
    const passages = ({ open }: Maze) =>
      open.reduce((sum, sides) => sum + ((sides >> 1) & 1) + ((sides >> 2) & 1), 0);
    const perfect = drawnMaze({ side: 6, loops: false, seed: 3 });
    expect(drawnMaze({ side: 6, loops: false, seed: 3 })).toEqual(perfect);
    // A perfect maze is a tree: one passage fewer than cells.
    expect(passages(perfect)).toBe(35);
    expect(passages(drawnMaze({ side: 6, loops: true, seed: 3 }))).toBeGreaterThan(35);
  });
});
