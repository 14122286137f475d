/** Random search: candidates that nothing learned so far directs, and the best of them is kept. */
import type { EvolutionMethod } from "./method.ts";
import { ranking, scatter } from "./method.ts";
import { normals } from "./normals.ts";

export interface RandomSearchOptions {
  readonly population: number;
  /** Standard deviation of each parameter around its initial value. */
  readonly deviation: number;
}

/**
 * Independent draws around the start. What is kept is the candidate that ever scored most: where scores are noisy, its
 * score is that of a lucky one.
 */
export function randomSearch({
  population,
  deviation,
}: RandomSearchOptions): EvolutionMethod<Float64Array> {
  return {
    population,
    initial: (start) => ({
      start: start.slice(),
      best: start.slice(),
      score: Float64Array.of(Number.NEGATIVE_INFINITY),
    }),
    ask(state, key) {
      const normal = normals(key);
      return Array.from({ length: population }, () => scatter(state["start"]!, deviation, normal));
    },
    tell(state, candidates, scores) {
      const first = ranking(scores)[0]!;
      if (!(scores[first]! > state["score"]![0]!)) return state;
      return { ...state, best: candidates[first]!, score: Float64Array.of(scores[first]!) };
    },
    answer: (state) => state["best"]!,
  };
}
