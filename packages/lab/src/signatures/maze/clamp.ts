/** Moves what a linear probe reads at a cell, along the probe's own direction. */
import type { LogisticModel } from "../../stats/index.ts";
import { normOf } from "./random-directions.ts";
import type { MazeView } from "./view.ts";

/** A state `[batch, channels, pixels]` as a probe of single cells sees it. */
export interface ProbedState {
  readonly state: Float32Array;
  readonly view: MazeView;
  readonly channels: number;
  readonly model: LogisticModel;
}

/** Log odds that the probe gives a cell. */
export function oddsAt(
  { state, view, channels, model }: ProbedState,
  maze: number,
  cell: number,
): number {
  const area = view.height * view.width;
  let sum = model.intercept;
  for (let c = 0; c < channels; c++)
    sum += model.weights[c]! * state[(maze * channels + c) * area + view.pixels[cell]!]!;
  return sum;
}

/** The least and the greatest log odds of a maze's cells. */
export function oddsRange(probed: ProbedState, maze: number): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let cell = 0; cell < probed.view.pixels.length; cell++) {
    const odds = oddsAt(probed, maze, cell);
    low = Math.min(low, odds);
    high = Math.max(high, odds);
  }
  return { low, high };
}

/** Sets the log odds of a cell, changing nothing across the probe's direction; gives the length of the change. */
export function setOdds(probed: ProbedState, maze: number, cell: number, odds: number): number {
  const { state, view, channels, model } = probed;
  const area = view.height * view.width;
  const length = normOf(model.weights);
  if (length === 0) return 0;
  const step = (odds - oddsAt(probed, maze, cell)) / length ** 2;
  for (let c = 0; c < channels; c++)
    state[(maze * channels + c) * area + view.pixels[cell]!]! += step * model.weights[c]!;
  return Math.abs(step) * length;
}
