/** Cliff's delta: how often one sample exceeds the other, whatever the unit. */

/**
 * Pr(to > from) - Pr(to < from) over all pairs, from -1 to 1; NaN when a side is empty
 * (Cliff 1993, "Dominance statistics").
 */
export function cliffsDelta(from: readonly number[], to: readonly number[]): number {
  let dominance = 0;
  for (const a of from) for (const b of to) dominance += Math.sign(b - a);
  return dominance / (from.length * to.length);
}
