/** What the evidence says of a claim: computed, never written by hand. */
import type { Evidence } from "./overview.ts";

/** How evidence stands to a claim. */
export type Standing = "confirmed" | "contradicted" | "open" | "not studied";

/** Profiles from the least work to the most. */
const profiles = ["start", "quick", "full"];

/** The strongest evidence of each study on a condition: its largest profile. */
export function strongest(evidence: readonly Evidence[], condition: string): Evidence[] {
  const best = new Map<string, Evidence>();
  for (const item of evidence) {
    if (item.condition !== condition) continue;
    const known = best.get(item.study);
    if (!known || profiles.indexOf(item.profile) > profiles.indexOf(known.profile))
      best.set(item.study, item);
  }
  return [...best.values()];
}

/**
 * How the evidence on a condition stands to a claim about it: confirmed where every study that decides supports it,
 * contradicted where every one contradicts it, open where none decides or they disagree.
 * @param says whether the claim is the condition's own prediction or its opposite
 */
export function standing(
  evidence: readonly Evidence[],
  condition: string,
  says: "same" | "opposite" = "same",
): Standing {
  const own = strongest(evidence, condition);
  if (own.length === 0) return "not studied";
  const words = new Set(
    own.map(({ verdict }) => verdict.verdict).filter((word) => word !== "undetermined"),
  );
  if (words.size !== 1) return "open";
  return words.has("supported") === (says === "same") ? "confirmed" : "contradicted";
}

/** A study's main verdict on the condition that it tests. */
export function mainVerdict(
  evidence: readonly Evidence[],
  { id, condition }: { readonly id: string; readonly condition: string },
): Evidence | undefined {
  return strongest(evidence, condition).find(({ study }) => study === id);
}
