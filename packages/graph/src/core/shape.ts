import { check, GraphError } from "./errors.ts";

/** Sizes of a tensor's axes; `[]` is a scalar. */
export type Shape = readonly number[];

/** Number of elements. */
export const size = (shape: Shape): number =>
  shape.reduce((product, length) => product * length, 1);

/** `[2, 3]`, as error messages write shapes. */
export const show = (shape: Shape): string => `[${shape.join(", ")}]`;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/** The shape of `a` and `b` broadcast together as NumPy and ONNX do, or undefined when they do not agree. */
export function broadcast(a: Shape, b: Shape): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const out: number[] = [];
  for (let i = 0; i < rank; i++) {
    const left = a[a.length - rank + i] ?? 1;
    const right = b[b.length - rank + i] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    out.push(left === 1 ? right : left);
  }
  return out;
}

/** Axis as an index in `0..rank-1`; negative axes count from the end. Throws naming `operation`. */
export function normalizeAxis(operation: string, axis: number, shape: Shape): number {
  const index = axis < 0 ? axis + shape.length : axis;
  check(
    Number.isInteger(axis) && index >= 0 && index < shape.length,
    () => `${operation}: axis ${axis} is outside a tensor of shape ${show(shape)}.`,
  );
  return index;
}

/** All of `axes` normalized, sorted and free of repeats; every axis when omitted. */
export function normalizeAxes(
  operation: string,
  axes: readonly number[] | undefined,
  shape: Shape,
): number[] {
  if (axes === undefined) return shape.map((_, axis) => axis);
  const out = axes.map((axis) => normalizeAxis(operation, axis, shape)).sort((a, b) => a - b);
  check(
    new Set(out).size === out.length,
    () => `${operation}: axes ${show(axes)} name an axis of shape ${show(shape)} twice.`,
  );
  return out;
}

/** The shape left after reducing `axes` (normalized). */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims: boolean): number[] {
  if (keepDims) return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  return shape.filter((_, axis) => !axes.includes(axis));
}

/** Throws unless every length is a non-negative integer. */
export function checkShape(operation: string, shape: Shape): void {
  for (const length of shape) {
    if (!Number.isInteger(length) || length < 0) {
      throw new GraphError(
        `${operation}: ${show(shape)} is not a shape, because ${length} is not a length.`,
      );
    }
  }
}
