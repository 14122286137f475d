/** Keyed bandits in which something is out of the ordinary: they change, pay for something else, or show less. */
import type { EpisodicRules, ObservationField } from "../../core/index.ts";
import type { BanditInstance } from "./instance.ts";
import type { BanditParameters } from "./parameters.ts";
import { type BanditState, banditRules } from "./rules.ts";

/** An episode that begins on one bandit and goes on with another. */
export interface Surprise {
  readonly before: BanditInstance;
  readonly after: BanditInstance;
  /** Steps taken when `after` takes the place of `before`; never where it is the horizon or more. */
  readonly change: number;
}

/** The rules of episodes with a surprise, which no observation announces. */
export function surprisingRules(
  parameters: BanditParameters,
): EpisodicRules<Surprise, BanditState> {
  const rules = banditRules(parameters);
  const current = ({ before, after, change }: Surprise, { step }: BanditState) =>
    step < change ? before : after;
  return {
    ...rules,
    pays: undefined,
    initial: ({ before }) => rules.initial(before),
    transition: (episode, state, action, noise) =>
      rules.transition(current(episode, state), state, action, noise),
    observe: (episode, state, out, offset) =>
      rules.observe(current(episode, state), state, out, offset),
  };
}

/**
 * The rules with the sign of what is shown turned round: every arm shows a 1 but the one that pays. What others go for
 * is then what must be left.
 */
export function negatedRules(
  parameters: BanditParameters,
): EpisodicRules<BanditInstance, BanditState> {
  const rules = banditRules(parameters);
  const at = rules.observation.find(({ role }) => role === "feedback")!.offset;
  return {
    ...rules,
    pays: undefined,
    observe(instance, state, out, offset) {
      rules.observe(instance, state, out, offset);
      if (state.action >= 0) out[offset + at] = 1 - state.reward;
    },
  };
}

/** The rules with only some fields of the observation shown, one after the other; the others are not there at all. */
export function partlyShown<I, S>(
  rules: EpisodicRules<I, S>,
  shown: (field: ObservationField) => boolean,
): EpisodicRules<I, S> {
  const fields = rules.observation.filter(shown);
  let size = 0;
  const observation = fields.map((field) => {
    const moved = { ...field, offset: size };
    size += field.size;
    return moved;
  });
  const whole = new Float32Array(rules.observationSize);
  return {
    ...rules,
    observation,
    observationSize: size,
    observe(instance, state, out, offset) {
      rules.observe(instance, state, whole, 0);
      fields.forEach((field, i) => {
        out.set(
          whole.subarray(field.offset, field.offset + field.size),
          offset + observation[i]!.offset,
        );
      });
    },
  };
}
