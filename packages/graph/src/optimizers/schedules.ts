/** Learning rates as functions of the number of the update, counted from 1. */

export type Schedule = (update: number) => number;

/** From `from` to `to` in a straight line over `updates` updates, then constant. */
export const linearSchedule =
  (from: number, to: number, updates: number): Schedule =>
  (update) =>
    from + (to - from) * Math.min(1, (update - 1) / Math.max(1, updates));

/** From `from` to `to` along half a cosine over `updates` updates, then constant (Loshchilov and Hutter 2017). */
export const cosineSchedule =
  (from: number, updates: number, to = 0): Schedule =>
  (update) =>
    to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, (update - 1) / updates)))) / 2;

/** `from` times `factor` after every `every` updates. */
export const stepSchedule =
  (from: number, factor: number, every: number): Schedule =>
  (update) =>
    from * factor ** Math.floor((update - 1) / every);

/** Grows in a straight line over the first `updates` updates to where `then` begins. */
export const warmup =
  (updates: number, then: number | Schedule): Schedule =>
  (update) => {
    const rate = (at: number) => (typeof then === "number" ? then : then(at));
    return update <= updates ? (rate(1) * update) / updates : rate(update - updates);
  };
