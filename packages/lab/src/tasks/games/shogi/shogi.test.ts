/** Shogi and minishogi: published counts, an independent implementation (tsshogi), and the rules case by case. */
import fc from "fast-check";
import { Position as Reference } from "tsshogi";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../../../core/index.ts";
import type { Game } from "../game.ts";
import { legalNames, playMoves } from "../legal.ts";
import { perft } from "../perft.ts";
import { minishogi, type ShogiPosition, shogi } from "./index.ts";

describe("published perft", () => {
  // Fairy-Stockfish, tests/perft.sh (shogi to depth 4, minishogi to depth 5); the lower depths are in shogiops' tests.
  it("of shogi", () => {
    expect([1, 2, 3, 4].map((depth) => perft(shogi.start(), depth))).toEqual([
      30, 900, 25_470, 719_731,
    ]);
  });

  it("of minishogi", () => {
    expect([1, 2, 3, 4, 5].map((depth) => perft(minishogi.start(), depth))).toEqual([
      14, 181, 2512, 35_401, 533_203,
    ]);
  });
});

/** All moves that tsshogi takes for legal, by trying every one that can be written. */
function referenceMoves(reference: Reference): string[] {
  const squares = [..."123456789"].flatMap((file) => [..."abcdefghi"].map((rank) => file + rank));
  const written = [...squares, ...[..."PLNSGBR"].map((letter) => `${letter}*`)].flatMap((from) =>
    squares.flatMap((to) => [from + to, `${from}${to}+`]),
  );
  return written
    .filter((name) => {
      const move = reference.createMoveByUSI(name);
      return move?.usi === name && reference.isValidMove(move);
    })
    .sort();
}

describe("an independent implementation", () => {
  it("has the same legal moves and positions", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 40, maxLength: 160 }), (choices) => {
        const position = shogi.start();
        const reference = Reference.newBySFEN(position.text())!;
        choices.forEach((choice, i) => {
          const names = legalNames(shogi, position);
          // Trying every move is slow.
          if (i % 16 === 15) {
            expect([...names].sort()).toEqual(referenceMoves(reference));
            expect(position.inCheck).toBe(reference.checked);
            expect(position.key()).toBe(reference.sfen.replace(/ \d+$/, ""));
          }
          if (names.length === 0) return;
          const name = names[choice % names.length]!;
          reference.doMove(reference.createMoveByUSI(name)!);
          playMoves(shogi, position, [name]);
        });
      }),
      { numRuns: 12 },
    );
  });
});

describe.each([shogi, minishogi])("$id", (game: Game<ShogiPosition>) => {
  it("is taken back as it was, and read as it is written", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 60 }), (choices) => {
        const position = game.start();
        const texts: string[] = [];
        for (const choice of choices) {
          const moves = position.moves();
          if (moves.length === 0) break;
          texts.push(position.text());
          position.play(moves[choice % moves.length]!);
          const read = game.start(position.text());
          expect(read.text()).toBe(position.text());
          if (position.outcome === undefined) expect(read.moves()).toEqual(position.moves());
          expect(read.inCheck).toBe(position.inCheck);
        }
        while (texts.length > 0) {
          position.undo();
          expect(position.text()).toBe(texts.pop());
        }
      }),
      { numRuns: 30 },
    );
  });

  it("names moves so that they are found again", () => {
    for (const move of game.start().moves()) expect(game.moveNamed(game.moveName(move))).toBe(move);
    for (let move = 0; move < game.moves; move += 7)
      expect(game.moveNamed(game.moveName(move))).toBe(move);
    expect(game.moveNamed("9z9z")).toBeUndefined();
  });

  it("plays at random to the end", () => {
    const { plies, outcome } = game.start().playout(new Random(keyOf(1)));
    expect(plies).toBeGreaterThan(0);
    expect([1, 0, -1]).toContain(outcome);
  });

  it("encodes as many planes as it names", () => {
    const { channels, height, width } = game.planes;
    expect(game.planeNames).toHaveLength(channels);
    const out = new Float32Array(channels * height * width + 1).fill(-1);
    game.start().encode(out, 0);
    expect(out.at(-1)).toBe(-1);
    // Pieces on the board: as many ones.
    const pieces = [...game.start().text().split(" ")[0]!].filter((c) => /[a-z]/i.test(c)).length;
    expect(out.slice(0, -1).reduce((a, b) => a + b)).toBe(pieces);
  });
});

