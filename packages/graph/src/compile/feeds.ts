import { carries, type DType, type TypedArray, toArray } from "../core/dtype.ts";
import { GraphError } from "../core/errors.ts";
import { type Shape, show, size } from "../core/shape.ts";

/** What an input accepts: its typed array, or for integers any array of whole numbers. */
export type Feed = TypedArray | readonly number[];

/**
 * `feed` as the typed array that carries `dtype`; the array itself where it is one already.
 * @throws GraphError when it is missing, holds another element type or has the wrong number of elements.
 */
export function toFeed(
  name: string,
  feed: Feed | undefined,
  dtype: DType,
  shape: Shape,
): TypedArray {
  if (feed === undefined) {
    throw new GraphError(`run: input "${name}" ${show(shape)} of ${dtype} is not given.`);
  }
  if (feed.length !== size(shape)) {
    throw new GraphError(
      `run: input "${name}" has shape ${show(shape)}, which ${feed.length} elements do not fill.`,
    );
  }
  if (carries(dtype, feed)) return feed;
  const whole = dtype === "int64" && (feed instanceof Int32Array || Array.isArray(feed));
  if (whole || (Array.isArray(feed) && dtype !== "float16")) return toArray(dtype, feed);
  throw new GraphError(
    `run: input "${name}" holds ${dtype}, which a ${feed.constructor.name} does not carry.`,
  );
}
