/** What a gate can make of two normal functions. */
import type { Basis } from "../../../core/index.ts";

/**
 * Gate types, in the code of `Gate.op`, that keep normal functions normal. NOT being free, they stand for all that
 * depend on both operands: AND of the operands or of one and the other's complement, OR, and exclusive OR.
 */
export const normalGates: Readonly<Record<Basis, readonly number[]>> = {
  full: [0b1000, 0b0010, 0b0100, 0b1110, 0b0110],
  andor: [0b1000, 0b0010, 0b0100, 0b1110],
};

/** Most functions that `combine` writes. */
export const mostMade = 5;

/** Writes what each normal gate makes of two normal functions, in the order of `normalGates`; tells how many. */
export function combine(basis: Basis, a: number, b: number, into: Uint16Array): number {
  into[0] = a & b;
  into[1] = a & ~b;
  into[2] = ~a & b;
  into[3] = a | b;
  if (basis === "andor") return 4;
  into[4] = a ^ b;
  return 5;
}
