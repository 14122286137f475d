/** One mark for the evidence on a condition. */
import type { Evidence } from "../../../views/index.ts";

export type Summary = "supported" | "contradicted" | "undetermined" | "mixed" | "not studied";

/** The verdict that all studies share; `mixed` where they differ. */
export function summaryOf(evidence: readonly Evidence[]): Summary {
  const words = new Set(evidence.map(({ verdict }) => verdict.verdict));
  const [only] = words;
  if (only === undefined) return "not studied";
  return words.size === 1 ? only : "mixed";
}
