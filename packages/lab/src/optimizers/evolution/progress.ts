/** A method in the course of training: its state, the candidates of the generation at hand, and how both are kept. */
import { type Key, type NamedArrays, split } from "../../core/index.ts";
import type { EvolutionMethod, EvolutionState, Vector } from "./method.ts";
import { stackVectors } from "./stacked-graph.ts";

export class Progress {
  readonly #method: EvolutionMethod;
  readonly #key: Key;
  #state: EvolutionState;
  #generation = 0;
  #candidates: readonly Vector[] | undefined;
  #stacked: Float32Array | undefined;

  constructor(method: EvolutionMethod, start: Float64Array, key: Key) {
    this.#method = method;
    this.#key = key;
    this.#state = method.initial(start);
  }

  /** Generations told. */
  get generation(): number {
    return this.#generation;
  }

  /** The vector that the method would settle on now. */
  get answer(): Float64Array {
    return this.#method.answer(this.#state);
  }

  /** The vectors of the generation at hand, `[population, size]`: they depend on the state and the key alone. */
  get stacked(): Float32Array {
    this.#candidates ??= this.#method.ask(this.#state, split(this.#key, "ask", this.#generation));
    this.#stacked ??= stackVectors(this.#candidates);
    return this.#stacked;
  }

  /** Ends the generation; gives diagnostics. */
  tell(scores: Float64Array): Record<string, number> {
    this.stacked;
    this.#state = this.#method.tell(this.#state, this.#candidates!, scores);
    this.#generation++;
    this.#candidates = undefined;
    this.#stacked = undefined;
    const sigma = this.#state["sigma"]?.[0];
    return {
      meanScore: scores.reduce((a, b) => a + b, 0) / scores.length,
      bestScore: Math.max(...scores),
      ...(sigma === undefined ? {} : { stepSize: sigma }),
    };
  }

  /** Two words for each number: float32 would round it. */
  snapshot(): NamedArrays {
    const words = (data: Float64Array) => new Int32Array(data.slice().buffer);
    const entries = Object.entries(this.#state).map(
      ([name, data]) => [`state.${name}`, { shape: [data.length, 2], data: words(data) }] as const,
    );
    return {
      ...Object.fromEntries(entries),
      generation: { shape: [1], data: Int32Array.of(this.#generation) },
    };
  }

  restore(snapshot: NamedArrays): void {
    this.#state = Object.fromEntries(
      Object.keys(this.#state).map((name) => {
        const { data } = snapshot[`state.${name}`]!;
        return [name, new Float64Array((data as Int32Array).slice().buffer)];
      }),
    );
    this.#generation = (snapshot["generation"]!.data as Int32Array)[0]!;
    this.#candidates = undefined;
    this.#stacked = undefined;
  }
}
