/** What the losses along a path say about it. */
import { pathMonotonicity } from "../programs/index.ts";

/** Evenly spaced places from 0 to 1, both included. */
export const placesOf = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => i / (count - 1));

/**
 * How far the loss rises over the straight line between its ends, at evenly spaced places: the largest of
 * L(t) - ((1 - t) L(0) + t L(1)). Frankle et al. 2020 (arXiv 1912.05671), section 2, with the line for the mean of both
 * ends as Entezari et al. 2022 (arXiv 2110.06296), definition 2.1. Never below 0, which it is at the ends.
 */
export function barrierOf(losses: readonly number[]): number {
  const [first, last] = [losses[0]!, losses.at(-1)!];
  return Math.max(
    ...placesOf(losses.length).map((t, i) => losses[i]! - ((1 - t) * first + t * last)),
  );
}

/** Share of moves that do not raise the loss, and the highest climb above the lowest loss before. */
export function descentOf(losses: readonly number[]): {
  readonly monotonicity: number;
  readonly climb: number;
} {
  const { share, dip } = pathMonotonicity(losses.map((loss) => -loss));
  return { monotonicity: share, climb: dip };
}
