/** Tic-tac-toe: published counts, and its whole solution. */
import { describe, expect, it } from "vitest";
import { countByPly, countGames, perft } from "../perft.ts";
import { ticTacToe } from "./index.ts";

describe("published counts", () => {
  // https://en.wikipedia.org/wiki/Game_complexity and H. Bottomley, "How many Tic-Tac-Toe games are possible?" (2001).
  it("has 5,478 positions, 765 up to symmetry", () => {
    const counts = [...countByPly(ticTacToe.start())];
    expect(counts.reduce((sum, { positions }) => sum + positions, 0)).toBe(5478);
    expect(counts.reduce((sum, { upToSymmetry }) => sum + upToSymmetry, 0)).toBe(765);
  });

  it("has 255,168 games", () => {
    expect(countGames(ticTacToe.start())).toBe(255_168);
    // 9! paths of nine moves but for the games that are over before: 127,872 fill the board.
    expect(perft(ticTacToe.start(), 9)).toBe(127_872);
  });
});

describe("positions", () => {
  it("are read as they are written, and taken back", () => {
    const position = ticTacToe.start("xo./.x./..o");
    expect(position.player).toBe(0);
    expect(position.moves()).toEqual([2, 3, 5, 6, 7]);
    position.play(7);
    position.play(6);
    expect(position.text()).toBe("xo./.x./oxo");
    expect(position.outcome).toBeUndefined();
    position.undo();
    position.undo();
    expect(position.text()).toBe("xo./.x./..o");
    expect(ticTacToe.start("xxx/oo./...").outcome).toBe(1);
    expect(ticTacToe.start("xxx/oo./...").moves()).toEqual([]);
  });

  it("have names for moves", () => {
    expect(ticTacToe.moveName(0)).toBe("a3");
    expect(ticTacToe.moveNamed("C1")).toBe(8);
    expect(ticTacToe.moveNamed("d1")).toBeUndefined();
  });

  it.each([
    ["xx./.../...", "2 of x and 0 of o"],
    ["xxx/ooo/...", "over before o made"],
    ["x/o/.", "has 1 squares, not 3"],
  ])("%s is refused", (text, message) => {
    expect(() => ticTacToe.start(text)).toThrow(message);
  });
});
