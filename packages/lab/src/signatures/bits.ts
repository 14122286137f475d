/** A number of bits with its interval, and differences of such. */
import type { Interval, Quantity } from "../core/index.ts";

/** Coverage of intervals over episodes or examples. */
export const level = 0.95;

export interface Bits {
  readonly bits: number;
  readonly interval: Interval;
}

/** Difference of two independent quantities; half widths add in squares on each side. */
export function difference(a: Bits, b: Bits): Quantity {
  const value = a.bits - b.bits;
  const low = value - Math.hypot(a.bits - a.interval.low, b.interval.high - b.bits);
  const high = value + Math.hypot(a.interval.high - a.bits, b.bits - b.interval.low);
  return { value, unit: "bits", interval: { low, high, level } };
}

export const whole = ({ bits, interval }: Bits): Quantity => ({
  value: bits,
  unit: "bits",
  interval,
});
