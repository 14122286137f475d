/** Go: published counts, an independent board (@sabaki/go-board), and the rules case by case. */
import GoBoard from "@sabaki/go-board";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf, Random } from "../../../core/index.ts";
import type { Size } from "../game.ts";
import { playMoves } from "../legal.ts";
import { countLegalBoards, go } from "./index.ts";

describe("legal boards", () => {
  // J. Tromp and G. Farnebäck, "Combinatorics of Go" (2006), table 1; OEIS A094777.
  it.each([
    [1, 1n],
    [2, 57n],
    [3, 12_675n],
    [4, 24_318_165n],
    [5, 414_295_148_741n],
    [6, 62_567_386_502_084_877n],
  ])("%i x %i", (side, published) => {
    expect(countLegalBoards({ columns: side, rows: side })).toBe(published);
  });

  it("are the boards that can be read", () => {
    const game = go({ columns: 3, rows: 3 });
    let legal = 0;
    for (let board = 0; board < 3 ** 9; board++) {
      const cells = [...board.toString(3).padStart(9, "0")].map((digit) => ".xo"[Number(digit)]);
      const text = [0, 3, 6].map((from) => cells.slice(from, from + 3).join("")).join("/");
      try {
        game.start(`${text} x`);
        legal++;
      } catch {
        // Counted as illegal.
      }
    }
    expect(legal).toBe(12_675);
  });

  it("does not matter which way up the board is", () => {
    expect(countLegalBoards({ columns: 3, rows: 5 })).toBe(
      countLegalBoards({ columns: 5, rows: 3 }),
    );
  });
});

/** The rules on another's board: superko by the list of all boards, area by flood fill over sets. */
class Reference {
  readonly size: Size;
  boards: GoBoard[];
  sign: 1 | -1 = 1;

  constructor(size: Size) {
    this.size = size;
    this.boards = [GoBoard.fromDimensions(size.columns, size.rows)];
  }

  get board(): GoBoard {
    return this.boards.at(-1)!;
  }

  after(point: number): GoBoard | undefined {
    const vertex: [number, number] = [
      point % this.size.columns,
      Math.floor(point / this.size.columns),
    ];
    if (this.board.get(vertex) !== 0) return undefined;
    try {
      const next = this.board.makeMove(this.sign, vertex, { preventSuicide: true });
      const same = (board: GoBoard) =>
        JSON.stringify(board.signMap) === JSON.stringify(next.signMap);
      return this.boards.some(same) ? undefined : next;
    } catch {
      return undefined;
    }
  }

  moves(): number[] {
    const points = this.size.columns * this.size.rows;
    return [
      ...Array.from({ length: points }, (_, point) => point).filter((point) => this.after(point)),
      points,
    ];
  }

  play(move: number): void {
    this.boards.push(this.after(move) ?? this.board);
    this.sign = this.sign === 1 ? -1 : 1;
  }

  text(): string {
    const rows = this.board.signMap.map((row) =>
      row.map((sign) => (sign === 1 ? "x" : sign === -1 ? "o" : ".")).join(""),
    );
    return `${rows.join("/")} ${this.sign === 1 ? "x" : "o"}`;
  }

  /** Area by repeatedly spreading to empty neighbours. */
  score(): number {
    const { columns, rows } = this.size;
    const reach = (sign: number) => {
      const reached = new Set<string>();
      let before = -1;
      while (reached.size > before) {
        before = reached.size;
        for (let y = 0; y < rows; y++)
          for (let x = 0; x < columns; x++) {
            const at = this.board.get([x, y]);
            const near = this.board
              .getNeighbors([x, y])
              .some((neighbour) => reached.has(String(neighbour)));
            if (at === sign || (at === 0 && near)) reached.add(String([x, y]));
          }
      }
      return reached;
    };
    const [first, second] = [reach(1), reach(-1)];
    const only = (a: Set<string>, b: Set<string>) => [...a].filter((point) => !b.has(point)).length;
    return only(first, second) - only(second, first);
  }
}

