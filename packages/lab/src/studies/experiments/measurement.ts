/** Measurements of experiments: exact or simulated numbers whose spread is over seeds, not within a run. */
import type { Json, Measurement } from "../../core/index.ts";

/** A value as JSON can carry it; whole numbers beyond 2^53, such as truth tables, in hexadecimal digits. */
export const asJson = (value: unknown): Json =>
  JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === "bigint" ? `0x${part.toString(16)}` : part,
    ),
  ) as Json;

/** One named number with its unit. */
export type Part = readonly [value: number, unit: string];

/**
 * A measurement whose interval is its value alone: a run of an experiment is one draw, and the interval over
 * seeds is the study's.
 * @param series quantities along a step axis, by name.
 */
export function measurement(
  id: string,
  [value, unit]: Part,
  parts: Readonly<Record<string, Part>> = {},
  series: Readonly<Record<string, readonly number[]>> = {},
): Measurement {
  return {
    signature: id,
    applicable: true,
    value,
    unit,
    interval: { low: value, high: value, level: 0.95 },
    n: 1,
    baselines: {},
    parts: Object.fromEntries(
      Object.entries(parts).map(([name, [number, of]]) => [name, { value: number, unit: of }]),
    ),
    series,
  };
}
