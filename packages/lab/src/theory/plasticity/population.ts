/** Fixed and plastic organisms together, without chance: shares of a population that is infinitely large. */
import { type FixedStrategies, type NervousSystem, retention } from "./balance.ts";

export interface MixedPopulation extends FixedStrategies, NervousSystem {
  /** Probability that a child has a nervous system where its parent has none, or the other way round. */
  readonly switching: number;
}

/**
 * Share of plastic organisms after so many seasons, begun with fixed ones whose every answer is good. Answers and
 * nervous systems recombine freely, so that both kinds share one pool of answers, which is selected less the more
 * organisms can do without a good one (Hinton and Nowlan 1987; shielding: Ancel 2000).
 * @returns the mean over the last quarter of the seasons.
 */
export function expectedPlasticShare(
  model: MixedPopulation,
  environments: number,
  seasons: number,
): number {
  const { base, gain, cost, recovered, switching, choices } = model;
  const kept = retention(model);
  // Shares of good answers, environment by environment; season t is that of environment t modulo E.
  const tuned = new Float64Array(environments).fill(1);
  let plastic = 0;
  let sum = 0;
  const from = Math.floor(0.75 * seasons);
  for (let season = 0; season < seasons; season++) {
    if (season >= from) sum += plastic;
    const e = season % environments;
    const p = tuned[e]!;
    const good = base + gain - cost * plastic;
    const wrong = base + (gain * recovered - cost) * plastic;
    const mean = p * good + (1 - p) * wrong;
    tuned[e] = (p * good) / mean;
    const chosen = (plastic * (base - cost + gain * (p + recovered * (1 - p)))) / mean;
    plastic = chosen * (1 - switching) + (1 - chosen) * switching;
    for (let i = 0; i < environments; i++)
      tuned[i] = 1 / choices + kept * (tuned[i]! - 1 / choices);
  }
  return sum / (seasons - from);
}
