/** Rate bits of scores that were played, against the chance of the instances that they were played on. */
import type { DiscreteDistribution, EpisodicTask } from "../core/index.ts";
import { mean, meanInterval } from "../stats/index.ts";
import { rateBits, rateBitsOver, tailBits } from "../theory/index.ts";
import { type Bits, level } from "./bits.ts";

/** Mixture of the chance distributions of all measured instances. */
export function chanceOf(
  chance: EpisodicTask["chance"],
  instances: readonly unknown[],
): DiscreteDistribution {
  const mass = new Map<number, number>();
  for (const instance of instances) {
    const { values, probabilities } = chance(instance);
    for (let i = 0; i < values.length; i++)
      mass.set(values[i]!, (mass.get(values[i]!) ?? 0) + probabilities[i]! / instances.length);
  }
  const values = Float64Array.from([...mass.keys()].sort((a, b) => a - b));
  return { values, probabilities: values.map((value) => mass.get(value)!) };
}

export interface RateBits extends Bits {
  /** The older form: the mean of -log2 Pr(S >= s). */
  readonly tail: number;
}

/** Rate bits of the mean total; the interval is the mean's t interval, carried through the monotone map. */
export function bitsOf(scores: Float64Array, chance: DiscreteDistribution): RateBits {
  const values = [...scores];
  const last = chance.values.length - 1;
  const within = (total: number) =>
    Math.min(chance.values[last]!, Math.max(chance.values[0]!, total));
  return {
    bits: rateBits(within(mean(values)), chance),
    interval: rateBitsOver(meanInterval(values, level), chance),
    tail: tailBits(values, chance),
  };
}
