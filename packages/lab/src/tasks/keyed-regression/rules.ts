/** Rules of keyed regression: the key, the present x and the last y at every step. */
import type { SupervisedRules } from "../../core/index.ts";
import { type LinearLayout, linearRules, writeLinear } from "../linear/index.ts";
import type { KeyedRegressionParameters } from "./parameters.ts";

/** One linear function with its name. */
export interface KeyedRegressionInstance {
  /** The key's bits, 32 a word, lowest first; the bits beyond `keyBits` are zero. */
  readonly key: readonly number[];
  /** `[D]`, exact in float32. */
  readonly weights: readonly number[];
}

export const keyedLayout = ({
  dimension,
  examples,
  keyBits,
}: KeyedRegressionParameters): LinearLayout => ({
  dimension,
  examples,
  steps: examples,
  size: keyBits + dimension + 1,
  x: keyBits,
  y: keyBits + dimension,
  query: (k) => k,
  answer: (k) => k + 1,
});

/** The rules; observation: key (B), x (D), last y (1, zero at the first step). */
export function keyedRegressionRules(
  parameters: KeyedRegressionParameters,
): SupervisedRules<KeyedRegressionInstance> {
  const { dimension, examples, keyBits, noise } = parameters;
  const layout = keyedLayout(parameters);
  return linearRules(
    layout,
    [
      { name: "key", offset: 0, size: keyBits, role: "instance" },
      { name: "x", offset: keyBits, size: dimension, role: "state" },
      { name: "y", offset: keyBits + dimension, size: 1, role: "feedback" },
    ],
    ({ key, weights }, random, batch, index) => {
      writeLinear(layout, weights, noise, random, batch, index);
      for (let k = 0; k < examples; k++) {
        const at = (k * batch.batch + index) * layout.size;
        for (let bit = 0; bit < keyBits; bit++)
          batch.inputs[at + bit] = (key[bit >> 5]! >>> (bit & 31)) & 1 ? 1 : -1;
      }
    },
  );
}
