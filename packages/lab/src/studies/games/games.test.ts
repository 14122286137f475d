import { describe, expect, it } from "vitest";
import { InputError, keyOf, parseParameters, Random } from "../../core/index.ts";
import {
  allLabelled,
  byDepth,
  byTreeSearch,
  dqnLookahead,
  drawPositions,
  labelled,
  match,
  type Player,
  PolicyValue,
  QNetwork,
  reactive,
  rulesAgainstSearch,
  solvedGame,
} from "./index.ts";

const tiny = { width: 16, layers: 1, batch: 16, learningRate: 0.01, key: keyOf(3) };
const ticTacToe = solvedGame("tic-tac-toe");

describe("labelled positions", () => {
  it("know the moves that keep a value", () => {
    // x to move wins in the third column of the first row.
    const position = ticTacToe.game.start();
    for (const move of [0, 3, 1, 4]) position.play(move);
    const known = labelled(position, ticTacToe.solution)!;
    expect(known).toMatchObject({ value: 1, plies: 1 });
    expect(known.optimal).toContain(2);
    expect(known.optimal.length).toBeLessThan(position.moves().length);
  });

  it("of tic-tac-toe are fewer than its 4,520 positions that go on, and in none is every move as good", () => {
    // 5,478 positions of which 958 have ended (a standard count).
    const all = allLabelled(ticTacToe.game, ticTacToe.solution);
    expect(all.length).toBeLessThan(4520);
    expect(all.length).toBeGreaterThan(1000);
    for (const { position, optimal } of all) {
      const values = position.moves().map((move) => {
        position.play(move);
        const value =
          position.outcome === undefined ? -ticTacToe.solution.solve(position).value : 1;
        const drawn = position.outcome === 0;
        position.undo();
        return drawn ? 0 : value;
      });
      const best = Math.max(...values);
      expect(values.some((value) => value < best)).toBe(true);
      expect(position.moves().filter((_, i) => values[i] === best)).toEqual(optimal);
    }
  });

  it("of the two parts share no image", () => {
    const { training, heldOut } = drawPositions("tic-tac-toe", keyOf(1), {
      training: 200,
      heldOut: 60,
    });
    expect([training.length, heldOut.length]).toEqual([200, 60]);
    const names = new Set(training.map(({ position }) => position.canonicalKey()));
    for (const { position } of heldOut) expect(names.has(position.canonicalKey())).toBe(false);
  });
});

describe("players over one network", () => {
  it("win what can be won at once by any look-ahead, whatever the network thinks", async () => {
    const network = await PolicyValue.create(ticTacToe.game, tiny);
    const position = ticTacToe.game.start();
    for (const move of [0, 3, 1, 4]) position.play(move);
    expect(await byDepth(network, 1)([position])).toEqual([2]);
    expect(await byDepth(network, 3)([position.copy()])).toEqual([2]);
    expect(await byTreeSearch(network, 200)([position, position.copy()])).toEqual([2, 2]);
  });

  it("look to the end of tic-tac-toe and never lose", async () => {
    const network = await PolicyValue.create(ticTacToe.game, tiny);
    const perfect: Player = async (positions) =>
      positions.map((position) => ticTacToe.solution.fastestMoves(position)[0]!);
    const even = await match(ticTacToe.game, perfect, perfect, 6, new Random(keyOf(4)));
    const other = await match(ticTacToe.game, perfect, reactive(network), 6, new Random(keyOf(4)));
    // The opening may be lost for either side; both sides are played, so that equals share alike.
    expect(even).toBe(0.5);
    expect(other).toBeGreaterThanOrEqual(0.5);
  });

  it("learn a single lesson", async () => {
    const network = await PolicyValue.create(ticTacToe.game, tiny);
    const position = ticTacToe.game.start();
    const policy = Float32Array.from({ length: 9 }, (_, move) => Number(move === 4));
    const lessons = Array.from({ length: 16 }, () => ({ position, policy, value: -0.5 }));
    for (let update = 0; update < 150; update++) await network.update(lessons);
    const [thought] = await network.evaluate([position]);
    expect(await reactive(network)([position])).toEqual([4]);
    expect(thought!.value).toBeCloseTo(-0.5, 1);
  });
});

describe("a Q-network", () => {
  it("with one tick is the one with a layer, and more ticks change it", async () => {
    const options = { ...tiny, layers: 1, ticks: 1 };
    const network = await QNetwork.create(ticTacToe.game, options);
    const position = ticTacToe.game.start();
    const [once] = await network.think([position]);
    const [same] = await (await network.withTicks(1))([position]);
    const [more] = await (await network.withTicks(3))([position]);
    expect(same!.values).toEqual(once!.values);
    expect(more!.values).not.toEqual(once!.values);
  });

  it("moves the value of the move that was made to its target", async () => {
    const network = await QNetwork.create(ticTacToe.game, { ...tiny, layers: 2, ticks: 1 });
    const position = ticTacToe.game.start();
    const lessons = Array.from({ length: 16 }, () => ({ position, move: 4, target: 0.6 }));
    for (let update = 0; update < 200; update++) await network.update(lessons);
    expect((await network.think([position]))[0]!.values[4]).toBeCloseTo(0.6, 1);
  });
});

describe.each([
  [rulesAgainstSearch, { game: "tic-tac-toe", positions: 100, depths: [1], simulations: [8] }],
  [
    rulesAgainstSearch,
    { game: "tic-tac-toe", teacher: "self-play", depths: [1], simulations: [8] },
  ],
  [dqnLookahead, { game: "tic-tac-toe", depth: "ticks", known: 300 }],
] as const)("the experiment", (experiment, given) => {
  const sizes = { width: 16, updates: 40, batch: 16, measured: 40, openings: 2 };
  const parsed = () => {
    const known = Object.keys(
      experiment === dqnLookahead ? { width: 0, updates: 0, batch: 0 } : sizes,
    );
    const own = Object.fromEntries(Object.entries(sizes).filter(([name]) => known.includes(name)));
    return parseParameters(experiment as never, { ...own, ...given }) as never;
  };
  const run = (signal = new AbortController().signal) =>
    experiment.run(parsed(), { key: keyOf(2), signal, report: () => {} });

  it(`${experiment.id} gives the same numbers twice`, async () => {
    const once = await run();
    expect(await run()).toEqual(once);
  });
});

it("refuses games that are not solved", () => {
  expect(() => parseParameters(rulesAgainstSearch, { game: "chess" }, "study")).toThrow(InputError);
});
