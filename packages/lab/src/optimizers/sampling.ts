/** Draws actions from logits. */
import type { Random } from "../core/index.ts";

/**
 * One action a row, drawn from the softmax of `logits` `[rows, actions]`; one uniform draw a row, by inversion.
 * @param into receives the actions from `offset` on.
 */
export function sampleActions(
  logits: Float32Array,
  actions: number,
  rows: number,
  random: Random,
  into: Int32Array,
  offset: number,
): void {
  const weights = new Float64Array(actions);
  for (let row = 0; row < rows; row++) {
    const base = row * actions;
    let largest = Number.NEGATIVE_INFINITY;
    for (let a = 0; a < actions; a++) largest = Math.max(largest, logits[base + a]!);
    let total = 0;
    for (let a = 0; a < actions; a++) {
      total += Math.exp(logits[base + a]! - largest);
      weights[a] = total;
    }
    const u = random.uniform() * total;
    let action = 0;
    while (action < actions - 1 && u >= weights[action]!) action++;
    into[offset + row] = action;
  }
}
