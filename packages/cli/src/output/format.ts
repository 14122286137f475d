/** Numbers and spans of time as the terminal shows them. */

/** A count with thousands separators: 16,384. */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 run`, `3 runs`. */
export function plural(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? "" : "s"}`;
}

/** A measured number: two decimals, fewer for large ones; `-` where there is none. */
export function measured(value: number): string {
  if (Number.isNaN(value)) return "-";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (size >= 1000) return value < 0 ? `-${count(size)}` : count(size);
  const text = value.toFixed(size >= 100 ? 1 : 2);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** `[1.20, 1.40]`; `-` where either end is missing. */
export function interval({ low, high }: { readonly low: number; readonly high: number }): string {
  return Number.isNaN(low) || Number.isNaN(high) ? "-" : `[${measured(low)}, ${measured(high)}]`;
}

/** `42 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}
