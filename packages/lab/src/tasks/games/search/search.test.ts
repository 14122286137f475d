/** Searches against plain minimax, exact solutions, and what their definitions imply. */
import { describe, expect, it } from "vitest";
import { keyOf, Random, split } from "../../../core/index.ts";
import { connectFour } from "../connect-four/index.ts";
import { forMover, type Game, type Position } from "../game.ts";
import { solveByTable } from "../solution/index.ts";
import { ticTacToe } from "../tic-tac-toe/index.ts";
import {
  alphaBeta,
  type Evaluation,
  lookAhead,
  PuctSearch,
  puct,
  uct,
  uniformEvaluation,
} from "./index.ts";
import { gammaNoise } from "./noise.ts";

const small = connectFour({ columns: 5, rows: 4 });
const solution = solveByTable(small);

/** A position of connect four on 5 x 4 after `plies` random moves that is not over. */
function middle(random: Random, plies: number): Position {
  for (;;) {
    const position = small.start();
    while (position.ply < plies && position.outcome === undefined) {
      const moves = position.moves();
      position.play(moves[random.integer(moves.length)]!);
    }
    if (position.outcome === undefined) return position;
  }
}

/** A value that depends on nothing but the position. */
const arbitrary = (position: Position): number => Math.sin(Number(position.key())) / 2;

/** Minimax by its definition. */
function minimax(position: Position, depth: number, heuristic: (p: Position) => number): number {
  const { outcome, player } = position;
  if (outcome !== undefined) return forMover(outcome, player) * (2 + depth);
  if (depth === 0) return heuristic(position);
  return Math.max(
    ...position.moves().map((move) => {
      position.play(move);
      const value = 0 - minimax(position, depth - 1, heuristic);
      position.undo();
      return value;
    }),
  );
}

describe("alpha-beta", () => {
  it("has the value of plain minimax, and leaves the position as it was", () => {
    const random = new Random(keyOf(1));
    for (let i = 0; i < 60; i++) {
      const position = middle(random, i % 14);
      const text = position.text();
      const { value, move, nodes } = alphaBeta(position, 1 + (i % 5), arbitrary);
      expect(value).toBe(minimax(position, 1 + (i % 5), arbitrary));
      expect(position.moves()).toContain(move);
      expect(position.text()).toBe(text);
      expect(nodes).toBeLessThanOrEqual(1 + 5 + 25 + 125 + 625 + 3125);
    }
  });

  it("wins at once rather than later", () => {
    const position = ticTacToe.start("xx./oo./...");
    expect(alphaBeta(position, 5, () => 0).move).toBe(2);
  });

  it("has nothing to say when the game is over", () => {
    expect(alphaBeta(ticTacToe.start("xxx/oo./..."), 3, () => 0).move).toBe(-1);
  });
});

describe("look-ahead", () => {
  it("has the values of plain minimax, and values each leaf once", async () => {
    const random = new Random(keyOf(2));
    for (let i = 0; i < 30; i++) {
      const position = middle(random, i % 12);
      const depth = 1 + (i % 4);
      let asked = 0;
      const values = await lookAhead(position, small.moves, depth, (leaves) => {
        asked = leaves.length;
        expect(new Set(leaves.map((leaf) => leaf.key())).size).toBe(asked);
        return leaves.map(arbitrary);
      });
      for (let move = 0; move < small.moves; move++) {
        if (!position.moves().includes(move)) {
          expect(values[move]).toBeNaN();
          continue;
        }
        position.play(move);
        const expected = 0 - minimax(position, depth - 1, arbitrary);
        expect(values[move]).toBeCloseTo(Math.max(-1, Math.min(1, expected)), 12);
        position.undo();
      }
    }
  });
});

/** How often a searcher finds an optimal move in positions where not every move is. */
async function optimalRate(choose: (position: Position, i: number) => Promise<number> | number) {
  const random = new Random(keyOf(3));
  let right = 0;
  let all = 0;
  while (all < 60) {
    const position = middle(random, 6 + (all % 6));
    const optimal = solution.optimalMoves(position);
    if (optimal.length === position.moves().length) continue;
    all++;
    if (optimal.includes(await choose(position, all))) right++;
  }
  return right / all;
}

describe("UCT", () => {
  it("finds optimal moves, the more the longer it searches", async () => {
    const rate = (simulations: number) =>
      optimalRate(
        (position, i) =>
          uct(small, position, { simulations, random: new Random(split(keyOf(4), i)) }).move,
      );
    const [few, many] = [await rate(10), await rate(3000)];
    expect(many).toBeGreaterThan(0.9);
    expect(few).toBeLessThan(many);
  });

  it("spends its simulations on legal moves, and leaves the position as it was", () => {
    const position = small.start("x..../o..../x..../o....");
    const text = position.text();
    const { visits, value } = uct(small, position, {
      simulations: 500,
      random: new Random(keyOf(5)),
    });
    expect(visits[0]).toBe(0);
    expect(visits.reduce((a, b) => a + b)).toBe(500);
    expect(Math.abs(value)).toBeLessThanOrEqual(1);
    expect(position.text()).toBe(text);
  });

  it("is the same again from the same key", () => {
    const run = () => uct(small, small.start(), { simulations: 300, random: new Random(keyOf(6)) });
    expect(run()).toEqual(run());
  });

  it("sees that it wins at once", () => {
    const { move, value } = uct(ticTacToe, ticTacToe.start("xx./oo./..."), {
      simulations: 500,
      random: new Random(keyOf(7)),
    });
    expect(move).toBe(2);
    expect(value).toBeGreaterThan(0.9);
  });
});

