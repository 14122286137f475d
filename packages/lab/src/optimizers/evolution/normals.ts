/**
 * Standard normal numbers in bulk, by the ziggurat of Marsaglia and Tsang (2000): the density is covered by layers of
 * equal area, and a point in the part of a layer that lies wholly below the density is taken at once.
 */
import { type Key, Random } from "../../core/index.ts";

const layers = 256;
/** Where the lowest layer ends and the tail begins, and the area of a layer (their paper, section 2.2, for 256). */
const tail = 3.6541528853610088;
const area = 0.00492867323399;

const density = (x: number): number => Math.exp(-0.5 * x * x);

/** Right ends of the layers, widest first, the last 0; the lowest is as wide as with its tail made a rectangle. */
const ends = new Float64Array(layers + 1);
ends[0] = area / density(tail);
ends[1] = tail;
for (let i = 2; i < layers; i++)
  ends[i] = Math.sqrt(-2 * Math.log(area / ends[i - 1]! + density(ends[i - 1]!)));

/** A place within a layer is a whole number of 24 bits with a sign; it is taken at once where it is below this. */
const inside = Int32Array.from({ length: layers }, (_, i) =>
  Math.floor((ends[i + 1]! / ends[i]!) * 2 ** 23),
);
/** What one unit of the place is worth in each layer. */
const units = Float64Array.from({ length: layers }, (_, i) => ends[i]! / 2 ** 23);

/**
 * A source of standard normal numbers from one key: one draw of 32 bits serves for almost all of them, 8 for the layer and
 * 24 for the place in it.
 */
export function normals(key: Key): () => number {
  const random = new Random(key);
  return () => {
    for (;;) {
      const bits = random.bits();
      const layer = bits >>> 24;
      const place = (bits << 8) >> 8;
      const x = (place + 0.5) * units[layer]!;
      if (place < inside[layer]! && place >= -inside[layer]!) return x;
      if (layer === 0) return fromTail(random, place < 0);
      const [upper, lower] = [density(ends[layer + 1]!), density(ends[layer]!)];
      if (lower + random.uniform() * (upper - lower) < density(x)) return x;
    }
  };
}

/** Beyond the lowest layer's end: Marsaglia (1964). */
function fromTail(random: Random, negative: boolean): number {
  for (;;) {
    const beyond = -Math.log(1 - random.uniform()) / tail;
    if (-2 * Math.log(1 - random.uniform()) > beyond * beyond)
      return negative ? -tail - beyond : tail + beyond;
  }
}
