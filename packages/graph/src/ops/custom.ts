/** Gradients supplied by the caller. */
import { check } from "../core/errors.ts";
import { describe, type Tensor } from "../core/graph.ts";
import { sameShape } from "../core/shape.ts";

/**
 * `value`, computed from `inputs` in any way, with a gradient of its own: `derive` gets the gradient of the value and
 * returns those of the inputs, undefined for zero. What lies between the inputs and the value is not differentiated.
 */
export function customGradient(
  value: Tensor,
  inputs: readonly Tensor[],
  derive: (dy: Tensor, needs: readonly boolean[]) => readonly (Tensor | undefined)[],
): Tensor {
  // A copy of its first operand; the others only tell differentiation where the gradient goes on.
  const made = value.graph.apply("Identity", [value, ...inputs], [[value.shape, value.dtype]], {
    gradient: (_, [dy], needs) => {
      if (dy === undefined) return [];
      const sent = derive(dy, needs.slice(1));
      inputs.forEach((input, i) => {
        const gradient = sent[i];
        check(
          gradient === undefined || sameShape(gradient.shape, input.shape),
          () =>
            `customGradient: the gradient ${describe(gradient!)} does not fit input ${describe(input)}.`,
        );
      });
      return [undefined, ...sent];
    },
  });
  return made[0]!;
}
