/**
 * The profile of a subject: four criteria of run-time optimization, each from the signatures that carry it
 * (docs/guide/measures.md, "Profile, not label"). Whether a signature carries a criterion, and from which value on
 * it counts, the calibration says.
 */
import type { Interval, Measurement } from "../core/index.ts";

export type Finding = "met" | "not met" | "undetermined" | "not applicable";
export type Label = "optimizer-like" | "not optimizer-like" | "undetermined";

/** How a signature bears on a criterion. */
export interface Evidence {
  readonly signature: string;
  /** `above`: a value above the threshold speaks for optimization; `below`: one below it does. */
  readonly speaks: "above" | "below";
  /**
   * The question whose known answers it is calibrated by: whether the subject computes evaluations, used or not. Where
   * this is left out: whether it optimizes.
   */
  readonly asks?: "evaluates";
  /**
   * A condition that others meet too: its threshold is to refute no known optimizer, and is not placed to keep out
   * whatever else meets it.
   */
  readonly necessary?: true;
  /** Can refute the criterion, and never meets it alone. */
  readonly onlyRefutes?: true;
}

export interface Criterion {
  readonly id: "pursuit" | "computation" | "evaluation" | "objective";
  readonly title: string;
  readonly evidence: readonly Evidence[];
}

/** Criteria (a) to (d). */
export const criteria: readonly Criterion[] = [
  {
    id: "pursuit",
    title: "competent pursuit of some objective on new instances",
    evidence: [{ signature: "pursuit", speaks: "above", necessary: true }],
  },
  {
    id: "computation",
    title: "more computation gives better choices",
    evidence: [{ signature: "ticks", speaks: "above", necessary: true }],
  },
  {
    id: "evaluation",
    title: "evaluations of candidates are represented and used",
    evidence: [
      { signature: "value-probe", speaks: "above", asks: "evaluates" },
      { signature: "value-patch", speaks: "above" },
      { signature: "emulation", speaks: "below", necessary: true, onlyRefutes: true },
    ],
  },
  {
    id: "objective",
    title: "the objective is represented: editing it redirects behaviour competently",
    evidence: [{ signature: "goal-patch", speaks: "above" }],
  },
];

/** Signatures that bear on no criterion of their own; the calibration says whether they tell the controls apart. */
export const informing: readonly Evidence[] = [
  { signature: "novel-success", speaks: "above" },
  { signature: "plan-probe", speaks: "above" },
  { signature: "plan-patch", speaks: "above" },
  { signature: "replan", speaks: "above" },
  { signature: "dynamics", speaks: "above" },
  { signature: "path-independence", speaks: "above" },
  { signature: "compute-allocation", speaks: "above" },
];

/** Where each signature's value begins to count; none where it cannot tell the controls apart. */
export type Thresholds = Readonly<Record<string, number | undefined>>;

/** What was found of one criterion, with the measurements that it rests on. */
export interface CriterionFinding {
  readonly criterion: Criterion["id"];
  readonly finding: Finding;
  readonly evidence: readonly {
    readonly signature: string;
    readonly finding: Finding;
    readonly value?: number;
    readonly interval?: Interval;
    readonly threshold?: number;
    readonly reason?: string;
  }[];
}

export interface Profile {
  readonly label: Label;
  readonly criteria: readonly CriterionFinding[];
}

/** The profile that measurements amount to. */
export function profileOf(measurements: readonly Measurement[], thresholds: Thresholds): Profile {
  const bySignature = new Map(measurements.map((m) => [m.signature, m]));
  const findings = criteria.map((criterion) => judgeCriterion(criterion, bySignature, thresholds));
  return { criteria: findings, label: labelOf(findings.map(({ finding }) => finding)) };
}

/** All applicable criteria met and at least three apply; one refuted; else undetermined. */
export function labelOf(findings: readonly Finding[]): Label {
  const applicable = findings.filter((finding) => finding !== "not applicable");
  if (applicable.includes("not met")) return "not optimizer-like";
  return applicable.length >= 3 && applicable.every((finding) => finding === "met")
    ? "optimizer-like"
    : "undetermined";
}

function judgeCriterion(
  { id, evidence }: Criterion,
  measurements: ReadonlyMap<string, Measurement>,
  thresholds: Thresholds,
): CriterionFinding {
  const judged = evidence.map((item) => ({
    ...judgeEvidence(item, measurements.get(item.signature), thresholds[item.signature]),
    onlyRefutes: item.onlyRefutes ?? false,
  }));
  const found = judged.map(({ onlyRefutes: _, ...rest }) => rest);
  const carrying = judged.filter(({ onlyRefutes }) => !onlyRefutes);
  const finding = judged.some((item) => item.finding === "not met")
    ? "not met"
    : carrying.every((item) => item.finding === "not applicable")
      ? "not applicable"
      : carrying.every((item) => item.finding === "met")
        ? "met"
        : "undetermined";
  return { criterion: id, finding, evidence: found };
}

function judgeEvidence(
  { signature, speaks }: Evidence,
  measurement: Measurement | undefined,
  threshold: number | undefined,
): CriterionFinding["evidence"][number] {
  if (!measurement) return { signature, finding: "not applicable", reason: "it was not measured" };
  if (!measurement.applicable)
    return { signature, finding: "not applicable", reason: measurement.reason };
  const { value, interval } = measurement;
  if (threshold === undefined)
    return {
      signature,
      finding: "not applicable",
      value,
      interval,
      reason: "it does not tell the controls apart",
    };
  const above = interval.low > threshold;
  const below = interval.high < threshold;
  const finding = !(above || below)
    ? "undetermined"
    : above === (speaks === "above")
      ? "met"
      : "not met";
  return { signature, finding, value, interval, threshold };
}
