/** Players that share one network and differ in how much they search when they move. */
import type { Random } from "../../core/index.ts";
import { forMover, lookAhead, type Position, PuctSearch } from "../../tasks/index.ts";
import { bestByPriors, type PolicyValue } from "./policy-value.ts";

/** Chooses a legal move in each of many positions, none of which is over. */
export type Player = (positions: readonly Position[]) => Promise<number[]>;

/** Plays what the policy likes best. */
export const reactive =
  (network: PolicyValue): Player =>
  async (positions) => {
    const thought = await network.evaluate(positions);
    return positions.map((position, i) => bestByPriors(position, thought[i]!));
  };

/** Looks every line of play through to a depth, values leaves by the network, and breaks ties by its policy. */
export const byDepth =
  (network: PolicyValue, depth: number): Player =>
  async (positions) => {
    const thought = await network.evaluate(positions);
    const chosen: number[] = [];
    for (const [i, position] of positions.entries()) {
      const { moves } = network.game;
      const values = await lookAhead(position, moves, depth, (leaves) => network.values(leaves));
      const { priors } = thought[i]!;
      const better = (a: number, b: number) =>
        values[a]! > values[b]! || (values[a] === values[b] && priors[a]! > priors[b]!);
      chosen.push(position.moves().reduce((best, move) => (better(move, best) ? move : best)));
    }
    return chosen;
  };

/** Monte-Carlo tree search guided by the network's policy and value; all positions are searched in step. */
export const byTreeSearch =
  (network: PolicyValue, simulations: number): Player =>
  async (positions) => {
    const searches = positions.map((position) => new PuctSearch(network.game, position));
    await searched(network, searches, simulations);
    return searches.map((search) => search.result().move);
  };

/** Runs searches in step, with one evaluation for the leaves of all of them. */
export async function searched(
  network: PolicyValue,
  searches: readonly PuctSearch[],
  simulations: number,
): Promise<void> {
  for (;;) {
    const going = searches.filter((search) => search.simulations < simulations);
    if (going.length === 0) return;
    const waiting = going.map((search) => ({ search, leaves: search.leaves(1) }));
    const thought = await network.evaluate(waiting.flatMap(({ leaves }) => leaves));
    let next = 0;
    for (const { search, leaves } of waiting) {
      if (leaves.length > 0) search.update(thought.slice(next, next + leaves.length));
      next += leaves.length;
    }
  }
}

/**
 * What `first` scores against `second`, 1 for a win and a half for a draw, over games from openings of two random
 * moves, each played from both sides.
 */
export async function match(
  game: PolicyValue["game"],
  first: Player,
  second: Player,
  openings: number,
  random: Random,
): Promise<number> {
  const games: { position: Position; side: 0 | 1 }[] = [];
  while (games.length < 2 * openings) {
    const position = game.start();
    for (let ply = 0; ply < 2; ply++) {
      const moves = position.moves();
      position.play(moves[random.integer(moves.length)]!);
    }
    games.push({ position, side: 0 }, { position: position.copy(), side: 1 });
  }
  for (;;) {
    const going = games.filter(({ position }) => position.outcome === undefined);
    if (going.length === 0) break;
    for (const [player, mine] of [
      [first, true],
      [second, false],
    ] as const) {
      const turn = going.filter(
        ({ position, side }) =>
          position.outcome === undefined && (position.player === side) === mine,
      );
      if (turn.length === 0) continue;
      const chosen = await player(turn.map(({ position }) => position));
      turn.forEach(({ position }, i) => {
        position.play(chosen[i]!);
      });
    }
  }
  const scores = games.map(({ position, side }) => (forMover(position.outcome!, side) + 1) / 2);
  return scores.reduce((a, b) => a + b) / games.length;
}