describe("an independent board", () => {
  const sizes = fc.constantFrom(
    { columns: 3, rows: 3 },
    { columns: 4, rows: 3 },
    { columns: 5, rows: 5 },
  );

  it("agrees on moves, boards and area, and on the way back", () => {
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(1000), { maxLength: 60 }), (size, choices) => {
        const position = go(size).start();
        const reference = new Reference(size);
        const texts: string[] = [];
        for (const choice of choices) {
          const moves = reference.moves();
          expect(position.moves()).toEqual(moves);
          expect(position.score).toBe(reference.score());
          texts.push(position.text());
          // A pass only where there is nothing else, so that games are long.
          const move = moves[choice % Math.max(1, moves.length - 1)]!;
          position.play(move);
          reference.play(move);
          expect(position.text().split(" ").slice(0, 2).join(" ")).toBe(reference.text());
          if (position.outcome !== undefined) break;
        }
        while (position.ply > 0) {
          position.undo();
          expect(position.text()).toBe(texts.pop());
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("rules", () => {
  const game = go({ columns: 5, rows: 5 });
  const played = (text: string, ...moves: string[]) => {
    const position = game.start(text);
    playMoves(game, position, moves);
    return position;
  };

  it("forbids to take back a ko at once, but not after two moves elsewhere", () => {
    const ko = ".xo../x.xo./.xo../...../..... o";
    const position = played(ko, "B4");
    expect(position.text()).toBe(".xo../xo.o./.xo../...../..... x");
    expect(position.moves()).not.toContain(game.moveNamed("C4"));
    playMoves(game, position, ["A1", "E1"]);
    expect(position.moves()).toContain(game.moveNamed("C4"));
  });

  it("forbids suicide, of one stone and of many", () => {
    expect(() => played(".x.../x..../...../...../..... o", "A5")).toThrow("'A5', is not legal");
    expect(() => played("o.x../xxx../...../...../..... o", "B5")).toThrow("'B5', is not legal");
  });

  it("captures before it looks for liberties", () => {
    expect(played(".ox../oox../xx.../...../..... x", "A5").text()).toBe(
      "x.x../..x../xx.../...../..... o",
    );
  });

  it("ends after two passes, by area and komi", () => {
    const position = played(".x.../xx.../...../...../..... o", "pass");
    expect(position.outcome).toBeUndefined();
    playMoves(game, position, ["pass"]);
    expect([position.outcome, position.score, position.moves()]).toEqual([1, 25, []]);
    const level = go({ columns: 5, rows: 5 }, { komi: 25 }).start(position.text());
    expect([level.outcome, level.score]).toEqual([0, 0]);
  });

  it("lets the superko outlive copies", () => {
    const position = played(".xo../x.xo./.xo../...../..... o", "B4").copy();
    expect(position.moves()).not.toContain(game.moveNamed("C4"));
  });

  it("plays to the end at random without harm", () => {
    const random = new Random(keyOf(1));
    const position = game.start();
    for (let i = 0; i < 200; i++) {
      const { plies, outcome } = position.playout(random);
      expect(plies).toBeLessThanOrEqual(100);
      expect([1, 0, -1]).toContain(outcome);
    }
    expect(position.text()).toBe("...../...../...../...../..... x");
  });

  it("knows images of each other", () => {
    const a = game.start("x..../.o.../...../...../..... x");
    const b = game.start("...../...../...../...o./....x x");
    expect(a.canonicalKey()).toBe(b.canonicalKey());
    expect(a.key()).not.toBe(b.key());
  });
});

describe("refusals", () => {
  it.each([
    [{ columns: 2, rows: 2 }, "not on 2x2"],
    [{ columns: 19, rows: 19 }, "not on 19x19"],
  ])("of board %j", (size, message) => {
    expect(() => go(size)).toThrow(message);
  });

  it.each([
    ["ox./x../... x", "stones without a liberty"],
    ["... x", "has 3 rows"],
    [".../.../... z", "x or o for who is to move"],
    [".../.../... x 3", "0 to 2 passes"],
  ])("of position %s", (text, message) => {
    expect(() => go({ columns: 3, rows: 3 }).start(text)).toThrow(message);
  });

  it("of a point that is not there", () => {
    const game = go({ columns: 3, rows: 3 });
    expect(game.moveNamed("D1")).toBeUndefined();
    expect(() => playMoves(game, game.start(), ["D1"])).toThrow("'D1', is no move of this game");
  });
});