describe("rules", () => {
  const moved = (game: Game<ShogiPosition>, text: string, ...moves: string[]) => {
    const position = game.start(text);
    playMoves(game, position, moves);
    return position;
  };

  it("forbids mate by dropping a pawn, but not by moving one, nor a check by dropping one", () => {
    // The king in the corner has no way out, and nothing takes on 1b.
    const mate = "8k/9/8G/7R1/9/9/9/9/K8 b P";
    expect(legalNames(shogi, shogi.start(mate))).not.toContain("P*1b");
    const check = "8k/9/8G/9/9/9/9/9/K8 b P";
    expect(legalNames(shogi, shogi.start(check))).toContain("P*1b");
    const bringing = "8k/9/8P/7RG/9/9/9/9/K8 b -";
    expect(legalNames(shogi, shogi.start(bringing))).toContain("1c1b");
  });

  it("forbids two pawns in a column and pieces that could never move", () => {
    const names = legalNames(shogi, shogi.start("4k4/9/9/9/9/9/P8/9/4K4 b PLN"));
    expect(names.filter((name) => /^P\*9/.test(name))).toEqual([]);
    expect(names.filter((name) => /^[PLN]\*.a/.test(name))).toEqual([]);
    expect(names.filter((name) => /^N\*.b/.test(name))).toEqual([]);
    expect(names).toContain("P*8b");
    expect(names).toContain("N*8c");
  });

  it("ends in mate", () => {
    const position = moved(minishogi, "k4/2G2/1P3/5/4K b G", "G*4b");
    expect(position.inCheck).toBe(true);
    expect([position.outcome, position.moves()]).toEqual([1, []]);
  });

  it("ends at the fourth occurrence: a draw in shogi, lost for player 0 in minishogi", () => {
    const cycle = (a: string, b: string, c: string, d: string) =>
      Array.from({ length: 3 }, () => [a, b, c, d]).flat();
    const full = moved(shogi, shogi.start().text(), ...cycle("5i5h", "5a5b", "5h5i", "5b5a"));
    expect(full.outcome).toBe(0);
    const small = moved(minishogi, "k4/5/5/5/4K b -", ...cycle("1e1d", "5a5b", "1d1e", "5b5a"));
    expect(small.outcome).toBe(-1);
    small.undo();
    expect(small.outcome).toBeUndefined();
  });

  it("is lost for who gives check over and over", () => {
    // The rook follows the king from column 5 to column 4 and back.
    const position = minishogi.start("1k3/5/5/5/R3K b -");
    for (let i = 0; i < 3; i++) {
      expect(position.outcome).toBeUndefined();
      playMoves(minishogi, position, ["5e4e", "4a5a", "4e5e", "5a4a"]);
    }
    expect(position.copy().outcome).toBe(-1);
  });
});

describe("refusals", () => {
  it.each([
    ["9/9/9/9/9/9/9/9/9 b -", "one king of each side"],
    ["4k4/9/9/9/9/9/9/4K4 b -", "there are 8 rows, not 9"],
    ["4k4/9/9/9/9/9/9/9/4K3 b -", "row 9 has 8 squares, not 9"],
    ["4k4/9/9/9/9/9/9/9/4K3x b -", "'x' is no piece"],
    ["4k4/9/9/9/9/9/9/9/4K3+G b -", "'\\+G' is no piece"],
    ["4k4/9/9/9/9/9/9/9/4K4 x -", "neither b nor w"],
    ["4k4/9/9/9/9/9/9/9/4K4 b 3R", "too many of R"],
    ["4k4/9/9/9/9/9/9/9/4K4 b K", "no pieces in hand"],
    ["P3k4/9/9/9/9/9/9/9/4K4 b -", "a P that could never move"],
    ["4k4/9/9/P8/P8/9/9/9/4K4 b -", "two pawns of one side"],
    ["4k4/9/9/9/4R4/9/9/9/4K4 b -", "could be taken at once"],
  ])("of %s", (text, message) => {
    expect(() => shogi.start(text)).toThrow(new RegExp(message));
  });
});
