/** Numbers and lists as readers write them. */
import type { Diversity, Interval } from "@mesascope/lab/core";

/** A count with thousands separators: 16,384. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A measured number with fixed decimals and a true minus sign; what rounds to zero has no sign. */
export function fixed(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** `1.20 to 1.40`. */
export function range(interval: Pick<Interval, "low" | "high">, digits = 2): string {
  return `${fixed(interval.low, digits)} to ${fixed(interval.high, digits)}`;
}

/** A positive number rounded to significant digits, for prose: 1,138 becomes 1,100. */
export function about(value: number, digits = 2): string {
  if (value < 10) return String(Number(value.toPrecision(digits)));
  const unit = Math.max(1, 10 ** (Math.floor(Math.log10(value)) + 1 - digits));
  return count(Math.round(value / unit) * unit);
}

/** A diversity as an axis shows it. */
export function diversityLabel(diversity: Diversity): string {
  return diversity === "fresh" ? "fresh" : count(diversity);
}

/** A diversity within a sentence: `N = 16`, or `fresh instances`. */
export function diversityPhrase(diversity: Diversity): string {
  return diversity === "fresh" ? "fresh instances" : `N = ${count(diversity)}`;
}

/** Where: `N = 16, 64 and fresh instances`. */
export function places(diversities: readonly Diversity[]): string {
  const levels = diversities.map((diversity) =>
    diversity === "fresh" ? "fresh instances" : count(diversity),
  );
  return `${diversities[0] === "fresh" ? "" : "N = "}${list(levels)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return "";
  return words.length === 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** `1 seed`, `3 seeds`. */
export function plural(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? "" : "s"}`;
}

/** A stated number with its unit, without decimals that say nothing: `1 bit`, `0.25 bits`. */
export function quantity(value: number, unit: string): string {
  const singular = value === 1 ? unit.replace(/s$/, "") : unit;
  return `${value} ${singular}`.trim();
}
