/** Distributions of scores made by counting: from all outcomes, or by dynamic programming over states. */
import type { DiscreteDistribution } from "../../core/index.ts";

/** One way that things may go on. */
export interface Move<State> {
  readonly probability: number;
  readonly state: State;
  /** Reward received on the way, in the unit of the score. */
  readonly reward: number;
}

/** A process whose total reward is wanted, e.g. an instance played by the uniformly random policy. */
export interface RewardProcess<State> {
  readonly start: State;
  /** Largest number of moves. */
  readonly horizon: number;
  /** All moves from a state, probabilities summing to 1; none where the process has ended. */
  moves(state: State): Iterable<Move<State>>;
  /** Equal for states from which everything goes on alike. */
  key(state: State): string | number;
}

/**
 * The distribution of a score over weighted outcomes; equal values are put together, impossible ones left out.
 * @throws RangeError when the probabilities are negative or do not sum to 1.
 */
export function enumeratedChance(
  outcomes: Iterable<{ readonly value: number; readonly probability: number }>,
): DiscreteDistribution {
  const sums = new Map<number, number>();
  let total = 0;
  for (const { value, probability } of outcomes) {
    if (!(probability >= 0))
      throw new RangeError(`a probability is at least 0, not ${probability}`);
    total += probability;
    if (probability > 0) sums.set(value, (sums.get(value) ?? 0) + probability);
  }
  if (!(Math.abs(total - 1) < 1e-9))
    throw new RangeError(`the probabilities of the outcomes sum to ${total}, not to 1`);
  const sorted = [...sums].sort(([a], [b]) => a - b);
  return {
    values: Float64Array.from(sorted, ([value]) => value),
    probabilities: Float64Array.from(sorted, ([, probability]) => probability),
  };
}

/**
 * The exact distribution of a process's total reward, forward over (state, total so far): the work is the
 * number of distinct pairs, not of histories.
 * @throws RangeError when the moves from a state do not sum to 1.
 */
export function dynamicChance<State>(process: RewardProcess<State>): DiscreteDistribution {
  type Cell = { readonly state: State; readonly totals: Map<number, number> };
  const ended: { value: number; probability: number }[] = [];
  const end = ({ totals }: Cell) => {
    for (const [value, probability] of totals) ended.push({ value, probability });
  };
  let cells: Cell[] = [{ state: process.start, totals: new Map([[0, 1]]) }];
  for (let step = 0; step < process.horizon && cells.length > 0; step++) {
    const next = new Map<string | number, Cell>();
    for (const cell of cells) {
      const moves = [...process.moves(cell.state)];
      if (moves.length === 0) {
        end(cell);
        continue;
      }
      for (const { probability, state, reward } of moves) {
        const key = process.key(state);
        const into = next.get(key) ?? { state, totals: new Map<number, number>() };
        next.set(key, into);
        for (const [total, weight] of cell.totals)
          into.totals.set(
            total + reward,
            (into.totals.get(total + reward) ?? 0) + weight * probability,
          );
      }
    }
    cells = [...next.values()];
  }
  cells.forEach(end);
  return enumeratedChance(ended);
}
