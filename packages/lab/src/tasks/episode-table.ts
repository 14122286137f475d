/** The states of a batch of episodes that run in lockstep. */
import {
  type DecisionBatch,
  type EpisodeOptions,
  type EpisodicRules,
  Random,
  split,
} from "../core/index.ts";

/** States, and buffers that are reused from step to step. */
export class EpisodeTable<I, S> {
  readonly actions: Int32Array;
  readonly rewards: Float32Array;
  /** 1 where the last step was taken. */
  readonly mask: Float32Array;
  /** Episodes that have not ended. */
  running: number;
  readonly #rules: EpisodicRules<I, S>;
  readonly #instances: readonly I[];
  readonly #states: S[];
  /** States as observed: the same array where feedback is given. */
  readonly #observed: S[];
  readonly #removed: boolean;
  readonly #answers: readonly I[] | undefined;
  readonly #noise: Random;
  readonly #buffer: Float32Array;
  #written = false;

  constructor(rules: EpisodicRules<I, S>, instances: readonly I[], options: EpisodeOptions<I>) {
    const feedback = options.feedback ?? { kind: "given" };
    const batch = instances.length;
    this.#rules = rules;
    this.#instances = instances;
    this.#noise = new Random(split(options.key, "environment"));
    this.#removed = feedback.kind === "removed";
    this.#answers = feedback.kind === "swapped" ? feedback.answers : undefined;
    if (this.#answers && this.#answers.length !== batch)
      throw new RangeError(`${this.#answers.length} swapped answers for ${batch} instances`);
    this.#states = instances.map((instance) => rules.initial(instance));
    this.#observed =
      feedback.kind === "given"
        ? this.#states
        : (this.#answers ?? instances).map((i) => rules.initial(i));
    this.running = this.#states.filter((state) => !rules.terminated(state)).length;
    this.actions = new Int32Array(batch);
    this.rewards = new Float32Array(batch);
    this.mask = new Float32Array(batch);
    this.#buffer = new Float32Array(batch * rules.observationSize);
    this.show();
  }

  decisions(step: number): DecisionBatch<S> {
    return {
      step,
      size: this.#instances.length,
      states: this.#observed,
      observations: () => this.observations(),
    };
  }

  /** `[batch, observationSize]`, written on first use. */
  observations(): Float32Array {
    if (!this.#written) {
      const { observationSize } = this.#rules;
      for (let episode = 0; episode < this.#instances.length; episode++)
        this.#rules.observe(
          this.#instances[episode]!,
          this.#observed[episode]!,
          this.#buffer,
          episode * observationSize,
        );
      this.#written = true;
    }
    return this.#buffer;
  }

  /** Takes one step in every episode that has not ended. */
  advance(chosen: Int32Array): void {
    const rules = this.#rules;
    const answers = this.#answers;
    for (let episode = 0; episode < this.#instances.length; episode++) {
      const noise = this.#noise.uniform();
      const state = this.#states[episode]!;
      if (rules.terminated(state)) {
        this.mask[episode] = this.rewards[episode] = this.actions[episode] = 0;
        continue;
      }
      const action = chosen[episode]!;
      if (!(action >= 0 && action < rules.actions))
        throw new RangeError(
          `the policy answered ${action}, which is none of ${rules.actions} actions`,
        );
      const next = rules.transition(this.#instances[episode]!, state, action, noise);
      this.#states[episode] = next;
      if (answers)
        this.#observed[episode] = rules.transition(
          answers[episode]!,
          this.#observed[episode]!,
          action,
          noise,
        );
      this.mask[episode] = 1;
      this.actions[episode] = action;
      this.rewards[episode] = rules.reward(next);
      if (rules.terminated(next)) this.running--;
    }
  }

  /** Makes the states after a step those observed next. */
  show(): void {
    this.#written = false;
    if (this.#removed)
      for (let episode = 0; episode < this.#states.length; episode++)
        this.#observed[episode] = this.#rules.conceal(this.#states[episode]!);
  }
}
