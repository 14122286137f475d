/** Rules of the keyed bandit as pure functions. */
import type { EpisodicRules } from "../../core/index.ts";
import type { BanditInstance } from "./instance.ts";
import type { BanditParameters } from "./parameters.ts";

/** State within an episode: all that the environment remembers, and all that is observed beside the key. */
export interface BanditState {
  /** Steps taken. */
  readonly step: number;
  /** The last action; -1 at the start. */
  readonly action: number;
  /** The last reward, 0 or 1; 0 at the start. */
  readonly reward: number;
}

const start: BanditState = { step: 0, action: -1, reward: 0 };

/** The eight values -1 or +1 of each byte: copying them is twice as fast as taking bits apart one by one. */
const signs = Float32Array.from({ length: 256 * 8 }, (_, i) =>
  ((i >> 3) >> (i & 7)) & 1 ? 1 : -1,
);

/** Writes the key as `bits` values of -1 or +1. */
function writeKey(key: readonly number[], bits: number, out: Float32Array, offset: number): void {
  let bit = 0;
  for (; bit + 8 <= bits; bit += 8) {
    const from = ((key[bit >> 5]! >>> (bit & 31)) & 255) << 3;
    const to = offset + bit;
    out[to] = signs[from]!;
    out[to + 1] = signs[from + 1]!;
    out[to + 2] = signs[from + 2]!;
    out[to + 3] = signs[from + 3]!;
    out[to + 4] = signs[from + 4]!;
    out[to + 5] = signs[from + 5]!;
    out[to + 6] = signs[from + 6]!;
    out[to + 7] = signs[from + 7]!;
  }
  for (; bit < bits; bit++) out[offset + bit] = (key[bit >> 5]! >>> (bit & 31)) & 1 ? 1 : -1;
}

/** The rules; observation: key (K), last action one-hot (A, zeros at the start), last reward (1). */
export function banditRules(
  parameters: BanditParameters,
): EpisodicRules<BanditInstance, BanditState> {
  const { arms, steps, keyBits, best, others } = parameters;
  const rewardAt = keyBits + arms;
  const pays = (instance: BanditInstance, action: number) =>
    action === instance.arm ? best : others;
  return {
    observation: [
      { name: "key", offset: 0, size: keyBits, role: "instance" },
      { name: "action", offset: keyBits, size: arms, role: "action" },
      { name: "reward", offset: rewardAt, size: 1, role: "feedback" },
    ],
    observationSize: rewardAt + 1,
    actions: arms,
    horizon: steps,
    initial: () => start,
    transition: (instance, state, action, noise) => ({
      step: state.step + 1,
      action,
      reward: noise < pays(instance, action) ? 1 : 0,
    }),
    observe(instance, state, out, offset) {
      writeKey(instance.key, keyBits, out, offset);
      // A loop: for this few values a call of fill costs as much as the rest of the step.
      for (let i = offset + keyBits; i < offset + rewardAt; i++) out[i] = 0;
      if (state.action >= 0) out[offset + keyBits + state.action] = 1;
      out[offset + rewardAt] = state.reward;
    },
    reward: (state) => state.reward,
    terminated: (state) => state.step >= steps,
    conceal: (state) => (state.reward === 0 ? state : { ...state, reward: 0 }),
    pays,
  };
}
