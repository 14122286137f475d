/** How numbers lie in a tensor, as one letter for each axis: `NCHW`, `NHWC`, `TNF`. */
import { InputError } from "../../core/index.ts";

/** Axes that an array of examples can have, in the order in which the lab keeps them. */
const axes = ["T", "N", "C", "H", "W"] as const;
export type Axis = (typeof axes)[number];

/** Number of steps, examples, planes, rows and columns; 1 where there is but one. */
export type Sizes = Readonly<Record<Axis, number>>;

/** An array laid out by letters: how far apart in it neighbours along an axis are. */
export type Strides = Readonly<Record<Axis, number>>;

const meanings =
  "letters are N examples, T steps, C planes, H rows, W columns, F all numbers of an example's step, 1 an axis of length one";

/** What `F` stands for: the axes of a step that have no letter of their own. */
const restOf = (layout: string): Axis[] =>
  axes.slice(2).filter((axis) => !layout.includes(axis)) as Axis[];

/**
 * @throws InputError for letters that are none or occur twice, and where an axis that the numbers have is left out;
 *   `sizes` of 0 are not yet known.
 */
export function checkLayout(layout: string, sizes: Sizes, place: string): void {
  const odd = [...layout].find((letter) => !"TNCHWF1".includes(letter));
  if (odd !== undefined)
    throw new InputError(`layout '${layout}' has the letter '${odd}'; ${meanings}`, { place });
  const twice = [...layout].find((letter, i) => letter !== "1" && layout.indexOf(letter) < i);
  if (twice !== undefined)
    throw new InputError(`layout '${layout}' has the letter '${twice}' twice; ${meanings}`, {
      place,
    });
  const missing = axes.find(
    (axis) =>
      axis !== "N" &&
      sizes[axis] !== 1 &&
      !layout.includes(axis) &&
      !(layout.includes("F") && restOf(layout).includes(axis)),
  );
  if (missing !== undefined)
    throw new InputError(
      `layout '${layout}' leaves out ${missing}${sizes[missing] > 0 ? `, of which there are ${sizes[missing]}` : ""}; ${meanings}`,
      { place },
    );
}

/** Lengths of the axes of a tensor laid out so; those of size 0 are open. */
export function shapeOf(layout: string, sizes: Sizes): number[] {
  return [...layout].map((letter) => {
    if (letter === "1") return 1;
    if (letter === "F") return restOf(layout).reduce((product, axis) => product * sizes[axis], 1);
    return sizes[letter as Axis];
  });
}

/** Whether a shape, as far as it is known, can be laid out so. */
export function fitsLayout(
  shape: readonly (number | string | undefined)[],
  layout: string,
  sizes: Sizes,
): boolean {
  const wanted = shapeOf(layout, sizes);
  return (
    shape.length === wanted.length &&
    shape.every((length, i) => typeof length !== "number" || !wanted[i] || length === wanted[i])
  );
}

/** Distances between neighbours; 0 along axes that the tensor does not have. */
export function stridesOf(layout: string, sizes: Sizes): Strides {
  const strides: Record<Axis, number> = { T: 0, N: 0, C: 0, H: 0, W: 0 };
  let stride = 1;
  const letters = [...layout].flatMap((letter) =>
    letter === "1" ? [] : letter === "F" ? restOf(layout) : [letter as Axis],
  );
  for (const axis of letters.reverse()) {
    strides[axis] = stride;
    stride *= sizes[axis];
  }
  return strides;
}

/** A shape in a message: lengths that are open by the letter of their axis, or `?`. */
export function shapeText(
  shape: readonly (number | string | undefined)[] | undefined,
  layout = "",
): string {
  if (!shape) return "of unknown shape";
  return `[${shape.map((length, i) => (length === 0 ? undefined : length) ?? layout[i] ?? "?").join(", ")}]`;
}
