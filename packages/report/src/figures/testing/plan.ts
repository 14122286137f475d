/** A maze of 2 by 2 cells with a plan that forms in two ticks, written down by hand. */
import type { PlanStrip } from "@mesascope/lab/studies";

// S.#    cells at odd places; the way goes down, then right.
const walls = [1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1];
const heat = (at: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: 25 }, (_, pixel) => at[pixel] ?? 0);

/** With one answer at once where `most` is left out. */
export const syntheticPlan = (most: number | undefined = 2): PlanStrip => ({
  ...{ height: 5, width: 5, walls, start: 6, goal: 18, ticks: [1, 2] },
  rows: [
    {
      title: "Recurrent convolution",
      note: "right from tick 2 on",
      planes: [
        heat({ 6: 0.9, 11: 0.55, 16: 0.3, 8: 0.01 }),
        heat({ 6: 1, 11: 1, 16: 1, 17: 0.98, 18: 1 }),
      ],
    },
    {
      title: "Breadth-first search",
      note: "at the goal after 2",
      planes: [
        heat({ 6: 0.4, 11: 0.4, 16: 1 }),
        heat({ 6: 0.4, 11: 0.4, 16: 0.4, 17: 0.4, 18: 1 }),
      ],
    },
    {
      title: "Dead-end filling",
      note: "nothing left to fill after 1",
      planes: [undefined, heat({ 8: 1 })],
    },
  ],
  most,
  solvedAt: 2,
});
