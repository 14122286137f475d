/** Standard normal numbers in bulk: both of the pair that Box and Muller's method (1958) gives. */
import { type Key, Random } from "../../core/index.ts";

/** A source of standard normal numbers from one key. */
export function normals(key: Key): () => number {
  const random = new Random(key);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    const angle = 2 * Math.PI * random.uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
