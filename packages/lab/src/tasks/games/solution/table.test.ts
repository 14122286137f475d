/** Solutions against plain minimax and known values. */
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../../../core/index.ts";
import { connectFour } from "../connect-four/index.ts";
import { forMover } from "../game.ts";
import { NaiveFour } from "../testing/naive-four.ts";
import { ticTacToe } from "../tic-tac-toe/index.ts";
import { solveByTable } from "./table.ts";

const small = connectFour({ columns: 5, rows: 4 });

describe("tic-tac-toe", () => {
  const solution = solveByTable(ticTacToe);

  it("is a draw whatever the first move", () => {
    expect(solution.solve(ticTacToe.start())).toEqual({ value: 0, plies: 9 });
    expect(solution.optimalMoves(ticTacToe.start())).toHaveLength(9);
  });

  it("must be answered in the middle when begun in a corner, and in a corner when begun in the middle", () => {
    // Crowley and Siegler 1993, "Flexible strategy use in young children's tic-tac-toe".
    expect(solution.optimalMoves(ticTacToe.start("x../.../..."))).toEqual([4]);
    expect(solution.optimalMoves(ticTacToe.start(".../.x./..."))).toEqual([0, 2, 6, 8]);
  });

  it("tells winning from winning soonest", () => {
    const position = ticTacToe.start("xx./o../o..");
    expect(solution.solve(position)).toEqual({ value: 1, plies: 1 });
    expect(solution.fastestMoves(position)).toEqual([2]);
    // The middle makes three threats at once.
    expect(solution.optimalMoves(position)).toContain(4);
  });
});

describe("connect four on 5 x 4", () => {
  const solution = solveByTable(small);

  it("is a draw (J. Tromp, https://tromp.github.io/c4/c4.html)", () => {
    expect(solution.solve(small.start())).toEqual({ value: 0, plies: 20 });
  });

  it("has the values of plain minimax", () => {
    const random = new Random(keyOf(2));
    for (let i = 0; i < 40; i++) {
      const position = small.start();
      const naive = new NaiveFour(5, 4);
      while (naive.turns.length < 14 && naive.outcome() === undefined) {
        const moves = naive.moves();
        const move = moves[random.integer(moves.length)]!;
        naive.play(move);
        position.play(move);
      }
      expect(solution.solve(position).value).toBe(naive.value() || 0);
      const values = naive.moves().map((move) => {
        naive.play(move);
        const value = -naive.value();
        naive.undo();
        return value;
      });
      const best = Math.max(...values);
      expect(solution.optimalMoves(position)).toEqual(
        naive.moves().filter((_, j) => values[j] === best),
      );
    }
  });

  it("keeps its word when both play on by it", () => {
    const random = new Random(keyOf(3));
    for (let i = 0; i < 100; i++) {
      const position = small.start();
      for (let j = random.integer(8); j > 0 && position.outcome === undefined; j--) {
        const moves = position.moves();
        position.play(moves[random.integer(moves.length)]!);
      }
      const { value, plies } = solution.solve(position);
      const { player, ply } = position;
      while (position.outcome === undefined) position.play(solution.fastestMoves(position)[0]!);
      expect(forMover(position.outcome, player)).toBe(value);
      expect(position.ply - ply).toBe(plies);
    }
  });
});

it("refuses a game that fits no table", () => {
  expect(() => solveByTable(connectFour())).toThrow("connect four on 7 x 6 has too many positions");
});
