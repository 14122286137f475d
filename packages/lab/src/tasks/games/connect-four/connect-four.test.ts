/** Connect four: published counts, and a plain implementation. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../../../core/index.ts";
import type { Position } from "../game.ts";
import { countByPly, perft } from "../perft.ts";
import { NaiveFour } from "../testing/naive-four.ts";
import { connectFour } from "./index.ts";

const sizes = [
  { columns: 7, rows: 6 },
  { columns: 5, rows: 4 },
  { columns: 4, rows: 9 },
  { columns: 9, rows: 4 },
] as const;

/** A size and a game of up to 60 moves, as choices among the legal ones. */
const games = fc.tuple(fc.constantFrom(...sizes), fc.array(fc.nat(1000), { maxLength: 60 }));

describe("published counts", () => {
  const start = connectFour().start();

  it("has as many paths as columns allow", () => {
    // No game ends before the seventh move, and after seven in one column there is no room for it: 7^7 - 7.
    const paths = [7, 49, 343, 2401, 16_807, 117_649, 823_536];
    expect(paths.map((_, i) => perft(start, i + 1))).toEqual(paths);
  });

  it("has the positions of OEIS A212693 after each move", () => {
    const published = [1, 7, 49, 238, 1120, 4263, 16_422, 54_859, 184_275];
    expect([...countByPly(start, 8)].map(({ positions }) => positions)).toEqual(published);
  });

  it("has 161,029 positions on 4 x 4 (J. Tromp, https://tromp.github.io/c4/c4.html)", () => {
    const counts = [...countByPly(connectFour({ columns: 4, rows: 4 }).start())];
    expect(counts.reduce((sum, { positions }) => sum + positions, 0)).toBe(161_029);
  });
});

describe("a plain implementation", () => {
  it("agrees on moves, ends and boards, also on the way back", () => {
    fc.assert(
      fc.property(games, ([size, choices]) => {
        const position = connectFour(size).start();
        const naive = new NaiveFour(size.columns, size.rows);
        for (const choice of choices) {
          expect(position.moves()).toEqual(naive.moves());
          expect(position.outcome).toBe(naive.outcome());
          expect(position.text()).toBe(naive.text());
          const moves = naive.moves();
          if (moves.length === 0) break;
          position.play(moves[choice % moves.length]!);
          naive.play(moves[choice % moves.length]!);
        }
        while (naive.turns.length > 0) {
          position.undo();
          naive.undo();
          expect(position.text()).toBe(naive.text());
          expect(position.moves()).toEqual(naive.moves());
        }
        expect(position.ply).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it("agrees on how playouts end", () => {
    const random = new Random(keyOf(1));
    const position = connectFour({ columns: 5, rows: 4 }).start();
    const wins = { 1: 0, 0: 0, [-1]: 0 };
    for (let i = 0; i < 20_000; i++) wins[position.playout(random).outcome]++;
    expect(position.text()).toBe("...../...../...../.....");
    const naive = new NaiveFour(5, 4);
    const expected = { 1: 0, 0: 0, [-1]: 0 };
    for (let i = 0; i < 2000; i++) {
      while (naive.outcome() === undefined) {
        const moves = naive.moves();
        naive.play(moves[random.integer(moves.length)]!);
      }
      expected[naive.outcome() as 1 | 0 | -1]++;
      while (naive.turns.length > 0) naive.undo();
    }
    // Standard errors of the difference are below .012.
    for (const outcome of [1, 0, -1] as const)
      expect(Math.abs(wins[outcome] / 20_000 - expected[outcome] / 2000)).toBeLessThan(0.05);
  });
});

describe("keys", () => {
  /** Positions of a game, the end included. */
  function visit(
    size: (typeof sizes)[number],
    choices: readonly number[],
    see: (p: Position) => void,
  ) {
    const position = connectFour(size).start();
    for (const choice of choices) {
      see(position);
      const moves = position.moves();
      if (moves.length === 0) return;
      position.play(moves[choice % moves.length]!);
    }
    see(position);
  }

  it("are those of the board, whatever led to it", () => {
    fc.assert(
      fc.property(games, ([size, choices]) => {
        const game = connectFour(size);
        visit(size, choices, (position) => {
          const read = game.start(position.text());
          expect(read.key()).toBe(position.key());
          expect(read.player).toBe(position.player);
          expect(read.outcome).toBe(position.outcome);
          expect(read.moves()).toEqual(position.moves());
          expect(position.key()).toBeLessThan(game.keys!);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("are shared by mirror images, and canonical only then", () => {
    fc.assert(
      fc.property(games, ([size, choices]) => {
        const game = connectFour(size);
        const mirror = (text: string) =>
          text
            .split("/")
            .map((row) => [...row].reverse().join(""))
            .join("/");
        visit(size, choices, (position) => {
          const image = game.start(mirror(position.text()));
          expect(image.canonicalKey()).toBe(position.canonicalKey());
          expect(position.canonicalKey()).toBe(
            Math.min(Number(position.key()), Number(image.key())),
          );
        });
      }),
      { numRuns: 50 },
    );
  });

  it("encodes own stones before the other's, rows from the top", () => {
    const game = connectFour({ columns: 4, rows: 4 });
    const position = game.start("..../..../o.../xx..");
    const planes = new Float32Array(32);
    position.encode(planes, 0);
    // Three stones lie there, so that o is to move.
    expect([...planes].flatMap((value, i) => (value === 1 ? [i] : []))).toEqual([8, 28, 29]);
  });
});

describe("refusals", () => {
  it.each([
    [{ columns: 3, rows: 3 }, /four squares in a line.*not on 3x3/],
    [{ columns: 9, rows: 9 }, /at most 53.*not on 9x9/],
    [{ columns: 4.5, rows: 4 }, /not on 4.5x4/],
  ])("of board %j", (size, message) => {
    expect(() => connectFour(size)).toThrow(message);
  });

  it.each([
    ["....", "4 rows"],
    [".../..../..../....", "row 1 of .* has 3 squares, not 4"],
    ["..../..../..../x.z.", "'z' in row 4"],
    ["..../..../..../xx..", "2 of x and 0 of o"],
    ["..../..../x.../....", "column 1 has nothing below it"],
    ["..../.o../.ooo/xxxx", "over before the last move"],
  ])("of position %s", (text, message) => {
    expect(() => connectFour({ columns: 4, rows: 4 }).start(text)).toThrow(new RegExp(message));
  });
});
