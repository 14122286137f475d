/** Measured values, verdicts and thresholds as the report writes them. */
import type { Interval } from "@mesascope/lab/core";
import type { Threshold, Verdict, VerdictWord } from "@mesascope/lab/studies";
import { about, fixed, quantity, range, type Summary } from "../figures/index.ts";
import { type Html, html } from "./html.ts";

/** A verdict in its colour; the word carries the meaning. */
export function verdictMark(word: VerdictWord): Html {
  return html`<span class="${word}">${word}</span>`;
}

/** A mean with its interval below it, for a cell of a table. */
export function summaryCell(summary: Summary | undefined, digits = 2): Html {
  if (summary === undefined) return html`<td class="number"><span class="quiet">none</span></td>`;
  const { mean, low, high } = summary;
  return html`<td class="number">${fixed(mean, digits)}${
    low !== undefined &&
    high !== undefined &&
    html`<span class="interval">${range({ low, high }, digits)}</span>`
  }</td>`;
}

/** An interval with its level, or why there is none. */
export function intervalWords({ low, high, level }: Interval): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return "no interval: too few seeds";
  return `${percent(level)} interval ${range({ low, high })}`;
}

/** `95%`, `98.3%`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

/** The effect of a verdict with its unit. */
export function effectWords({ effect, unit }: Verdict): string {
  return Number.isNaN(effect) ? "no effect could be computed" : `${fixed(effect)} ${unit}`;
}

/** A prediction's direction and margin as it was stated. */
export function marginWords({
  direction,
  margin,
  unit,
}: Pick<Verdict, "direction" | "margin" | "unit">): string {
  const amount = quantity(margin, unit);
  return direction === "none"
    ? `no effect: within ${amount} of zero`
    : `${direction} by more than ${amount}`;
}

/** Size of the difference in ranks, in words beside the number (Romano et al. 2006 for the bounds). */
export function deltaWords(delta: number): string {
  const size = Math.abs(delta);
  const word =
    size < 0.147 ? "negligible" : size < 0.33 ? "small" : size < 0.474 ? "medium" : "large";
  return `Cliff’s delta ${fixed(delta)} (${size === 1 ? "every seed on one side" : word})`;
}

/** A threshold in one sentence, with its interval or on which side it is censored. */
export function thresholdWords({
  points,
  diversity,
  interval,
  censored,
  censoredShare,
}: Threshold): string {
  const share = `${percent(censoredShare)} of resamples of the seeds do not cross within the range`;
  if (points.length === 0) return "no values to find it from";
  if (censored === "above")
    return `not reached at the largest diversity measured (censored above; ${share})`;
  if (censored === "below")
    return `already passed at the smallest diversity measured (censored below; ${share})`;
  if (diversity === undefined) return "not determined";
  const bounds = interval
    ? `${percent(interval.level)} interval ${about(interval.low, 3)} to ${about(interval.high, 3)}`
    : "no interval: too few seeds";
  return `N = ${about(diversity, 3)} (${bounds}${censoredShare > 0 ? `; ${share}` : ""})`;
}

/** Time in seconds as a reader says it. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${fixed(seconds, seconds < 10 ? 1 : 0)} s`;
  const minutes = seconds / 60;
  return minutes < 90 ? `${fixed(minutes, 0)} min` : `${fixed(minutes / 60, 1)} h`;
}

/** A time of ISO 8601 without fractions of a second: `2019-06-05 12:00:00 UTC`. */
export function instant(iso: string): string {
  return iso.replace("T", " ").replace(/(?:\.\d+)?Z$/, " UTC");
}
