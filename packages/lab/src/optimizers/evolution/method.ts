/**
 * The contract of a method that improves a vector by asking for candidates and being told what they are worth. Methods
 * are pure: what is drawn depends on the key alone, and the state goes in and comes out.
 */
import type { Key } from "../../core/index.ts";

/** Everything that a method remembers between generations, as named arrays of numbers. */
export type EvolutionState = Readonly<Record<string, Float64Array>>;

/** A candidate: of the precision that its method keeps; networks take float32. */
export type Vector = Float64Array | Float32Array;

export interface EvolutionMethod<V extends Vector = Vector> {
  /** Candidates of a generation. */
  readonly population: number;
  /** The state before the first generation, for vectors of the length of `start`. */
  initial(start: Float64Array): EvolutionState;
  /** The candidates of the next generation. */
  ask(state: EvolutionState, key: Key): readonly V[];
  /** The state once it is known what those candidates are worth: more is better, and what is no number is worst. */
  tell(state: EvolutionState, candidates: readonly V[], scores: ArrayLike<number>): EvolutionState;
  /** The vector that the method would settle on now. */
  answer(state: EvolutionState): Float64Array;
}

/** Places of the scores from the best to the worst; equal ones in their order. */
export function ranking(scores: ArrayLike<number>): number[] {
  const worth = (i: number) => {
    const score = scores[i]!;
    return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
  };
  return Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => {
    const [one, other] = [worth(a), worth(b)];
    return one === other ? a - b : one > other ? -1 : 1;
  });
}

/** A vector whose elements are `start` plus `deviation` times a standard normal each. */
export function scatter(
  start: Float64Array,
  deviation: number,
  normal: () => number,
): Float64Array {
  const out = new Float64Array(start.length);
  for (let i = 0; i < out.length; i++) out[i] = start[i]! + deviation * normal();
  return out;
}