describe("PUCT", () => {
  const exactly = (position: Position): Evaluation => ({
    priors: new Array(small.moves).fill(1),
    value: solution.solve(position).value,
  });

  it("plays perfectly where leaves are valued exactly", async () => {
    const rate = await optimalRate(
      async (position) =>
        (await puct(small, position, (leaves) => leaves.map(exactly), { simulations: 200 })).move,
    );
    expect(rate).toBe(1);
  });

  it("finds optimal moves with values of playouts, in batches", async () => {
    const random = new Random(keyOf(8));
    const evaluate = (leaves: readonly Position[]) =>
      leaves.map((leaf) => ({
        priors: new Array(small.moves).fill(1),
        value: forMover(leaf.playout(random).outcome, leaf.player),
      }));
    const rate = await optimalRate(
      async (position) =>
        (await puct(small, position, evaluate, { simulations: 3000, batch: 16 })).move,
    );
    expect(rate).toBeGreaterThan(0.9);
  });

  it("follows its priors where values say nothing", async () => {
    const evaluate = (leaves: readonly Position[]) =>
      leaves.map(() => ({ priors: [0.1, 0.1, 0.6, 0.1, 0.1], value: 0 }));
    const { visits, move } = await puct(small, small.start(), evaluate, { simulations: 100 });
    expect(move).toBe(2);
    expect(visits[2]).toBeGreaterThan(50);
  });

  it("visits as the formula says, worked out by hand", () => {
    const search = new PuctSearch(ticTacToe, ticTacToe.start("xxo/oxo/x.."), { exploration: 1 });
    const [root] = search.leaves(1);
    expect(root!.moves()).toEqual([7, 8]);
    const priors = new Array(9).fill(0);
    priors[7] = 3;
    priors[8] = 1;
    search.update([{ priors, value: 0 }]);
    // Bounds are sqrt(1) * 3/4 and 1/4: square 7 first. It is worth 0.5 to x, so Q = -0.5.
    const [leaf] = search.leaves(1);
    expect(leaf!.text()).toBe("xxo/oxo/xo.");
    search.update([{ priors: new Array(9).fill(1), value: 0.5 }]);
    // Now -0.5 + sqrt(2) * 0.75 / 2 = 0.03 against sqrt(2) / 4 = 0.35: square 8, which wins at once.
    expect(search.leaves(1)).toEqual([]);
    expect(search.result()).toMatchObject({ value: (0 - 0.5 + 1) / 3 });
    expect([...search.result().visits]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1]);
  });

  it("hands out no leaf twice, and takes back what it took in advance", () => {
    const search = new PuctSearch(small, small.start());
    expect(search.leaves(8)).toHaveLength(1);
    search.update([uniformEvaluation(small)]);
    const leaves = search.leaves(8);
    expect(new Set(leaves.map((leaf) => leaf.key())).size).toBe(leaves.length);
    expect(leaves).toHaveLength(5);
    expect(search.simulations).toBe(1);
    expect(() => search.leaves(1)).toThrow("still wait");
    expect(() => search.update([])).toThrow("5 leaves wait for evaluation, but 0 came");
    search.update(leaves.map(() => uniformEvaluation(small)));
    expect(search.simulations).toBe(6);
    expect([...search.result().visits]).toEqual([1, 1, 1, 1, 1]);
    expect([...search.result().values]).toEqual([0, 0, 0, 0, 0]);
  });

  it("ends where the game is over", async () => {
    const over = ticTacToe.start("xxx/oo./...");
    const result = await puct(ticTacToe, over, () => [], { simulations: 10 });
    expect(result).toMatchObject({ move: -1, value: -1 });
  });

  it("mixes noise into the priors of the root only", async () => {
    const noisy = { concentration: 0.3, share: 0.5, random: new Random(keyOf(9)) };
    const evaluate = (leaves: readonly Position[]) => leaves.map(() => uniformEvaluation(small));
    const run = (noise?: typeof noisy) =>
      puct(small, small.start(), evaluate, { simulations: 200, ...(noise ? { noise } : {}) });
    expect((await run(noisy)).visits).not.toEqual((await run()).visits);
  });
});

it("draws Dirichlet noise with the moments that it has", () => {
  // Mean 1/n, variance (n - 1) / (n^2 (n a + 1)).
  const random = new Random(keyOf(10));
  for (const concentration of [0.3, 2]) {
    const first = Array.from({ length: 20_000 }, () => gammaNoise(5, concentration, random)[0]!);
    const mean = first.reduce((a, b) => a + b) / first.length;
    const variance = first.reduce((a, b) => a + (b - mean) ** 2, 0) / first.length;
    expect(Math.abs(mean - 0.2)).toBeLessThan(0.01);
    expect(variance / (4 / (25 * (5 * concentration + 1)))).toBeCloseTo(1, 1);
  }
});

/** Plays one game; whoever `first` is moves first. Used to see that a searcher beats a random player. */
function match(game: Game, choose: readonly ((position: Position) => number)[]): number {
  const position = game.start();
  while (position.outcome === undefined) position.play(choose[position.player]!(position));
  return position.outcome;
}

it("beats a random player at connect four", () => {
  const random = new Random(keyOf(11));
  const game = connectFour();
  const searcher = (position: Position) => uct(game, position, { simulations: 200, random }).move;
  const chance = (position: Position) => {
    const moves = position.moves();
    return moves[random.integer(moves.length)]!;
  };
  let score = 0;
  for (let i = 0; i < 10; i++)
    score += i % 2 === 0 ? match(game, [searcher, chance]) : -match(game, [chance, searcher]);
  expect(score).toBeGreaterThanOrEqual(8);
});
