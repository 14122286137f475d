/** A task's interface for pictures of another size. */
import { InputError, type PictureSize, type TaskInterface } from "../../core/index.ts";

export const sameSize = (a: PictureSize, b: PictureSize): boolean =>
  a.height === b.height && a.width === b.width;

/**
 * The same planes, with one output for each of their pixels.
 * @throws InputError where outputs are no pixels, or there are other planes.
 */
export function atSize(io: TaskInterface, size: PictureSize): TaskInterface {
  const { grid, outputs, observation } = io;
  if (!grid || outputs !== grid.height * grid.width)
    throw new InputError("this subject takes no examples of another size than in training");
  if (size.channels !== grid.channels)
    throw new InputError(
      `this subject takes pictures of ${grid.channels} planes, not of ${size.channels}`,
    );
  const pixels = size.height * size.width;
  return {
    ...io,
    grid: size,
    outputs: pixels,
    observationSize: size.channels * pixels,
    observation: observation.map((field, i) => ({ ...field, offset: i * pixels, size: pixels })),
  };
}
