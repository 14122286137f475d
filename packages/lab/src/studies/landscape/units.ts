/**
 * Units of a recurrent network in another order, and with their signs turned: the function stays what it was, the place
 * in the space of parameters does not. Ainsworth et al. 2023 (arXiv 2209.04836), section 3.
 */
import type { HookValues, NamedArrays } from "../../core/index.ts";
import { bestAssignment } from "./assignment.ts";

/** For each place, which unit comes there and with which sign. */
export interface Rearrangement {
  readonly unit: Int32Array;
  /** 1 or -1. */
  readonly sign: Float32Array;
}

/**
 * The rearrangement of one network's units that makes them most like another's: units are matched by the size of the
 * correlation of their states on the same examples (section 3.1, "matching activations").
 * @param states of the two networks, of `width` units each.
 */
export function matchedUnits(
  width: number,
  like: Pick<HookValues, "data">,
  own: Pick<HookValues, "data">,
): Rearrangement {
  const [a, b] = [standardized(like.data, width), standardized(own.data, width)];
  const rows = like.data.length / width;
  const correlation = new Float64Array(width * width);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++)
      for (let j = 0; j < width; j++)
        correlation[i * width + j]! += a[row * width + i]! * b[row * width + j]!;
  const unit = bestAssignment(correlation.map(Math.abs), width);
  const sign = Float32Array.from(unit, (j, i) => (correlation[i * width + j]! < 0 ? -1 : 1));
  return { unit, sign };
}

/** Columns with mean 0 and length 1; a constant one stays 0. */
function standardized(data: Float32Array, width: number): Float64Array {
  const rows = data.length / width;
  const out = Float64Array.from(data);
  for (let unit = 0; unit < width; unit++) {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += data[row * width + unit]!;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      out[row * width + unit]! -= sum / rows;
      squares += out[row * width + unit]! ** 2;
    }
    const length = Math.sqrt(squares);
    for (let row = 0; row < rows; row++) out[row * width + unit]! *= length > 1e-9 ? 1 / length : 0;
  }
  return out;
}

/**
 * The parameters of a GRU with heads after rearranging its units. A unit's sign turns with that of its candidate state,
 * since tanh is odd; its gates keep theirs.
 */
export function rearranged(parameters: NamedArrays, { unit, sign }: Rearrangement): NamedArrays {
  const width = unit.length;
  const one = () => 1;
  const own = (place: number) => sign[place]!;
  /** Signs of the rows of the three gates. */
  const gates = [one, one, own];
  const matrix = (
    name: string,
    [rowUnits, columnUnits]: readonly [boolean, boolean],
  ): Float32Array => {
    const { shape, data } = parameters[name]!;
    const columns = shape[1] ?? 1;
    const out = new Float32Array(data.length);
    for (let row = 0; row < data.length / columns; row++) {
      const [gate, place] = [Math.floor(row / width), row % width];
      const turned = rowUnits ? (shape[0] === width ? own : gates[gate]!)(place) : 1;
      const from = rowUnits ? gate * width + unit[place]! : row;
      for (let column = 0; column < columns; column++) {
        const at = from * columns + (columnUnits ? unit[column]! : column);
        const value = Number(data[at]) * turned * (columnUnits ? own(column) : 1);
        out[row * columns + column] = value;
      }
    }
    return out;
  };
  const moved = (name: string): Float32Array | undefined => {
    if (name === "gru.wh") return matrix(name, [true, true]);
    if (name.startsWith("gru.")) return matrix(name, [true, false]);
    if (name.endsWith(".weight")) return matrix(name, [true, false]);
    return undefined;
  };
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      { shape: value.shape, data: moved(name) ?? value.data },
    ]),
  );
}
