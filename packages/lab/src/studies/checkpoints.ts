/** Points of training at which a learner is measured. */

/** `count` numbers of updates, each twice the one before, ending at `updates`. */
export function checkpointsOf(updates: number, count: number): number[] {
  const points = new Set<number>();
  for (let i = count - 1; i >= 0; i--) points.add(Math.max(1, Math.round(updates / 2 ** i)));
  return [...points];
}
