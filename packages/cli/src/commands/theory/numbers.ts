/** Numbers as the theory commands take them: single ones with their bounds, and grids that double. */
import { InputError } from "@mesascope/lab/core";

/** What a number must be; `meaning` says what it counts, with its bounds. */
export interface NumberRule {
  readonly meaning: string;
  readonly atLeast: number;
  readonly atMost?: number;
  readonly whole?: boolean;
  /** Whether `fresh` stands for endlessly many. */
  readonly fresh?: boolean;
}

/** P. */
export const budgetRule: NumberRule = { meaning: "a number of bits of at least 0", atLeast: 0 };
/** N. */
export const diversityRule: NumberRule = {
  meaning: "a number of instances of at least 1, or 'fresh'",
  atLeast: 1,
  fresh: true,
};

/** Reads one number. @throws InputError naming the flag. */
export function numberFor(flag: string, rule: NumberRule): (text: string) => number {
  return (text) => {
    const value = rule.fresh && text === "fresh" ? Number.POSITIVE_INFINITY : finite(text);
    const fits = value >= rule.atLeast && value <= (rule.atMost ?? Number.POSITIVE_INFINITY);
    if (!fits || (rule.whole && !Number.isSafeInteger(value)))
      throw new InputError(`must be ${rule.meaning}, not '${text}'`, { place: flag });
    return value;
  };
}

/**
 * Reads a grid: numbers and ranges parted by commas. A range LOW:HIGH begins at LOW and doubles up to HIGH.
 * @throws InputError naming the flag.
 */
export function gridFor(flag: string, rule: NumberRule): (text: string) => number[] {
  const read = numberFor(flag, rule);
  const range = (part: string): number[] => {
    const [low, high, ...rest] = part.split(":");
    if (high === undefined) return [read(part)];
    const [from, to] = [read(low!), read(high)];
    if (rest.length > 0 || !(from > 0 && to >= from && Number.isFinite(to)))
      throw new InputError(
        `a range is LOW:HIGH with 0 < LOW <= HIGH, doubling, such as 1:1024, not '${part}'`,
        { place: flag },
      );
    return doublings(from, to);
  };
  return (text) => text.split(",").flatMap((part) => range(part.trim()));
}

function doublings(from: number, to: number): number[] {
  const values: number[] = [];
  for (let value = from; value <= to; value *= 2) values.push(value);
  return values;
}

function finite(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** A diversity as results name it. */
export const diversityName = (diversity: number): number | "fresh" =>
  diversity === Number.POSITIVE_INFINITY ? "fresh" : diversity;

/** Up to six digits that matter: exact results are not rounded to what a measurement deserves. */
export function exact(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "none" : String(value);
  return String(Number(value.toPrecision(6)));
}
