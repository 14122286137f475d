/** Random directions of a given length: what every patch along a direction is compared with. */
import { type Key, Random } from "../../core/index.ts";

/** A random direction in `size` dimensions, of length 1, spherically symmetric. */
export function noise(size: number, key: Key): Float64Array {
  const random = new Random(key);
  const direction = Float64Array.from({ length: size }, () => random.normal());
  const length = normOf(direction);
  return direction.map((value) => value / length);
}

/** Euclidean length. */
export function normOf(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares);
}

/** Length of the change from `before` to `after` in one example's stretch of `size` numbers. */
export function perturbation(
  before: Float32Array,
  after: Float32Array,
  example: number,
  size: number,
): number {
  let squares = 0;
  for (let i = example * size; i < (example + 1) * size; i++)
    squares += (after[i]! - before[i]!) ** 2;
  return Math.sqrt(squares);
}
