/** Chess and minichess: published counts, an independent implementation (chess.js), and the rules case by case. */
import { Chess, type Color, type PieceSymbol, type Square } from "chess.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../../../core/index.ts";
import type { Game } from "../game.ts";
import { legalNames, playMoves } from "../legal.ts";
import { countByPly, perft } from "../perft.ts";
import { type ChessPosition, chess, minichess } from "./index.ts";

describe("published perft of chess", () => {
  // https://www.chessprogramming.org/Perft_Results: the start, and positions 2 (Kiwipete) to 6.
  it.each([
    ["rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", [20, 400, 8902, 197_281]],
    ["r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1", [48, 2039, 97_862]],
    ["8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1", [14, 191, 2812, 43_238, 674_624]],
    ["r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1", [6, 264, 9467, 422_333]],
    ["rnbq1k1r/pp1Pbppp/2p5/8/2B5/8/PPP1NnPP/RNBQK2R w KQ - 1 8", [44, 1486, 62_379]],
    [
      "r4rk1/1pp1qppp/p1np1n2/2b1p1B1/2B1P1b1/P1NP1N2/1PP1QPPP/R4RK1 w - - 0 10",
      [46, 2079, 89_890],
    ],
  ])("%s", (text, published) => {
    const position = chess.start(text);
    expect(published.map((_, i) => perft(position, i + 1))).toEqual(published);
    expect(position.text()).toBe(text);
  });

  it("reaches the positions of OEIS A083276", () => {
    expect([...countByPly(chess.start(), 4)].map(({ positions }) => positions)).toEqual([
      1, 20, 400, 5362, 72_078,
    ]);
  });
});

/** Which moves chess.js allows, in the notation of the Universal Chess Interface. */
const referenceMoves = (reference: Chess): string[] =>
  reference
    .moves({ verbose: true })
    .map(({ from, to, promotion }) => `${from}${to}${promotion ?? ""}`)
    .sort();

describe("chess.js", () => {
  it("has the same moves, positions and ends", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 60, maxLength: 200 }), (choices) => {
        const position = chess.start();
        const reference = new Chess();
        choices.forEach((choice, i) => {
          const names = legalNames(chess, position);
          expect(position.outcome !== undefined).toBe(reference.isGameOver());
          if (names.length === 0) return;
          expect(position.inCheck).toBe(reference.isCheck());
          if (i % 5 === 4) {
            expect([...names].sort()).toEqual(referenceMoves(reference));
            expect(position.text()).toBe(reference.fen());
          }
          const name = names[choice % names.length]!;
          playMoves(chess, position, [name]);
          reference.move({
            from: name.slice(0, 2),
            to: name.slice(2, 4),
            ...(name[4] ? { promotion: name[4] } : {}),
          });
        });
      }),
      { numRuns: 15 },
    );
  });

  it("has the same moves of minichess, played in the upper left of its board", () => {
    /** Ranks 4 to 8 and files a to e: white's pawns promote at the edge, black's by our own hand. */
    const lift = (name: string) => name.replace(/[1-5]/g, (rank) => String(Number(rank) + 3));
    const expected = (position: ChessPosition): string[] => {
      const [board, turn] = position.key().split(" ");
      const rows = board!.split("/").map((row) => row.replace(/$/, "3"));
      const reference = new Chess(`8/8/8/8/8/8/8/8 ${turn} - - 0 1`, { skipValidation: true });
      rows.forEach((row, i) => {
        let column = 0;
        for (const piece of row) {
          if (/\d/.test(piece)) column += Number(piece);
          else {
            const square = `${"abcdefgh"[column++]}${8 - i}` as Square;
            const color: Color = piece === piece.toUpperCase() ? "w" : "b";
            reference.put({ type: piece.toLowerCase() as PieceSymbol, color }, square);
          }
        }
      });
      return reference.moves({ verbose: true }).flatMap((move) => {
        const { from, to, piece, promotion } = move;
        const inside = /^[a-e][4-8]$/.test(to);
        const twoSteps = piece === "p" && Math.abs(Number(from[1]) - Number(to[1])) === 2;
        if (!inside || twoSteps) return [];
        if (piece === "p" && to[1] === "4")
          return ["n", "b", "r", "q"].map((kind) => from + to + kind);
        return [from + to + (promotion ?? "")];
      });
    };
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 20, maxLength: 80 }), (choices) => {
        const position = minichess.start();
        for (const choice of choices) {
          const moves = position.moves();
          if (moves.length === 0) break;
          const names = legalNames(minichess, position).map(lift);
          expect([...names].sort()).toEqual(expected(position).sort());
          position.play(moves[choice % moves.length]!);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe.each([chess, minichess])("$id", (game: Game<ChessPosition>) => {
  it("is taken back as it was, and read as it is written", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 80 }), (choices) => {
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
    for (let move = 0; move < game.moves; move += 3)
      expect(game.moveNamed(game.moveName(move))).toBe(move);
    for (const name of ["z9z9", "a2a9", "a3a4q"]) expect(game.moveNamed(name)).toBeUndefined();
  });

  it("plays at random to the end", () => {
    const { plies, outcome } = game.start().playout(new Random(keyOf(1)));
    expect(plies).toBeGreaterThan(0);
    expect([1, 0, -1]).toContain(outcome);
  });

  it("encodes as many planes as it names", () => {
    const { channels, height, width } = game.planes;
    expect(game.planeNames).toHaveLength(channels);
    const cells = height * width;
    const out = new Float32Array(channels * cells + 1).fill(-1);
    game.start().encode(out, 0);
    expect(out.at(-1)).toBe(-1);
    // A piece on each square of the outer two rows.
    expect(out.slice(0, 12 * cells).reduce((a, b) => a + b)).toBe(4 * width);
    // All rights to castle, on every square.
    expect(out.slice(12 * cells, -1).reduce((a, b) => a + b)).toBe(game === chess ? 4 * cells : 0);
  });
});

describe("ends", () => {
  it.each([
    ["7k/6Q1/6K1/8/8/8/8/8 b - - 0 1", 1],
    ["7k/8/6QK/8/8/8/8/8 b - - 0 1", 0],
    ["k7/8/8/8/8/8/8/K6N w - - 0 1", 0],
    ["k7/8/8/8/8/8/8/K5QN w - - 100 90", 0],
    ["k7/8/8/8/8/8/8/K5QN w - - 99 90", undefined],
  ])("%s: %s", (text, outcome) => {
    const position = chess.start(text);
    expect(position.outcome).toBe(outcome);
    expect(position.moves().length > 0).toBe(outcome === undefined);
  });

  it("come at the third occurrence, copies included", () => {
    const position = chess.start();
    const cycle = ["g1f3", "g8f6", "f3g1", "f6g8"];
    playMoves(chess, position, cycle);
    expect(position.outcome).toBeUndefined();
    playMoves(chess, position, cycle);
    expect(position.copy().outcome).toBe(0);
  });
});

describe("refusals", () => {
  it.each([
    ["8/8/8/8/8/8/8/8 w - -", "one king of each side"],
    ["k7/8/8/8/8/8/K7 w - -", "7 rows, not 8"],
    ["k7/8/8/8/8/8/8/K6 w - -", "row 8 has 7 squares, not 8"],
    ["k7/8/8/8/8/8/8/K6x w - -", "'x' is no piece"],
    ["k6P/8/8/8/8/8/8/K7 w - -", "pawn in the first or last row"],
    ["k7/8/8/8/8/8/8/K7 w K -", "'K' are no rights to castle"],
    ["k7/8/8/8/8/8/8/K7 w - e6", "no pawn has just passed 'e6'"],
    ["k7/8/8/8/8/8/8/K7 x - -", "neither w nor b"],
    ["k7/8/8/8/8/8/8/K7 w - - x", "'x' is no number of quiet moves"],
    ["k6R/8/8/8/8/8/8/K7 w - -", "could be taken at once"],
  ])("of %s", (text, message) => {
    expect(() => chess.start(text)).toThrow(message);
  });

  it("of moves", () => {
    expect(() => playMoves(chess, chess.start(), ["e2e5"])).toThrow(
      /move 1, 'e2e5', is not legal in rnbqk.*; did you mean 'e2e4'\?/,
    );
    expect(() => playMoves(chess, chess.start(), ["e2e4", "Nf6"])).toThrow(
      "move 2, 'Nf6', is no move of this game",
    );
  });
});
